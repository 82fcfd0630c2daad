"""A month closed: what its people, contracts and shared services cost, posted.

May be done again at any time: each part takes the place of what was posted before, as
when a bill or a figure of use came late.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from msgspec.structs import replace

from weft.app.funding.grading import graded
from weft.app.money.booking import book, summed
from weft.app.money.twice import Twice, twice
from weft.app.permissions import permit
from weft.core.firm import Firm
from weft.core.money.bookings import Booking, BookingSource
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import Amount, Month
from weft.engines.funding import ledger
from weft.engines.funding.ledger import Lot, lot, shared, sums
from weft.errors import InputError, NothingChanges
from weft.store.desk import Desk


class Posted(Record, frozen=True, kw_only=True):
    """What one part of a month came to.

    replaces: what stood in its place; unchanged: whether that was the same.
    """

    source: BookingSource
    postings: int
    total: tuple[Amount, ...]
    replaces: tuple[Amount, ...] = ()
    unchanged: bool = False
    notes: tuple[str, ...] = ()


class Closing(Record, frozen=True, kw_only=True):
    """A month closed, or how it would be. entry: None where nothing changes.

    twice: worth that a record and a table tell, and that so counts twice.
    """

    month: Month
    parts: tuple[Posted, ...]
    twice: tuple[Twice, ...] = ()
    entry: int | None = None


def close(
    desk: Desk,
    actor: Actor,
    month: Month,
    at: datetime,
    *,
    dry_run: bool = False,
    key: str = "",
) -> Closing:
    """Post a month: seats, contracts, tranches, benefits, then what was used.

    What came is posted under the grade that its evidence carries on the day.
    Raises InputError for a month that has not begun.
    """
    firm = desk.firm()
    permit(firm, actor, "money.book")
    if month > at.strftime("%Y-%m"):
        raise InputError(
            f"{month} has not begun: nobody knows yet what it costs.",
            do="Close a month that is over, or the present one as far as it is known.",
        )
    lots = _lots(desk, graded(desk, firm, at.date()).firm, month, at)
    closing = Closing(
        month=month,
        parts=tuple(_part(firm, each) for each in lots),
        twice=tuple(x for x in twice(desk, firm) if x.month == month),
    )
    if dry_run:
        return closing
    empty = {each.booking.key for each in lots if not each.transactions}
    try:
        entry = book(
            desk,
            actor,
            [each for each in lots if each.transactions],
            at,
            name="month.close",
            note=f"What {month} cost",
            seen=firm.seq,
            drop=empty,
            key=key,
            intent=month.encode(),
        )
    except NothingChanges:
        return closing
    return replace(closing, entry=entry.seq)


def _lots(desk: Desk, firm: Firm, month: Month, at: datetime) -> list[Lot]:
    """Give the lots of a month; charges for use rest on what all the others say."""
    found = ledger.closed(firm, month, at.date())
    fresh = {each.booking.key for each in found}
    others = {
        key: each
        for key, each in firm.bookings.items()
        if each.month == month and key not in fresh and each.source != "shared"
    }
    charged = shared(firm, month, _costs(desk, firm, others, found))
    found.append(
        lot("shared", "", month, charged.transactions, at.date(), notes=charged.notes)
    )
    return found


def _costs(
    desk: Desk, firm: Firm, others: Mapping[str, Booking], lots: list[Lot]
) -> dict[str, dict[str, int]]:
    """Give what each platform with a price cost, by currency."""
    platforms = {each.platform for each in firm.prices.values()}
    found: dict[str, dict[str, int]] = defaultdict(dict)
    moves = [each for one in lots for each in one.transactions]
    for each in (*summed(desk, others), *sums(moves)):
        account = each.account
        if account.type == "expense" and account.holder in platforms:
            so_far = found[account.holder].get(each.currency, 0)
            found[account.holder][each.currency] = so_far + each.units
    return found


def _part(firm: Firm, made: Lot) -> Posted:
    before = firm.bookings.get(made.booking.key)
    same = not made.transactions
    if before is not None:
        same = made.booking.batch == before.batch
    return Posted(
        source=made.booking.source,
        postings=made.booking.postings,
        total=made.booking.total,
        replaces=before.total if before else (),
        unchanged=same,
        notes=made.booking.notes,
    )
