"""The money side of a round: what is proposed to each mission, and what people said."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from weft.core.funding.fund import Grade
from weft.core.records import Record
from weft.core.scalars import Amount, Line, Month, Name

Word = Literal["continue", "shrink", "grow", "stop"]
"""In the order in which ties are broken: the least change first."""
Saying = Literal["accept", "change", "refuse"]
MoneyState = Literal["asked", "half", "taken", "refused"]


class MoneyRound(Record, frozen=True, kw_only=True):
    """What was put before people for a month: enough to work it out again, the same.

    seq, on: the entry and the day up to which the firm was looked at. digest: of the
    whole proposal. value, bound: minor units that it is worth over the horizons of the
    funds, and that nothing can be worth more than.
    """

    kind: ClassVar[str] = "moneyrounds"

    month: Month
    seq: Annotated[int, Meta(ge=0)]
    on: date
    by: Name
    at: datetime
    digest: Line
    value: int
    bound: int

    @property
    def key(self) -> str:
        """One for each month: a later one takes the place of an earlier."""
        return self.month


class MoneyReply(Record, frozen=True, kw_only=True):
    """What one of those who decide has said; the last word of each counts.

    amount: so much a month they said yes to.
    """

    by: Name
    answer: Saying
    amount: Amount | None = None
    why: Line = ""
    at: datetime


class MoneyMove(Record, frozen=True, kw_only=True):
    """What a round proposes for the money of one mission, and how it stands.

    before, after: a month. why: in words. low, high, grade: what the mission is
    believed to be worth a month, and on which evidence. two: two people decide.
    asks: the asks that it grants.
    """

    kind: ClassVar[str] = "moneymoves"

    month: Month
    mission: Name
    fund: Name
    word: Word
    before: Amount
    after: Amount
    starts: Month
    why: tuple[Line, ...] = ()
    low: Amount | None = None
    high: Amount | None = None
    grade: Grade | None = None
    two: bool = False
    asks: tuple[Name, ...] = ()
    replies: tuple[MoneyReply, ...] = ()
    taken: bool = False

    @property
    def key(self) -> str:
        """One for each mission in a round."""
        return f"{self.month}:{self.mission}"

    @property
    def last(self) -> tuple[MoneyReply, ...]:
        """Give the last word of each who has spoken."""
        return tuple({reply.by: reply for reply in self.replies}.values())

    @property
    def refused(self) -> bool:
        """Tell whether one of those who decide said no, and has not taken that back."""
        return any(reply.answer == "refuse" for reply in self.last)

    @property
    def agreed(self) -> tuple[str, ...]:
        """Give who said yes to it as it stands now."""
        return tuple(
            reply.by
            for reply in self.last
            if reply.answer != "refuse" and reply.amount == self.after
        )

    @property
    def state(self) -> MoneyState:
        """Tell how it stands; half: one of two has said yes."""
        if self.taken:
            return "taken"
        if self.refused:
            return "refused"
        return "half" if self.agreed else "asked"
