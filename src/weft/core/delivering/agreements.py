"""Working agreements: how a mission works, in its own words. No method is asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, ClassVar

from msgspec import Meta

from weft.core.records import Record
from weft.core.scalars import Line, Name, Text

Days = Annotated[int, Meta(ge=1, le=366, description="days from one to the next")]


class FeedbackLoop(Record, frozen=True, kw_only=True):
    """Something that a mission comes back to, to learn whether it works.

    every: days from one to the next. since: the first day; the others follow from it.
    """

    title: Line
    every: Days
    since: date
    with_whom: Line = ""

    def next_on(self, day: date) -> date:
        """Give the first of its days that is not before a day."""
        passed = max(0, (day - self.since).days)
        return self.since + timedelta(days=-(-passed // self.every) * self.every)


class Agreement(Record, frozen=True, kw_only=True):
    """How a mission works: what it wrote itself, and may change whenever it likes.

    cadence: its rhythm in its own words, such as `weekly flow` or `two-week sprints`.
    review: when the agreement itself is looked at again. loops: its other loops.
    """

    kind: ClassVar[str] = "agreements"

    mission: Name
    says: Text
    cadence: Line = ""
    review: FeedbackLoop | None = None
    loops: tuple[FeedbackLoop, ...] = ()

    @property
    def key(self) -> str:
        """One agreement for each mission; the journal has those before."""
        return self.mission
