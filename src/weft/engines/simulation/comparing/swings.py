"""Which illustrative figure moves the verdict most, and which turns it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from weft.engines.simulation.comparing.breaks import DAYS, crossing, repeats
from weft.engines.simulation.comparing.intervals import short
from weft.engines.simulation.comparing.report import Swing
from weft.engines.simulation.comparing.sample import Sample, Task
from weft.engines.simulation.models.compiled import staffing_of
from weft.engines.simulation.models.model import Model
from weft.engines.simulation.models.parameters import KNOWN, Parameter, bounds
from weft.engines.simulation.models.setting import FACTS, Setting


class _Change(NamedTuple):
    """A figure of one of the two models, or of the firm, and its two ends."""

    of: str
    name: str
    parameter: Parameter
    ends: tuple[float, float]


class Swinging:
    """The runs that are needed, and what they say."""

    def __init__(self, setting: Setting, ours: Model, theirs: Model, seed: int) -> None:
        """Plan the runs: both as they are, then each end of each figure."""
        self.setting, self.ours, self.theirs, self.seed = setting, ours, theirs, seed
        self.changes = list(_changes(setting, ours, theirs))
        self.repeats = repeats(setting, 3)
        self.tasks = [*self._runs(ours, setting), *self._runs(theirs, setting)]
        for change in self.changes:
            for end in change.ends:
                self.tasks += self._at(change, end)

    def _runs(self, model: Model, setting: Setting) -> list[Task]:
        staffing = staffing_of(model, setting, DAYS)
        seeds = range(self.seed, self.seed + self.repeats)
        return [Task(model, setting, staffing, seed, DAYS) for seed in seeds]

    def _at(self, change: _Change, end: float) -> list[Task]:
        """Give the runs of what a change concerns: one model, or both."""
        told = {change.name: end}
        if change.of == "firm":
            place = self.setting.with_values(told)
            return [*self._runs(self.ours, place), *self._runs(self.theirs, place)]
        model = self.ours if change.of == self.ours.id else self.theirs
        return self._runs(model.with_values(told), self.setting)

    def found(self, samples: Iterable[Sample]) -> tuple[Swing, ...]:
        """Tell from the runs, in the order planned, the widest swing first."""
        leads = (s.figures["lead"] for s in samples)

        def mean() -> float:
            return sum(next(leads) for _ in range(self.repeats)) / self.repeats

        ours, theirs = mean(), mean()
        swings = []
        for change in self.changes:
            at = []
            for _ in change.ends:
                mine = mean() if change.of in {"firm", self.ours.id} else ours
                other = mean() if change.of in {"firm", self.theirs.id} else theirs
                at.append(mine - other)
            swings.append(_swing(change, at, ours - theirs))
        return tuple(sorted(swings, key=lambda s: (-s.width, s.of, s.name)))


def _swing(change: _Change, at: list[float], now: float) -> Swing:
    known = KNOWN.get(change.name) or FACTS[change.name]
    middle = change.parameter.value
    return Swing(
        of=change.of,
        name=change.name,
        title=known.means,
        unit=known.unit,
        value=change.parameter.value,
        low=change.ends[0],
        high=change.ends[1],
        at_low=short(at[0]),
        at_high=short(at[1]),
        turns=any((x < 0) != (now < 0) for x in at),
        turns_at=crossing(
            [
                (change.ends[0], at[0]),
                *([(middle, now)] if change.ends[0] < middle < change.ends[1] else []),
                (change.ends[1], at[1]),
            ]
        ),
    )


def _changes(setting: Setting, ours: Model, theirs: Model) -> Iterator[_Change]:
    """Give every illustrative figure, with how far it may lie off."""
    for model in (ours, theirs):
        for name, parameter in model.parameters.items():
            ends = bounds(name, parameter)
            if parameter.guessed and ends[0] < ends[1]:
                yield _Change(model.id, name, parameter, ends)
    for name, fact in setting.facts.items():
        ends = bounds(name, fact)
        if fact.guessed and ends[0] < ends[1]:
            yield _Change("firm", name, fact, ends)
