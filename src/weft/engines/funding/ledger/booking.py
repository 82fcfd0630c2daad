"""Transactions made into one lot that stands in the ledger under one key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from weft.core.money.bookings import Booking, BookingSource
from weft.core.money.postings import UNMAPPED, Transaction
from weft.core.scalars import Amount, Month, amount


class Lot(NamedTuple):
    """A booking, and the transactions that it stands for."""

    booking: Booking
    transactions: tuple[Transaction, ...]


def lot(
    source: BookingSource,
    about: str,
    month: Month,
    transactions: Iterable[Transaction],
    on: date,
    *,
    rows: int = 0,
    exact: Sequence[str] = (),
    file: str = "",
    notes: Sequence[str] = (),
) -> Lot:
    """Make transactions of one source and month into a lot; the same give the same.

    The digest is over what moved, so that a lot brought in twice is known to be one.
    """
    moves = [each for each in transactions if each.postings]
    whole = sha256()
    for each in moves:
        whole.update(_encode((each.month, each.says, each.postings)))
    batch = whole.hexdigest()
    booking = Booking(
        source=source,
        about=about,
        month=month,
        batch=batch,
        postings=sum(len(each.postings) for each in moves),
        rows=rows,
        total=_debited(moves, ""),
        unmapped=_debited(moves, UNMAPPED),
        exact=tuple(exact),
        file=file[:_LONGEST],
        on=on,
        notes=tuple(note[:_LONGEST] for note in notes),
    )
    key = booking.key
    return Lot(
        booking, tuple(replace(each, booking=key, batch=batch) for each in moves)
    )


_encode = msgspec.json.Encoder().encode
_LONGEST = 400


def _debited(moves: Iterable[Transaction], holder: str) -> tuple[Amount, ...]:
    """Add up what went onto accounts, in each currency: all of it, or one holder's.

    Of a holder credits count too, as a refund without a mission is one.
    """
    found: Counter[str] = Counter()
    for each in moves:
        for posting in each.postings:
            account, units = posting.account, posting.units
            if account.type == "expense" and holder in {"", account.holder}:
                found[posting.currency] += units
            elif not holder and account.type == "asset":
                found[posting.currency] += max(units, 0)
            elif not holder and account.line.startswith("value-"):
                found[posting.currency] -= units
    return tuple(amount(found[each], each) for each in sorted(found))
