"""Experiments: a hypothesis, what it is judged by, and when it stops, set before."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, ClassVar, Final, Literal

from msgspec import Meta

from weft.core.facts.fact import Fact
from weft.core.outcomes.reading import finite
from weft.core.records import Record
from weft.core.scalars import Amount, Line, Name, Text, minor
from weft.errors import InputError, Where

Arm = Literal["control", "treatment"]
Verdict = Literal["won", "lost", "undecided"]


SET_BEFORE: Final = (
    *("mission", "hypothesis", "assumption", "metric", "guard", "cost_cap", "stop"),
    *("started", "closed", "verdict"),
)
"""What stays once an experiment has started: its plan, and what it was seen to be."""


class StopRule(Record, frozen=True, kw_only=True):
    """When an experiment stops, whatever it has shown: set before it starts.

    most: observations of each arm. by: the last day. harm: it stops at once when the
    guard metric is surely worse by more than this, in the guard metric's unit.
    """

    most: Annotated[int, Meta(ge=30, le=10_000_000)]
    by: date
    harm: Annotated[float, Meta(ge=0)] = 0.0


class Spending(Record, frozen=True, kw_only=True):
    """What an experiment cost on a day, and for what; less than nothing puts right."""

    on: date
    amount: Amount
    says: Line = ""


class Experiment(Record, frozen=True, kw_only=True):
    """A bet with its test: two arms, one metric, and a rule for when it ends.

    assumption: what the bet rests on, where that is what is tested. guard: the metric
    that must not get worse. cost_cap: the most it may cost; once so much is spent, it
    stops. started, spent, closed, verdict, learnt: what became of it; a failed one is
    kept for what was learnt. There is no field for whose fault it was.
    """

    kind: ClassVar[str] = "experiments"

    id: Name
    title: Line
    mission: Name
    hypothesis: Text = ""
    assumption: Line = ""
    metric: Name | None = None
    guard: Name | None = None
    cost_cap: Amount | None = None
    stop: StopRule | None = None
    started: date | None = None
    spent: Annotated[tuple[Spending, ...], Meta(max_length=1000)] = ()
    closed: date | None = None
    verdict: Verdict | None = None
    cost: Amount | None = None
    learnt: Text = ""

    def __post_init__(self) -> None:
        """Refuse money of several currencies: it cannot be held against a cap."""
        amounts = [self.cost_cap, *(each.amount for each in self.spent)]
        told = sorted({minor(each)[1] for each in amounts if each})
        if len(told) > 1:
            raise InputError(
                f"Its money is in {' and '.join(told)}.",
                do="Tell its cap and what it cost in one currency.",
                where=Where(path="spent"),
            )


class Observation(Fact, frozen=True, kw_only=True, gc=False):
    """What one visit, order or other trial of an experiment gave, in one of its arms.

    trial: its number or code, which no other has; never a person's. guard: the value of
    the guard metric, where there is one.
    """

    kind: ClassVar[str] = "observations"
    noun: ClassVar[str] = "observation"

    experiment: Name
    trial: Line
    arm: Arm
    at: Annotated[datetime, Meta(tz=True)]
    value: float
    guard: float | None = None

    def __post_init__(self) -> None:
        """Refuse what is no number, such as NaN."""
        finite("value", self.value)
        finite("guard", self.guard)

    @property
    def key(self) -> str:
        """A trial is counted once."""
        return f"{self.experiment}:{self.trial}"

    @property
    def subject(self) -> str:
        """It is about its experiment."""
        return self.experiment

    @property
    def when(self) -> str:
        """It was so at its instant."""
        return self.at.astimezone(UTC).isoformat(timespec="milliseconds")
