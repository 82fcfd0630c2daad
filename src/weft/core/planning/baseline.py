"""The baseline of a move: how fast the firm decided, delivered and turned before it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from weft.core.facts.fact import Fact
from weft.core.records import Record
from weft.core.scalars import Line

Measure = Literal["decision", "lead", "course"]
"""From asking to the answer that counts; from wanting to having; from a change of
course proposed to it holding."""


class Quantile(Record, frozen=True, kw_only=True):
    """Days below which so many of all lie, between the ends of an interval.

    Each is none where it lies among those that are still open. few: all three are, as
    there are too few to say.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    few: bool = False


class Pace(Record, frozen=True, kw_only=True):
    """How many days something took, of all that began on some days.

    source: where that was read: `answers`, `changes`, `deliveries` or `log NAME`.
    n: how many; open: of them not over yet. median, slowest: half of them, and nine of
    ten, took at most so long.
    """

    measure: Measure
    source: Line
    since: date
    until: date
    n: Annotated[int, Meta(ge=0)]
    open: Annotated[int, Meta(ge=0)]
    median: Quantile
    slowest: Quantile


class Baseline(Fact, frozen=True, kw_only=True):
    """What was measured before a firm began to move: frozen once, and for good.

    seq: the entry up to which the records were read. definition: the number of the
    definitions that it was measured by. moved: how many seats rounds had changed by
    then, so that a baseline that came late says so.
    """

    kind: ClassVar[str] = "baselines"
    noun: ClassVar[str] = "baseline"
    final: ClassVar[bool] = True

    at: Annotated[datetime, Meta(tz=True)]
    seq: Annotated[int, Meta(ge=0)]
    definition: Annotated[int, Meta(ge=1)]
    moved: Annotated[int, Meta(ge=0)]
    paces: tuple[Pace, ...]

    @property
    def key(self) -> str:
        """Give what makes it the only one: a firm begins to move once."""
        return "first"

    @property
    def subject(self) -> str:
        """It is about the firm."""
        return "firm"

    @property
    def when(self) -> str:
        """It was so at its instant."""
        return self.at.astimezone(UTC).isoformat()
