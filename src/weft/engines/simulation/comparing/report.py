"""What a comparison tells, as records: on a page, in a file, on the journal's desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from weft.core.records import Record
from weft.core.scalars import Amount, Line
from weft.engines.simulation.models.model import Model
from weft.engines.simulation.models.parameters import Parameter
from weft.engines.simulation.models.worth import DelayPrice


class Figure(Record, frozen=True, kw_only=True):
    """A mean over the runs, and the interval that holds it at 95 %."""

    mean: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Tell whether the interval leaves zero out."""
        return self.low > 0 or self.high < 0


class Priced(Record, frozen=True, kw_only=True):
    """A figure in money: of each change, and how it differs from the base, paired."""

    unit: Line
    figure: Figure
    difference: Figure


class Told(Record, frozen=True, kw_only=True):
    """One model: its figures, and how each differs from that of the base, paired.

    quantiles: lead time below which 5, 10, ... 95 and 99 of a hundred changes stay.
    unstable: stations to which more work comes than they can do; then no figure of
    time is a steady state, and all hold for the days counted alone. lines: effort by
    cause, waits: days of waiting by place, both a change on average. staffing: people
    by group. notes: what had to give where people were few. money: what effort and
    delay cost (`cost`, `delay`), each only where the firm says by what to count it.
    """

    model: str
    title: str
    shape: str
    figures: Mapping[str, Figure]
    differences: Mapping[str, Figure]
    quantiles: Mapping[str, float]
    unstable: tuple[str, ...]
    loads: Mapping[str, float]
    lines: Mapping[str, float]
    waits: Mapping[str, float]
    fast_waits: Mapping[str, float] = {}
    staffing: Mapping[str, int] = {}
    notes: tuple[str, ...] = ()
    money: Mapping[str, Priced] = {}


class Finding(Record, frozen=True, kw_only=True):
    """A sentence that follows from the figures."""

    about: Literal["warning", "verdict", "loses", "wins", "cost", "queue", "unstable"]
    says: str


class Point(Record, frozen=True, kw_only=True):
    """The difference of mean lead time at one value of something."""

    value: float
    difference: Figure


class Break(Record, frozen=True, kw_only=True):
    """Where the verdict turns as one thing changes: mean lead time of ours less theirs.

    at: the value at which it turns; none where it does not between those tried.
    """

    name: str
    title: str
    unit: str
    now: float
    points: tuple[Point, ...]
    at: float | None
    says: str


class Swing(Record, frozen=True, kw_only=True):
    """How the difference moves as one illustrative figure goes from low to high.

    turns: whether the other wins at one end; turns_at: about where.
    """

    of: str
    name: str
    title: str
    unit: str
    value: float
    low: float
    high: float
    at_low: float
    at_high: float
    turns: bool
    turns_at: float | None = None

    @property
    def width(self) -> float:
        """Give how far the difference moves."""
        return abs(self.at_high - self.at_low)


class Report(Record, frozen=True, kw_only=True):
    """A comparison, with all that it came from.

    ours, theirs: the two whose difference is looked into: Pervasive where it is
    there, and the strongest IT department beside it. difference: of their mean lead
    times. done: the share of the runs that are in, 1 at the end. changes: asked for in
    a year. delay: what a day of it costs in money; none where that is not known.
    delay_difference: of what it costs, ours less theirs, in money a change.
    """

    title: str
    seq: int
    seed: int
    runs: int
    years: float
    base: str
    ours: str
    theirs: str
    scarce: str
    facts: Mapping[str, Parameter]
    domains: int
    rate: Amount | None
    models: tuple[Model, ...]
    told: tuple[Told, ...]
    difference: Figure | None
    findings: tuple[Finding, ...]
    breaks: tuple[Break, ...] = ()
    swings: tuple[Swing, ...] = ()
    done: float = 1.0
    changes: float = 0.0
    delay: DelayPrice | None = None
    delay_difference: Figure | None = None

    def of(self, model: str) -> Told:
        """Give what is told of a model."""
        return next(told for told in self.told if told.model == model)
