"""Models tried on firms, all on the same few demands, and each no more than once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from weft.core.records import show
from weft.engines.simulation.comparing.mapping import Mapper
from weft.engines.simulation.comparing.sample import Case, Task, leads
from weft.engines.simulation.models.compiled import Staffing, staffings
from weft.engines.simulation.models.model import Model
from weft.engines.simulation.models.setting import YEAR, Setting

DAYS: Final = float(YEAR)
_TOGETHER: Final = 8
"""So many models share one demand: it is drawn once, and there is enough to share."""


class Trial(NamedTuple):
    """A model, and the firm on which it is tried."""

    setting: Setting
    model: Model


class Crew(NamedTuple):
    """Models that are to be staffed, each at its best."""

    models: tuple[Model, ...]
    setting: Setting
    days: float

    @property
    def size(self) -> float:
        """Give how much there is to do, in days of people."""
        return len(self.models) * self.setting.people * self.days


def staff(crew: Crew) -> tuple[Staffing, ...]:
    """Lay out the people of a firm for each model."""
    return staffings(crew.models, crew.setting, crew.days)


Key = tuple[str, str]


class Trials:
    """Mean lead times over one year, of all that was tried so far."""

    def __init__(self, mapper: Mapper, seed: int) -> None:
        """Begin with none. seed: that of the first demand; the next ones follow it."""
        self.mapper, self.seed = mapper, seed
        self._leads: dict[Key, list[float]] = {}

    def leads(self, trials: Sequence[Trial], times: int) -> list[list[float]]:
        """Give the mean lead times of each on so many demands."""
        keys = [(show(trial.setting), show(trial.model)) for trial in trials]
        wanted = dict(zip(keys, trials, strict=True))
        self._make(
            {k: t for k, t in wanted.items() if not self._there(k, times)}, times
        )
        return [self._leads[key][:times] for key in keys]

    def _there(self, key: Key, times: int) -> bool:
        return len(self._leads.get(key, ())) >= times

    def _make(self, fresh: Mapping[Key, Trial], times: int) -> None:
        """Try what has not been tried, and keep what comes of it."""
        parts = list(_parts(fresh))
        crews = [Crew(models, place, DAYS) for _, place, models in parts]
        cases = [
            tuple(map(Case, crew.models, found))
            for crew, found in zip(crews, self.mapper(staff, crews), strict=True)
        ]
        seeds = range(self.seed, self.seed + times)
        found = self.mapper(
            leads,
            [
                Task(each, place, seed, DAYS)
                for each, (_, place, _) in zip(cases, parts, strict=True)
                for seed in seeds
            ],
        )
        for keys, _, _ in parts:
            columns = [next(found) for _ in seeds]
            for key, *row in zip(keys, *columns, strict=True):
                self._leads[key] = row


def _parts(
    fresh: Mapping[Key, Trial],
) -> Iterator[tuple[list[Key], Setting, tuple[Model, ...]]]:
    """Put what is tried on one firm together, a few models at a time."""
    by_firm: dict[str, list[Key]] = {}
    for key in fresh:
        by_firm.setdefault(key[0], []).append(key)
    for keys in by_firm.values():
        for start in range(0, len(keys), _TOGETHER):
            part = keys[start : start + _TOGETHER]
            yield part, fresh[part[0]].setting, tuple(fresh[k].model for k in part)
