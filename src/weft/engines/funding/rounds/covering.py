"""What a fund can pay: nothing is released beyond what it has and what comes in."""

from __future__ import annotations

from collections.abc import Iterable

from weft.core.entries import Change
from weft.core.firm import Firm
from weft.core.funding.fund import Fund, Tranche
from weft.core.funding.months import after, between
from weft.core.scalars import Month, amount
from weft.engines.funding.rounds.books import of_fund, pots
from weft.errors import ConflictError


def stays_covered(firm: Firm, changes: Iterable[Change], month: Month) -> None:
    """Refuse changes of tranches by which a fund would release more than it has.

    Each month is looked at from this one until what begins can be ended again: after
    its notice, a small bet on its last day. Standing money and the reserve for small
    bets count apart. A month that is short already may stay as short as it is, so that
    money can always be taken back.

    Raises ConflictError with the fund, the month, and what is lacking.
    """
    then, until = dict(firm.tranches), dict[str, Month]()
    for change in changes:
        if isinstance(change.record, Tranche):
            tranche = then[change.key] = change.record
            held = until.get(tranche.fund, month)
            until[tranche.fund] = max(held, _endable(tranche))
        elif change.kind == Tranche.kind:
            then.pop(change.key, None)
    for name, last in sorted(until.items()):
        fund = firm.funds[name]
        will = [each for each in then.values() if each.fund == name]
        for n in range(between(month, last) + 1):
            _covers(fund, (of_fund(firm, name), will), after(month, n))


def _endable(tranche: Tranche) -> Month:
    """Give the last month that has to be paid, whatever is decided later."""
    if tranche.bet and tranche.end is not None:
        return tranche.end
    return after(tranche.start, tranche.notice)


def _covers(
    fund: Fund, tranches: tuple[list[Tranche], list[Tranche]], m: Month
) -> None:
    """Hold what is left once a month was paid against what was left before."""
    had, has = (pots(fund, some, after(m, 1)) for some in tranches)
    for what, before, left in (
        ("money", had.standing, has.standing),
        ("reserve", had.reserve, has.reserve),
    ):
        if left < min(before, 0):
            raise ConflictError(
                f"The {what} of {fund.id} would be {amount(-left, fund.currency)} short"
                f" in {m}.",
                do="Grant less or later, or let other money of it shrink first.",
            )
