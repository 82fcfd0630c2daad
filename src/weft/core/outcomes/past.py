"""Past work: what was promised of it, what it took, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from msgspec import Meta

from weft.core.facts.fact import Fact
from weft.core.scalars import Amount, Line, Name, minor
from weft.errors import InputError, Where

Count = Annotated[int, Meta(ge=0, le=1_000_000)]


class PastWork(Fact, frozen=True, kw_only=True, gc=False):
    """A piece of work that is over, as the firm's own books of projects tell it.

    id: its number there. outcome: what it was to bring about, in any words; pieces with
    the same words share it. start, due: the days it was to begin and to end; ended: the
    day it did. planned_cost, cost: in one currency. to_spec: whether all that was
    specified was delivered. goals, met: how many goals the outcome was judged by, and
    how many of them were reached; absent where nobody said.
    """

    kind: ClassVar[str] = "past_work"
    noun: ClassVar[str] = "piece of past work"

    id: Annotated[Line, Meta(min_length=1)]
    title: Line = ""
    outcome: Line = ""
    mission: Name | None = None
    start: date | None = None
    due: date | None = None
    ended: date
    planned_cost: Amount | None = None
    cost: Amount | None = None
    to_spec: bool | None = None
    goals: Count | None = None
    met: Count | None = None

    def __post_init__(self) -> None:
        """Refuse what does not fit together."""
        if (self.goals is None) != (self.met is None):
            _refuse("goals", "Of goals and met one is told and the other is not.")
        if self.goals is not None and (self.met or 0) > self.goals:
            _refuse("met", f"{self.met} of {self.goals} goals cannot be met.")
        if self.start and self.due and self.due < self.start:
            _refuse("due", "It was due before it was to begin.")
        costs = [minor(cost) for cost in (self.planned_cost, self.cost) if cost]
        if any(units < 0 for units, _ in costs):
            _refuse("cost", "It cannot cost less than nothing.")
        if len({currency for _, currency in costs}) > 1:
            both = " and ".join(currency for _, currency in costs)
            _refuse("cost", f"Its costs are in {both}.")

    @property
    def key(self) -> str:
        """A piece of work is counted once."""
        return self.id

    @property
    def subject(self) -> str:
        """It is about its mission; about none where it names none."""
        return self.mission or ""

    @property
    def when(self) -> str:
        """It was so when it ended."""
        return self.ended.isoformat()

    @property
    def reached(self) -> float | None:
        """Give the share of its goals that were met; None where nobody said."""
        return (self.met or 0) / self.goals if self.goals else None


def _refuse(field: str, what: str) -> None:
    raise InputError(what, do="Put one of them right.", where=Where(path=field))
