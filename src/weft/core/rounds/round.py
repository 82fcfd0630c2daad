"""A round: the seats proposed for a month, and what people said to each."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from weft.core.records import Record
from weft.core.scalars import Line, Month, Name

ReplyWord = Literal["accept", "refuse", "change"]
Refusal = Literal["needed-here", "other-work", "place", "time", "team", "other"]
"""Why somebody refuses, in one of a few words: free text about a person is not kept."""
MoveState = Literal["asked", "taken", "refused"]
Share = Annotated[int, Meta(ge=0, le=100, description="hundredths of a person")]


class Round(Record, frozen=True, kw_only=True):
    """What was put before people for a month, and how good it was then.

    seq: the entry of the journal up to which the firm was looked at. cost, bound:
    points of the plan, and points that no plan can go below; both for all `months`.
    open: hundredths of a person left open in the first month.
    """

    kind: ClassVar[str] = "rounds"

    month: Month
    months: Annotated[int, Meta(ge=1, le=36)]
    seq: Annotated[int, Meta(ge=0)]
    by: Name
    at: datetime
    cost: Annotated[int, Meta(ge=0)]
    bound: Annotated[int, Meta(ge=0)]
    open: Annotated[int, Meta(ge=0)]

    @property
    def key(self) -> str:
        """One round for each month: a later one takes the place of an earlier."""
        return self.month


class Part(Record, frozen=True, kw_only=True):
    """What changes for a person in one mission: the share before and after.

    until: the last month that the plan sees the seat in; none where that is open.
    """

    mission: Name
    before: Share = 0
    after: Share = 0
    until: Month | None = None


class Reply(Record, frozen=True, kw_only=True):
    """What one of those asked has said; the last word of each counts."""

    by: Name
    answer: ReplyWord
    why: Refusal | None = None
    at: datetime


class Move(Record, frozen=True, kw_only=True):
    """What a round proposes to one person: all parts together, or none of them.

    why: in words. price: what it costs the firm if it is refused, in points. asked:
    who has a say: the person, and the leads of the missions that gain. taken: the
    seats have been changed.
    """

    kind: ClassVar[str] = "moves"

    month: Month
    person: Name
    parts: tuple[Part, ...]
    why: Line = ""
    price: int = 0
    replies: tuple[Reply, ...] = ()
    taken: bool = False

    @property
    def key(self) -> str:
        """One move for each person in a round."""
        return f"{self.month}:{self.person}"

    @property
    def refused(self) -> bool:
        """Tell whether somebody who was asked said no, and nobody took that back."""
        last = {reply.by: reply.answer for reply in self.replies}
        return "refuse" in last.values()

    @property
    def state(self) -> MoveState:
        """Tell how it stands."""
        if self.taken:
            return "taken"
        return "refused" if self.refused else "asked"
