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
    """What one of those asked has said; the last word of each counts.

    own: for the person who moves. missions: the missions it is said for.
    """

    by: Name
    own: bool = False
    missions: tuple[Name, ...] = ()
    answer: ReplyWord
    why: Refusal | None = None
    at: datetime


class Move(Record, frozen=True, kw_only=True):
    """What a round proposes to one person: all parts together, or none of them.

    why: in words. price: what it costs the firm if it is refused, in points. It is
    taken, and the seats changed, once the person and a lead of each mission that is
    heard have said yes. turned_down: missions that were refused earlier in this round.
    """

    kind: ClassVar[str] = "moves"

    month: Month
    person: Name
    parts: tuple[Part, ...]
    why: Line = ""
    price: int = 0
    turned_down: tuple[Name, ...] = ()
    replies: tuple[Reply, ...] = ()
    taken: bool = False

    @property
    def key(self) -> str:
        """One move for each person in a round."""
        return f"{self.month}:{self.person}"

    @property
    def gaining(self) -> tuple[str, ...]:
        """Give the missions in which the person would sit (more)."""
        return tuple(p.mission for p in self.parts if p.after > p.before)

    @property
    def heard(self) -> tuple[str, ...]:
        """Give the missions of which a lead has to say yes.

        Those that gain; where none does, and somebody is only let go, those that lose.
        """
        return self.gaining or tuple(p.mission for p in self.parts)

    @property
    def last(self) -> tuple[Reply, ...]:
        """Give the last word of each who has spoken."""
        return tuple({reply.by: reply for reply in self.replies}.values())

    @property
    def refused(self) -> bool:
        """Tell whether somebody who was asked said no, and has not taken that back."""
        return any(reply.answer == "refuse" for reply in self.last)

    @property
    def promised(self) -> bool:
        """Tell whether somebody has said yes, and nobody no."""
        return bool(self.replies) and not self.refused

    @property
    def agreed(self) -> bool:
        """Tell whether all who have to say yes have done so."""
        missions = {mission for reply in self.last for mission in reply.missions}
        own = any(reply.own for reply in self.last)
        return own and not self.refused and missions.issuperset(self.heard)

    @property
    def closed(self) -> tuple[str, ...]:
        """Give the missions that the person is not to be asked for again so soon."""
        return (*self.turned_down, *(self.gaining if self.refused else ()))

    @property
    def state(self) -> MoveState:
        """Tell how it stands."""
        if self.taken:
            return "taken"
        return "refused" if self.refused else "asked"
