"""What a fund has, what its tranches brought, and how promises were kept."""

from __future__ import annotations

from datetime import datetime

from weft.app.funding.assumptions import Resting, resting
from weft.app.funding.grading import graded
from weft.app.permissions import permit
from weft.app.views import View
from weft.core.funding.ask import Ask
from weft.core.funding.forecast import Age, Forecast
from weft.core.funding.fund import Fund
from weft.core.records import Record
from weft.core.scalars import Amount, Month, amount, minor
from weft.engines.funding.rounds import (
    Standing,
    Waited,
    by_mission,
    of_fund,
    pots,
    promises,
    track,
    waited,
)
from weft.errors import NotFound
from weft.store.desk import Desk


class FundState(Record, frozen=True, kw_only=True):
    """A fund in a month: what it has, and each tranche with what came of it.

    standing, reserve: as the month begins. paid: of all tranches in the month. proven:
    what of the realised value came with evidence of grade A or B. rests: what has to be
    true for its money to pay, and whether that was tested.
    """

    fund: Fund
    month: Month
    standing: Amount
    reserve: Amount
    put_in: Amount
    released: Amount
    returned: Amount
    paid: Amount
    expected: Amount
    realised: Amount
    proven: Amount
    gap: Amount
    tranches: tuple[Standing, ...]
    asks: tuple[Ask, ...]
    rests: tuple[Resting, ...]
    waited: Waited


class TrackRow(Record, frozen=True, kw_only=True):
    """Promises so many months ahead: how many came due, promised, came.

    share, low, high: of the next such promise so much is expected, in hundredths.
    """

    horizon: int
    due: int
    promised: Amount
    came: Amount
    share: int
    low: int
    high: int


class TrackRecord(Record, frozen=True, kw_only=True):
    """The record of one mission, or of all (mission is empty)."""

    mission: str
    rows: tuple[TrackRow, ...]


class Told(Record, frozen=True, kw_only=True):
    """A forecast, how old it is, and what came of it where that is known."""

    forecast: Forecast
    due: Month
    age: Age
    came: Amount | None


class Promises(Record, frozen=True, kw_only=True):
    """How promises were kept, in one currency; and every forecast."""

    currency: str
    records: tuple[TrackRecord, ...]
    forecasts: tuple[Told, ...]


def fund(desk: Desk, view: View, name: str, month: Month, now: datetime) -> FundState:
    """Give one fund as it stands in a month, what came by the grade it carries."""
    permit(view.firm, view.actor, "money")
    if name not in view.firm.funds:
        raise NotFound("fund", name, view.firm.funds)
    found = view.firm.funds[name]
    tranches = of_fund(view.firm, name)
    known = graded(desk, view.firm, now.date()).firm
    held, rows = pots(found, tranches, month), by_mission(known, name, month)
    asks = [a for a in view.firm.asks.values() if a.fund == name]
    paid = sum(minor(t.amount)[0] for t in tranches if t.held_in(month))
    judged = [row for row in rows if row.expected is not None]
    expected = sum(minor(row.expected or "0 EUR")[0] for row in judged)

    def told(units: int) -> Amount:
        return amount(units, found.currency)

    return FundState(
        fund=found,
        month=month,
        standing=told(held.standing),
        reserve=told(held.reserve),
        put_in=told(held.put_in),
        released=told(held.released),
        returned=told(held.returned),
        paid=told(paid),
        expected=told(expected),
        realised=told(sum(minor(row.realised)[0] for row in rows)),
        proven=told(sum(minor(row.proven)[0] for row in rows)),
        gap=told(sum(minor(row.gap)[0] for row in judged if row.gap)),
        tranches=tuple(rows),
        asks=tuple(sorted(asks, key=lambda a: (a.at, a.id), reverse=True)),
        rests=resting(known, name, month, now.date()),
        waited=waited(asks, now),
    )


def funds(desk: Desk, view: View, month: Month, now: datetime) -> list[FundState]:
    """Give every fund, by name."""
    return [fund(desk, view, name, month, now) for name in sorted(view.firm.funds)]


def kept(view: View, month: Month) -> list[Promises]:
    """Give how promises were kept, for each currency in which some were made."""
    permit(view.firm, view.actor, "money")
    firm = view.firm
    by: dict[str, list[Forecast]] = {}
    for each in firm.forecasts.values():
        by.setdefault(minor(each.value)[1], []).append(each)
    return [_promises(view, month, c, by[c]) for c in sorted(by)]


def _promises(
    view: View, month: Month, currency: str, forecasts: list[Forecast]
) -> Promises:
    firm = view.firm
    found = promises(forecasts, firm.benefits, month)
    missions = sorted({f.mission for f in forecasts})
    records = tuple(
        TrackRecord(
            mission=each.mission,
            rows=tuple(
                TrackRow(
                    horizon=horizon,
                    due=due,
                    promised=amount(promised, currency),
                    came=amount(came, currency),
                    share=expect.share,
                    low=expect.low,
                    high=expect.high,
                )
                for horizon, (due, promised, came, expect) in each.rows.items()
            ),
        )
        for each in track(found, missions)
    )
    told = []
    for each in sorted(forecasts, key=lambda f: (f.mission, f.due, f.made)):
        benefit = firm.benefits.get(f"{each.mission}:{each.due}")
        came = benefit.value if benefit and each.due < month else None
        told.append(Told(forecast=each, due=each.due, age=each.age(month), came=came))
    return Promises(currency=currency, records=records, forecasts=tuple(told))
