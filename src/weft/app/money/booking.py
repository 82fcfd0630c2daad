"""Lots put into the ledger: in one entry, each in the place of the one before it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from weft.app.permissions import permit
from weft.core.entries import Change, Deed, Entry, put
from weft.core.firm import Firm
from weft.core.money.bookings import Booking
from weft.core.money.postings import Transaction
from weft.core.money.rows import SourceRows
from weft.core.roles import Actor
from weft.engines.funding.ledger import Lot, Sum, sums
from weft.errors import NothingChanges
from weft.store.desk import Desk


def book(
    desk: Desk,
    actor: Actor,
    lots: Sequence[Lot],
    at: datetime,
    *,
    name: str,
    note: str = "",
    rows: Sequence[SourceRows] = (),
    seen: int | None = None,
    drop: Collection[str] = (),
    key: str = "",
    intent: bytes = b"",
) -> Entry:
    """Put lots into the ledger; one of the same source and month makes room.

    seen: the entry they were worked out on. drop: keys of bookings of which nothing is
    left. Raises NothingChanges where all of it stands there already.
    """

    def deed(firm: Firm) -> Deed:
        permit(firm, actor, "money.book")
        fresh = [lot for lot in lots if _batch(firm, lot.booking) != lot.booking.batch]
        gone = sorted(each for each in drop if each in firm.bookings)
        if not fresh and not gone:
            raise NothingChanges
        fresh_rows, moves = _new(desk, fresh, rows)
        changes = (
            *(put(lot.booking) for lot in fresh),
            *(Change(Booking.kind, each) for each in gone),
        )
        return Deed(
            name=name,
            changes=changes,
            facts=(*moves, *fresh_rows),
            note=note,
            seen=seen,
        )

    return desk.write(deed, at=at, actor=actor, key=key, intent=intent)


def standing(desk: Desk, bookings: Iterable[Booking]) -> list[Transaction]:
    """Give the transactions of bookings, in the order of their months."""
    return desk.facts.of(Transaction, {f"{b.key}@{b.batch}" for b in bookings})


def summed(desk: Desk, bookings: Mapping[str, Booking]) -> tuple[Sum, ...]:
    """Add up the transactions of bookings, by account, month and currency."""
    return sums(standing(desk, bookings.values()))


def _batch(firm: Firm, booking: Booking) -> str:
    """Give the batch that stands under a booking's key; nothing where none does."""
    found = firm.bookings.get(booking.key)
    return found.batch if found else ""


def _new(
    desk: Desk, lots: Sequence[Lot], rows: Sequence[SourceRows]
) -> tuple[list[SourceRows], list[Transaction]]:
    """Give the facts that the store lacks: a lot that comes back has its own there."""
    known = {each.subject for each in standing(desk, [lot.booking for lot in lots])}
    moves = [
        each for lot in lots for each in lot.transactions if each.subject not in known
    ]
    wanted = {each.subject for each in moves}
    return [r for r in rows if f"{r.booking}@{r.batch}" in wanted], moves
