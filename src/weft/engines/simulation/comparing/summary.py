"""What many runs of one model say together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from weft.engines.simulation.comparing.intervals import figure, paired, short
from weft.engines.simulation.comparing.measures import EDGES, MEASURES
from weft.engines.simulation.comparing.report import Told
from weft.engines.simulation.comparing.sample import Sample
from weft.engines.simulation.models.compiled import Staffing
from weft.engines.simulation.models.model import Model

_SHARES = (*range(5, 100, 5), 99)


def told_of(
    model: Model, staffing: Staffing, mine: Sequence[Sample], base: Sequence[Sample]
) -> Told:
    """Sum the runs of a model up, and hold them against those of the base, paired."""

    def of(samples: Sequence[Sample], name: str) -> list[float]:
        return [s.figures[name] for s in samples]

    loads = _means([s.loads for s in mine])
    people: dict[str, int] = {}
    for station, count in staffing.people.items():
        group = "missions" if station.startswith("mission ") else station
        people[group] = people.get(group, 0) + count
    return Told(
        model=model.id,
        title=model.title,
        shape=model.shape or "pools",
        figures={name: figure(of(mine, name)) for name in MEASURES},
        differences={name: paired(of(mine, name), of(base, name)) for name in MEASURES},
        quantiles=_quantiles(np.sum([s.counts for s in mine], axis=0)),
        unstable=tuple(sorted(name for name, load in loads.items() if load >= 1)),
        loads=loads,
        lines=_means([s.lines for s in mine]),
        waits=_means([s.waits for s in mine]),
        fast_waits=_means([s.fast_waits for s in mine]),
        staffing=people,
        notes=staffing.notes,
    )


def _means(found: Sequence[Mapping[str, float]]) -> dict[str, float]:
    names = dict.fromkeys(name for each in found for name in each)
    return {
        name: short(sum(each.get(name, 0.0) for each in found) / len(found))
        for name in names
    }


def _quantiles(counts: np.ndarray) -> dict[str, float]:
    """Give the lead time below which a share of changes stays, from the classes."""
    whole = counts.sum()
    if not whole:
        return {}
    below = np.concatenate([[0.0], np.cumsum(counts) / whole])
    edges = np.array([0.0, *EDGES, EDGES[-1] * 1.15])
    return {str(p): short(float(np.interp(p / 100, below, edges))) for p in _SHARES}
