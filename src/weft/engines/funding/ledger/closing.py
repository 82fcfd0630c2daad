"""A month closed: a lot for each thing that is known without a bill."""

from __future__ import annotations

from datetime import date

from weft.core.firm import Firm
from weft.core.money.bookings import BookingSource
from weft.core.scalars import Month
from weft.engines.funding.ledger.booking import Lot, lot
from weft.engines.funding.ledger.costing import Costed, contracts, people
from weft.engines.funding.ledger.granting import tranches, values


def closed(firm: Firm, month: Month, on: date) -> list[Lot]:
    """Give the lots of seats, contracts, tranches and benefits of a month.

    on: the day it is closed. A lot may be empty.
    """
    costed: tuple[tuple[BookingSource, Costed], ...] = (
        ("people", people(firm, month)),
        ("contracts", contracts(firm, month)),
        ("tranche", Costed(tranches(firm, month), ())),
        ("benefit", Costed(values(firm, month), ())),
    )
    return [
        lot(source, "", month, each.transactions, on, notes=each.notes)
        for source, each in costed
    ]
