"""The source rows behind a posting: which they were in their file, and what each cost.

They are kept packed, some thousands together, as a bill has millions. What could name a
person, such as a resource or a tag, is not kept: the file and the row lead to it.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import ClassVar

import msgspec

from weft.core.facts.fact import Fact
from weft.core.scalars import Month


class SourceRow(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One row: its number in the file, from 1; its cost as written; what it was."""

    row: int
    cost: str
    service: str
    says: str


class SourceRows(Fact, frozen=True, kw_only=True):
    """Rows behind the postings of one account in one booking, in the file's order."""

    kind: ClassVar[str] = "source_rows"
    noun: ClassVar[str] = "block of source rows"

    booking: str
    batch: str
    account: str
    month: Month
    file: str
    count: int
    packed: bytes

    @property
    def subject(self) -> str:
        """They are found by the lot and the account."""
        return f"{self.booking}@{self.batch}|{self.account}"

    @property
    def when(self) -> str:
        """They count in the month of their booking."""
        return self.month

    @property
    def rows(self) -> list[SourceRow]:
        """Give the rows."""
        return _decode(zlib.decompress(self.packed))


def pack(rows: Sequence[tuple[int, str, str, str]]) -> bytes:
    """Pack rows so that `SourceRows.rows` gives them again."""
    return zlib.compress(_encode(rows), 1)


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[SourceRow]).decode
