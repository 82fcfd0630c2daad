"""Asking for money, on any day; the paper asked for grows with the stake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, ClassVar, Final, Literal

from msgspec import Meta

from weft.core.funding.fund import Assumption, Fund, Grade
from weft.core.records import Record
from weft.core.scalars import Amount, Line, Month, Name, Text, minor
from weft.errors import InputError

AskState = Literal["open", "granted", "refused", "withdrawn"]

SENTENCE: Final[tuple[str, ...]] = ("mission", "amount", "why")
PROMISE: Final[tuple[str, ...]] = ("expected", "proof", "proof_by")
EVIDENCE: Final[tuple[str, ...]] = ("grade", "basis", "assumptions", "alternatives")


class Ask(Record, frozen=True, kw_only=True):
    """A mission asks for so much more a month, from a month on.

    why: the sentence. expected: what the money is to be worth a month. proof, proof_by:
    what will be seen by when. grade, basis: the evidence there is, and where it is.
    alternatives: what else would serve. bet: for the reserve. agreed: who said yes so
    far, where two have to.
    """

    kind: ClassVar[str] = "asks"

    id: Name
    mission: Name
    fund: Name
    amount: Amount
    start: Month
    why: Annotated[Line, Meta(min_length=1)]
    months: Annotated[int, Meta(ge=1, le=120)] | None = None
    expected: Amount | None = None
    proof: Line = ""
    proof_by: Month | None = None
    grade: Grade | None = None
    basis: Text = ""
    assumptions: Annotated[tuple[Assumption, ...], Meta(max_length=20)] = ()
    alternatives: Text = ""
    bet: bool = False
    asked_by: Name
    at: datetime
    state: AskState = "open"
    agreed: tuple[Name, ...] = ()
    answered_by: Name | None = None
    answered_at: datetime | None = None
    answer_reason: Line = ""


def paper(fund: Fund, amount: int) -> tuple[str, ...]:
    """Give the fields that an ask has to fill in, for so many minor units a month.

    They never get fewer as the amount grows. A fund without `small` asks for the
    sentence alone until `large`; without `large` never for evidence.
    """
    wanted = SENTENCE
    if fund.small is not None and amount >= minor(fund.small)[0]:
        wanted += PROMISE
    if fund.large is not None and amount >= minor(fund.large)[0]:
        wanted = (*SENTENCE, *PROMISE, *EVIDENCE)
    return wanted


def lacking(fund: Fund, ask: Ask) -> Sequence[str]:
    """Give the fields that an ask of this size still has to fill in."""
    wanted = paper(fund, minor(ask.amount)[0])
    return [name for name in wanted if not getattr(ask, name)]


def refuse_other_money(fund: Fund, amounts: Sequence[Amount | None]) -> None:
    """Refuse amounts that are not in the currency of a fund."""
    for each in amounts:
        if each is not None and minor(each)[1] != fund.currency:
            raise InputError(
                f"{each} is not in {fund.currency}, in which {fund.id} is kept.",
                do="Give it in that currency: nothing is converted here.",
            )
