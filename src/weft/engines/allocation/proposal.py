"""What a round proposes, in words and figures that people can weigh."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from weft.core.records import Record
from weft.core.rounds.round import Part
from weft.core.scalars import Amount, amount, minor
from weft.engines.allocation.asked import Note

Cause = Literal[
    "nobody",
    "level",
    "time zone",
    "held",
    "away",
    "worth more elsewhere",
    "too far",
    "team full",
    "two missions",
    "smallest seat",
    "moves used up",
    "not found",
]
WayKind = Literal["trade", "delay", "lower", "hours", "train", "borrow", "hire"]


class Way(Record, frozen=True, kw_only=True):
    """A way to fill an open need: what it takes, and what it costs a month.

    people, missions: who would learn, lend or wait. months: how long it takes. points:
    what it costs in a month beside what it brings; None where Weft cannot tell.
    """

    by: WayKind
    what: str
    people: tuple[str, ...] = ()
    missions: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    months: int | None = None
    points: int | None = None


class OpenNeed(Record, frozen=True, kw_only=True):
    """What a need lacks, month by month, why, and what can be done.

    open: hundredths of a person that nobody gives, by month; asked: what it asks then.
    price: points that one more full-time person would save in its worst month, about;
    None where the search does not tell. ways: the cheapest first.
    """

    mission: str
    skill: str
    level: int
    open: Mapping[str, int]
    asked: Mapping[str, int]
    cause: Cause
    why: str
    people: tuple[str, ...] = ()
    price: int | None
    ways: tuple[Way, ...]


class Proposed(Record, frozen=True, kw_only=True):
    """One person's move in the first month: all parts together, or none.

    why: what it is good for, a sentence for each mission. price: points that a refusal
    costs over the months of the round, about. asked: who is asked beside the person:
    the leads of the missions that gain.
    """

    person: str
    parts: tuple[Part, ...]
    why: tuple[str, ...]
    price: int
    asked: tuple[str, ...]


class Proposal(Record, frozen=True, kw_only=True):
    """What a round proposes for its first month, and sees for those after it.

    seq: the entry of the journal up to which the firm was looked at. points: what the
    plan costs in all its months, by cause. bound: what no plan can go below. gap: how
    much dearer than the best possible the plan is at most, in percent of its cost.
    ended: proven, done, time (cut short) or cancelled. begin: seats that would begin in
    each month. liked: wishes that the first month meets, of how many; None where fewer
    than five people wish or are met. kept: people whose seats stay, by why; of who asks
    so, only five or more are told. rate: money of a full-time month, a thousand points.
    """

    month: str
    months: int
    seq: int
    people: int
    missions: int
    needs: int
    points: Mapping[str, int]
    bound: int
    gap: float
    ended: str
    begin: Mapping[str, int]
    moves: tuple[Proposed, ...]
    open: tuple[OpenNeed, ...]
    kept: Mapping[str, int]
    liked: tuple[int | None, int] | None
    notes: tuple[Note, ...]
    rate: Amount | None

    @property
    def cost(self) -> int:
        """Give all points of the plan."""
        return sum(self.points.values())


def money(points: int, rate: Amount | None) -> Amount | None:
    """Give what points are in money, at the blended rate; None where there is none."""
    if rate is None:
        return None
    units, currency = minor(rate)
    return amount(points * units // _A_MONTH, currency)


_A_MONTH = 1000
"""Points of a full-time month."""
