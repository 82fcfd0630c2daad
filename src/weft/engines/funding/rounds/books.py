"""The books of a fund: what it has, what each tranche brought, how long asks wait."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from statistics import median, quantiles

import msgspec

from weft.core.firm import Firm
from weft.core.funding.ask import Ask
from weft.core.funding.fund import Fund, Grade, Tranche
from weft.core.funding.months import after, between
from weft.core.records import Record
from weft.core.scalars import Amount, Month, amount, minor


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
    known: int
    grade: Grade | None
    gap: Amount | None


def by_mission(firm: Firm, fund: str, month: Month) -> list[Standing]:
    """Give each tranche of a fund with what was expected of it and what came."""
    benefits = firm.benefits
    found = []
    for tranche in of_fund(firm, fund):
        last = min(tranche.end or month, month)
        months = [after(tranche.start, n) for n in range(tranche.months(last))]
        keys = (f"{tranche.mission}:{each}" for each in months)
        came = [benefits[key] for key in keys if key in benefits]
        found.append(standing(tranche, months, [(b.value, b.grade) for b in came]))
    return found


def standing(
    tranche: Tranche, months: list[Month], came: list[tuple[Amount, Grade]]
) -> Standing:
    """Hold one tranche against what came in its months."""
    units, currency = minor(tranche.amount)
    realised = sum(u for u, c in (minor(v) for v, _ in came) if c == currency)
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
        months=len(months),
        released=amount(units * len(months), currency),
        returned=amount(back, currency),
        expected=None if expected is None else amount(expected, currency),
        realised=amount(realised, currency),
        known=len(came),
        grade=max((grade for _, grade in came), default=None),
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
