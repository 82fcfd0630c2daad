"""Which illustrative figure moves the verdict most, and which turns it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from weft.engines.simulation.comparing.breaks import crossing, repeats
from weft.engines.simulation.comparing.intervals import short
from weft.engines.simulation.comparing.report import Swing
from weft.engines.simulation.comparing.trials import Trial, Trials
from weft.engines.simulation.models.model import Model
from weft.engines.simulation.models.parameters import KNOWN, Parameter, bounds
from weft.engines.simulation.models.setting import FACTS, PAYS, Setting


class _Change(NamedTuple):
    """A figure of one of the two models, or of the firm, and its two ends."""

    of: str
    name: str
    parameter: Parameter
    ends: tuple[float, float]


class Swinging:
    """What is tried to find which figure matters, and what comes of it."""

    def __init__(self, setting: Setting, ours: Model, theirs: Model) -> None:
        """Plan the trials: both as they are, then each end of each figure."""
        self.setting, self.ours, self.theirs = setting, ours, theirs
        self.changes = list(_changes(setting, ours, theirs))
        self.times = repeats(setting, 3)

    def found(self, trials: Trials) -> tuple[Swing, ...]:
        """Try it, and tell of each figure how far it moves, the widest first."""
        tried = [
            trial
            for change in (None, *self.changes)
            for end in (change.ends if change else (0.0,))
            for trial in self._at(change, end)
        ]
        leads = trials.leads(tried, self.times)
        means = iter([sum(found) / len(found) for found in leads])
        now = next(means) - next(means)
        swings = [
            _swing(change, [next(means) - next(means) for _ in change.ends], now)
            for change in self.changes
        ]
        return tuple(sorted(swings, key=lambda s: (-s.width, s.of, s.name)))

    def _at(self, change: _Change | None, end: float) -> tuple[Trial, Trial]:
        """Give ours and theirs with one figure changed; none: as they are."""
        place, models = self.setting, {self.ours.id: self.ours}
        models[self.theirs.id] = self.theirs
        if change is not None and change.of == "firm":
            place = place.with_values({change.name: end})
        elif change is not None:
            models[change.of] = models[change.of].with_values({change.name: end})
        ours, theirs = models[self.ours.id], models[self.theirs.id]
        return Trial(place, ours), Trial(place, theirs)


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
        if name == PAYS:  # turns time into money, and no time hangs on it
            continue
        ends = bounds(name, fact)
        if fact.guessed and ends[0] < ends[1]:
            yield _Change("firm", name, fact, ends)
