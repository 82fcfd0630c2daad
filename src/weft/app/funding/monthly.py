"""The months behind a tranche: what was paid, expected and came in each of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from weft.app.funding.grading import graded
from weft.app.permissions import permit
from weft.app.views import View
from weft.core.funding.forecast import Benefit
from weft.core.funding.fund import Grade
from weft.core.records import Record
from weft.core.scalars import Amount, Month, Name
from weft.engines.funding.rounds import Months, Standing, months, standing
from weft.errors import NotFound
from weft.store.desk import Desk


class PaidMonth(Record, frozen=True, kw_only=True):
    """One month of a tranche; came: none where nothing is recorded of it.

    claimed: the grade that was given with it; grade: the one that its evidence carries;
    why: why that is another. basis: what it rests on.
    """

    month: Month
    paid: Amount
    expected: Amount | None
    came: Amount | None = None
    claimed: Grade | None = None
    grade: Grade | None = None
    why: str = ""
    basis: str = ""


class TrancheMonths(Record, frozen=True, kw_only=True):
    """A tranche with its months, which add up to what its fund shows of it."""

    fund: Name
    whole: Standing
    months: tuple[PaidMonth, ...]


def behind(
    desk: Desk, view: View, name: str, month: Month, now: datetime
) -> TrancheMonths:
    """Give the months of a tranche, named as `payments:2026-01`, until a month."""
    permit(view.firm, view.actor, "money")
    if name not in view.firm.tranches:
        raise NotFound("tranche", name, view.firm.tranches)
    fund = view.firm.tranches[name].fund
    known = graded(desk, view.firm, now.date())
    [held] = (m for m in months(known.firm, fund, month) if m.tranche.key == name)
    why = known.why.get(held.tranche.mission, {})
    claimed = view.firm.benefits
    return TrancheMonths(
        fund=fund,
        whole=standing(held),
        months=tuple(
            _paid(held, each, claimed.get(f"{held.tranche.mission}:{each}"), why)
            for each in held.paid
        ),
    )


def _paid(
    held: Months, month: Month, claimed: Benefit | None, why: Mapping[Month, str]
) -> PaidMonth:
    came = held.came.get(month)
    if came is None or claimed is None:
        return PaidMonth(
            month=month, paid=held.tranche.amount, expected=held.tranche.expected
        )
    return PaidMonth(
        month=month,
        paid=held.tranche.amount,
        expected=held.tranche.expected,
        came=came.value,
        claimed=claimed.grade,
        grade=came.grade,
        why=why.get(month, ""),
        basis=came.basis,
    )
