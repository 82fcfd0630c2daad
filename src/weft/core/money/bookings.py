"""What stands in the ledger: one record for each lot of postings of a source and month.

The postings themselves are facts and lie in the store; the record says how many there
are and proves by their digest that none was changed. A lot brought in again takes the
place of the one before it, so that a corrected month counts once.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from weft.core.records import Record
from weft.core.scalars import Amount, Line, Month

BookingSource = Literal[
    "cloud", "people", "contracts", "shared", "value", "benefit", "tranche"
]
Count = Annotated[int, Meta(ge=0)]


class Booking(Record, frozen=True, kw_only=True):
    """A lot of postings from one source in one month, as it stands in the ledger.

    about: whose bill, which fund, or nothing. batch: the digest of the postings, by
    which they are found. total: what was debited in each currency. exact: the sum of
    the rows it was made of, where they are finer than money, and by how much rounding
    changed it. unmapped: how much of it has no mission. file: where the rows lay.
    """

    kind: ClassVar[str] = "bookings"

    source: BookingSource
    about: Line = ""
    month: Month
    batch: Line
    postings: Count
    rows: Count = 0
    total: tuple[Amount, ...] = ()
    unmapped: tuple[Amount, ...] = ()
    exact: tuple[Line, ...] = ()
    file: Line = ""
    on: date
    notes: tuple[Line, ...] = ()

    @property
    def key(self) -> str:
        """One lot for each source, what it is about, and month."""
        return ":".join(filter(None, (self.source, self.about, self.month)))
