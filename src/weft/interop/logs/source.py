"""A log as it came: its heads, its first rows, and all rows one after the other."""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Iterator, Sequence
from itertools import chain, islice

import msgspec

from weft.errors import InputError, Malformed, Where
from weft.interop.sheets.delimited import separator_of
from weft.interop.sheets.encodings import decoded
from weft.interop.sheets.table import Finding

MOST_BYTES = 1 << 30
MOST_EVENTS = 5_000_000
_LOOKED_AT = 2000
_GZIP = b"\x1f\x8b"
_CHUNK = 1 << 20


class Source(msgspec.Struct):
    """A log: heads, the first rows to guess by, and all rows with their numbers."""

    heads: tuple[str, ...]
    first: list[list[str]]
    rows: Iterator[tuple[int, Sequence[str]]]
    findings: list[Finding]


def unpacked(name: str, raw: bytes) -> bytes:
    """Give the bytes of a log, out of gzip where it is packed.

    Raises InputError for more than can be taken, and Malformed for a broken pack.
    """
    if not raw.startswith(_GZIP):
        _check_size(name, len(raw))
        return raw
    parts: list[bytes] = []
    size, rest, whole = 0, raw, True
    try:
        while rest.startswith(_GZIP):  # a pack may be several, one after the other
            packed = zlib.decompressobj(wbits=31)
            while rest and not packed.eof:
                part = packed.decompress(rest, _CHUNK)
                rest = packed.unconsumed_tail or packed.unused_data
                size += len(part)
                _check_size(name, size)
                parts.append(part)
            whole = packed.eof
    except zlib.error:
        whole = False
    if not whole:
        raise Malformed(
            "The gzip file is broken, or ends too early.",
            do="Pack it again.",
            where=Where(name),
        )
    return b"".join(parts)


def _check_size(name: str, size: int) -> None:
    """Refuse what is far too large to be looked at."""
    if size > MOST_BYTES:
        raise InputError(
            f"{name} has more than {MOST_BYTES >> 30} GiB.",
            do="Cut it by time, and import the parts under one name.",
            where=Where(name),
        )


def delimited(name: str, raw: bytes) -> Source:
    """Read a CSV file with any usual separator, row by row."""
    text, findings = decoded(raw)
    lines = io.StringIO(text, newline="")
    start = list(islice(lines, _LOOKED_AT))
    separator = separator_of(start)
    if start and start[0].startswith("sep="):
        separator = start.pop(0)[4:5]
    reader = csv.reader(chain(start, lines), delimiter=separator)
    rows = _numbered(name, reader)
    _, head = next(rows, (0, []))
    first = list(islice(rows, _LOOKED_AT))
    heads = _named(head)
    return Source(heads, [cells for _, cells in first], chain(first, rows), findings)


def _numbered(name: str, reader: object) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that hold something, each with the number of its last line."""
    try:
        for cells in reader:  # type: ignore[attr-defined]
            if cells:
                yield reader.line_num, cells  # type: ignore[attr-defined]
    except csv.Error as error:
        line: int = reader.line_num  # type: ignore[attr-defined]
        raise Malformed(
            f"The row cannot be read: {error}.",
            do="Look for a quote that is never closed.",
            where=Where(name, line),
        ) from error


def _named(cells: Sequence[str]) -> tuple[str, ...]:
    """Give each column a name of its own."""
    heads: dict[str, None] = {}
    for at, cell in enumerate(cells, 1):
        head = " ".join(cell.split()) or f"column {at}"
        while head in heads:
            head = f"{head} ({at})"
        heads[head] = None
    return tuple(heads)
