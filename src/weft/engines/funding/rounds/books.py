"""The books of a fund: what it has, what each tranche brought, how long asks wait."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from statistics import median, quantiles
from typing import Final, NamedTuple

import msgspec

from weft.core.firm import Firm
from weft.core.funding.ask import Ask
from weft.core.funding.forecast import Benefit
from weft.core.funding.fund import Fund, Grade, Tranche
from weft.core.funding.months import after, between
from weft.core.records import Record
from weft.core.scalars import Amount, Month, amount, minor

PROVEN: Final[frozenset[Grade]] = frozenset({"A", "B"})
"""The grades that prove a benefit; an estimate or a claim does not."""


class Pots(msgspec.Struct, frozen=True):
    """What a fund has as a month begins, before what that month brings; minor units.

    standing: for tranches. reserve: for small bets. put_in = standing + reserve +
    released - returned, always.
    """

    standing: int
    reserve: int
    put_in: int
    released: int
    returned: int


def of_fund(firm: Firm, fund: str) -> list[Tranche]:
    """Give the tranches of a fund, by mission and start."""
    found = (t for t in firm.tranches.values() if t.fund == fund)
    return sorted(found, key=lambda t: (t.mission, t.start))


def pots(fund: Fund, tranches: Iterable[Tranche], month: Month) -> Pots:
    """Add up what came in, was released and flowed back until the month begins."""
    last = after(month, -1)
    put_in = minor(fund.monthly)[0] * max(0, between(fund.since, month))
    kept = put_in * fund.reserve // 100
    held = {True: kept, False: put_in - kept}
    released = returned = 0
    for tranche in tranches:
        gone = minor(tranche.amount)[0] * tranche.months(last)
        back = minor(tranche.returned)[0] if tranche.returned else 0
        released, returned = released + gone, returned + back
        held[tranche.bet] += back - gone
    return Pots(held[False], held[True], put_in, released, returned)


def running(tranches: Iterable[Tranche], month: Month) -> dict[str, Tranche]:
    """Give the tranche that each mission is paid in a month, small bets left out."""
    return {t.mission: t for t in tranches if t.held_in(month) and not t.bet}


class Standing(Record, frozen=True, kw_only=True):
    """A tranche in a month: what was released, expected, and came.

    months: paid so far. gap: what came less what was expected; none where no value
    was expected. grade: the weakest of what came. known: months of which is known
    what came. Expected is of those months alone, so that the two can be compared.
    proven: what of it came with evidence of grade A or B.
    """

    mission: str
    start: Month
    end: Month | None
    amount: Amount
    bet: bool
    months: int
    released: Amount
    returned: Amount
    expected: Amount | None
    realised: Amount
    proven: Amount
    known: int
    grade: Grade | None
    gap: Amount | None


def by_mission(firm: Firm, fund: str, month: Month) -> list[Standing]:
    """Give each tranche of a fund with what was expected of it and what came."""
    return [standing(each) for each in months(firm, fund, month)]


class Months(NamedTuple):
    """The months in which a tranche was paid, and what its mission was worth in them.

    came: by month, in the currency of the tranche. Of a mission with two tranches at
    once it belongs to one of them, which is no small bet if it can be helped: what came
    is there once, and so is counted once.
    """

    tranche: Tranche
    paid: list[Month]
    came: dict[Month, Benefit]


def months(firm: Firm, fund: str, month: Month) -> list[Months]:
    """Give the months of each tranche of a fund until a month, that included."""
    taken: set[str] = set()
    found = []
    for tranche in sorted(of_fund(firm, fund), key=lambda t: t.bet):
        last = min(tranche.end or month, month)
        paid = [after(tranche.start, n) for n in range(tranche.months(last))]
        keys = {each: f"{tranche.mission}:{each}" for each in paid}
        came = {
            each: firm.benefits[key]
            for each, key in keys.items()
            if key in firm.benefits
            and key not in taken
            and minor(firm.benefits[key].value)[1] == minor(tranche.amount)[1]
        }
        taken.update(keys[each] for each in came)
        found.append(Months(tranche, paid, came))
    return sorted(found, key=lambda each: (each.tranche.mission, each.tranche.start))


def standing(held: Months) -> Standing:
    """Hold one tranche against what came in its months."""
    tranche, came = held.tranche, held.came.values()
    units, currency = minor(tranche.amount)
    realised = sum(minor(each.value)[0] for each in came)
    proven = sum(minor(each.value)[0] for each in came if each.grade in PROVEN)
    expected = None
    if tranche.expected is not None:
        expected = minor(tranche.expected)[0] * len(came)
    back = minor(tranche.returned)[0] if tranche.returned else 0
    gap = None if expected is None else amount(realised - expected, currency)
    return Standing(
        mission=tranche.mission,
        start=tranche.start,
        end=tranche.end,
        amount=tranche.amount,
        bet=tranche.bet,
        months=len(held.paid),
        released=amount(units * len(held.paid), currency),
        returned=amount(back, currency),
        expected=None if expected is None else amount(expected, currency),
        realised=amount(realised, currency),
        proven=amount(proven, currency),
        known=len(came),
        grade=max((each.grade for each in came), default=None),
        gap=gap,
    )


class Waited(Record, frozen=True, kw_only=True):
    """Days from an ask to its money, over a year; none where nothing was granted."""

    asked: int
    granted: int
    refused: int
    open: int
    median_days: float | None
    p90_days: float | None


def waited(asks: Iterable[Ask], now: datetime) -> Waited:
    """Tell how long asks of the last twelve months waited for their money."""
    since = now - timedelta(days=365)
    lately = [ask for ask in asks if ask.at >= since]
    days = sorted(_days(lately))
    return Waited(
        asked=len(lately),
        granted=sum(ask.state == "granted" for ask in lately),
        refused=sum(ask.state == "refused" for ask in lately),
        open=sum(ask.state == "open" for ask in lately),
        median_days=round(median(days), 1) if days else None,
        p90_days=round(_ninth(days), 1) if days else None,
    )


def _days(asks: Iterable[Ask]) -> Iterator[float]:
    for ask in asks:
        if ask.state == "granted" and ask.answered_at is not None:
            yield (ask.answered_at - ask.at) / timedelta(days=1)


def _ninth(days: list[float]) -> float:
    if len(days) == 1:
        return days[0]
    return quantiles(days, n=10, method="inclusive")[-1]
