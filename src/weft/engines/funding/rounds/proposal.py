"""What a round proposes for the money, as it is shown and kept."""

from __future__ import annotations

from datetime import date

from weft.core.funding.fund import FundModel, Grade
from weft.core.funding.round import Word
from weft.core.records import Record
from weft.core.scalars import Amount, Line, Month, Name


class Other(Record, frozen=True, kw_only=True):
    """Another way for a mission, and what is forgone by not taking it.

    worth: over the horizon, against what is proposed; above zero where it would be
    better but the money does more elsewhere. barred: why it is not open. turns_at: what
    the mission would have to be worth a month for this to be proposed.
    """

    word: Word
    amount: Amount | None = None
    worth: Amount | None = None
    money: Amount | None = None
    barred: Line = ""
    turns_at: Amount | None = None


class MoneyLine(Record, frozen=True, kw_only=True):
    """What is proposed to one mission, why, on which evidence, and what would turn it.

    before, after: a month; after holds from `starts` on. low, mid, high: what it is
    believed to be worth a month, four of five between; none where that is not known.
    """

    mission: Name
    title: Line
    platform: bool
    fund: Name
    word: Word
    before: Amount
    after: Amount
    starts: Month
    why: tuple[Line, ...]
    evidence: tuple[Line, ...]
    low: Amount | None
    mid: Amount | None
    high: Amount | None
    grade: Grade | None
    two: bool
    asks: tuple[Name, ...]
    others: tuple[Other, ...]


class FundSum(Record, frozen=True, kw_only=True):
    """One fund in a round: what it has, what would be released, how good it is.

    before, after: of all its missions a month. available: over the horizon, the
    reserve left out; taken: of it. worth, bound: over the horizon, less the money;
    gap: hundredths. price: what one more unit of money would bring. short: what is
    lacking, where not even the cheapest plan fits.
    """

    fund: Name
    title: Line
    model: FundModel
    horizon: int
    monthly: Amount
    reserve: Amount
    reserve_used: Amount
    before: Amount
    after: Amount
    available: Amount
    taken: Amount
    worth: Amount
    bound: Amount
    gap: float
    price: float
    short: Amount | None


class MoneyProposal(Record, frozen=True, kw_only=True):
    """The money side of a round: one line for each mission and platform with money.

    seq, on: the entry and the day up to which the firm was looked at. unfunded: the
    missions that have no money of a fund and ask for none.
    """

    month: Month
    seq: int
    on: date
    funds: tuple[FundSum, ...]
    lines: tuple[MoneyLine, ...]
    unfunded: tuple[Name, ...]
