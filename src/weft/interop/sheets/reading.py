"""A file somebody has, as a table: the format is told from the content."""

from __future__ import annotations

import hashlib

from weft.errors import Malformed, Where
from weft.interop.sheets.delimited import read_delimited
from weft.interop.sheets.objects import read_objects
from weft.interop.sheets.table import MOST_BYTES, Table, too_large
from weft.interop.sheets.workbooks import not_readable, read_workbook

_PACKED = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def read_table(name: str, raw: bytes) -> Table:
    """Read a file as a table: CSV, an Excel workbook, or JSON.

    What was not read just as it stands is told in `findings`. Raises InputError for
    a file of more than 64 MiB or 300,000 rows, and Malformed for one that is none of
    the three.
    """
    if len(raw) > MOST_BYTES:
        mebibytes = len(raw) / 2**20
        raise too_large(
            name, f"{mebibytes:.0f} MiB, and {MOST_BYTES >> 20} can be read"
        )
    digest = hashlib.sha256(raw).digest()
    if raw.startswith(_OLD_OFFICE):
        raise not_readable(name, "is an old Excel file, or one with a password")
    if raw.startswith(_PACKED):
        sheets, findings = read_workbook(name, raw)
    elif _is_json(name, raw):
        sheets, findings = read_objects(name, raw)
    else:
        sheets, findings = [read_delimited(name, raw)], []
    if not any(sheet.rows for sheet in sheets):
        do = "Give a file with a head and at least one row below it."
        raise Malformed(f"{name} holds no rows.", do=do, where=Where(name))
    return Table(
        name=name, digest=digest, sheets=tuple(sheets), findings=tuple(findings)
    )


def _is_json(name: str, raw: bytes) -> bool:
    """Tell JSON by its first character, or by its name where that says so."""
    start = raw[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    return name.endswith(".json") or start[:1] == b"{" or start[:2] in {b"[{", b"[\n"}
