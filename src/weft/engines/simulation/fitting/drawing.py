"""Cases drawn from what was learnt, as routes that the kernel runs."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from weft.engines.simulation.fitting.learning import (
    END,
    TURNS,
    Chances,
    Floats,
    Ints,
    Learnt,
)
from weft.engines.simulation.kernel import Routes, Station, uniform

MOST_VISITS: Final = 40
"""A case that was handed on so often is done: a stated cut."""
_FIRST, _NEXT, _STAY = 101, 102, 103
_PARTS: Final = 3


class Drawn(NamedTuple):
    """Cases as routes through delays: each group, who asked, somebody else.

    Delays, not queues: a log shows how long a stay took, not how many people were there
    to end it. visits: how many stays each case has.
    """

    stations: tuple[Station, ...]
    routes: Routes
    visits: Ints
    asked: Ints


def draw(learnt: Learnt, arrival: Floats, seed: int) -> Drawn:
    """Draw as many cases as arrive, in days; the same seed draws the same."""
    count = len(arrival)
    every = np.arange(count)
    here = _pick(learnt.first, uniform(seed, _FIRST, every))
    active = every
    steps: list[tuple[Ints, Ints, Ints, Floats]] = []  # case, visit, station, days
    visits, asked = np.zeros(count, np.int64), np.zeros(count, np.int64)
    groups = len(learnt.groups)
    for visit in range(MOST_VISITS):
        turn, step = min(visit, TURNS - 1), np.full(len(active), visit)
        after = _onward(learnt, here, turn, uniform(seed, _NEXT, active, step))
        if visit + 1 == MOST_VISITS:
            after = np.full(len(active), END)
        luck = uniform(seed, _STAY, active, step)
        days = _stays(learnt, here, turn, after == END, luck)
        visits[active] += 1
        asked[active] += days[:, 1] > 0
        for part in range(_PARTS):
            taken = (days[:, part] > 0) | (part == 0)
            where = np.full(len(active), groups + part - 1) if part else here
            order = np.full(len(active), visit * _PARTS + part)[taken]
            steps.append((active[taken], order, where[taken], days[taken, part]))
        going = after != END
        active, here = active[going], after[going]
        if not len(active):
            break
    names = (*(g or "no group told" for g in learnt.groups), "who asked", "others")
    stations = tuple(Station(name, "delay") for name in names)
    return Drawn(stations, _routes(arrival, steps), visits, asked)


def _routes(arrival: Floats, steps: list[tuple[Ints, Ints, Ints, Floats]]) -> Routes:
    """Put the steps of each case one after the other."""
    case, order, station, days = (
        np.concatenate(each) for each in zip(*steps, strict=True)
    )
    place = np.lexsort((order, case))
    counts = np.bincount(case, minlength=len(arrival))
    return Routes(
        arrival=arrival,
        priority=np.zeros(len(arrival), np.int8),
        start=np.concatenate([[0], np.cumsum(counts)]),
        station=station[place],
        service=days[place],
    )


def _pick(chances: Chances, drawn: Floats) -> Ints:
    """Pick what comes next by even draws."""
    at = np.searchsorted(chances.upto, drawn)
    return chances.next[np.minimum(at, len(chances.next) - 1)]


def _onward(learnt: Learnt, here: Ints, turn: int, drawn: Floats) -> Ints:
    """Pick where each case goes from its group at its turn."""
    after = np.full(len(here), END, np.int64)
    for group in np.unique(here):
        mine = here == group
        chances = learnt.onward.get((int(group), turn))
        if chances is not None:
            after[mine] = _pick(chances, drawn[mine])
    return after


def _stays(
    learnt: Learnt, here: Ints, turn: int, last: NDArray[np.bool_], drawn: Floats
) -> Floats:
    """Pick a stay that was seen, for each case."""
    days = np.zeros((len(here), _PARTS))
    for group in np.unique(here):
        for ends in (False, True):
            mine = (here == group) & (last == ends)
            if not mine.any():
                continue
            seen = learnt.stays.get((int(group), turn, ends))
            if seen is None:
                seen = learnt.stays.get((-1, turn, ends))
            if seen is not None:
                days[mine] = seen[(drawn[mine] * len(seen)).astype(np.int64)]
    return days
