"""Excel workbooks: the stored values of every visible sheet.

Read by our own few lines: openpyxl takes minutes for a sheet of 200,000 rows and,
reading row by row, tells neither merged cells nor formulas without a value.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any
from xml.etree import ElementTree as ET
from xml.parsers.expat import ExpatError

import msgspec
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from weft.errors import InputError, Malformed, Where
from weft.interop.sheets.cells import Book, Grid, read_grid
from weft.interop.sheets.table import Finding, Sheet, sheet_of, too_large

MOST_UNPACKED = 2**30
_SHOWN = 20
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, ExpatError, ET.ParseError),
    *(LookupError, ValueError, OSError, EOFError, RuntimeError),
)
"""What a damaged package, or damaged markup in it, makes fail.

A RuntimeError is a password, or a way of packing that zipfile does not know.
"""


class _Entry(msgspec.Struct, frozen=True):
    """A sheet of a workbook: its name, its part of the package."""

    title: str
    part: str
    visible: bool


def read_workbook(name: str, raw: bytes) -> tuple[list[Sheet], list[Finding]]:
    """Read the visible sheets of a workbook; hidden ones are told.

    Formulas give the value that was stored with them; one that has none is told.
    Raises Malformed for what is no workbook.
    """
    try:
        packed = zipfile.ZipFile(io.BytesIO(raw))
        _check(name, packed)
        return _sheets(packed)
    except InputError:
        raise
    except _BROKEN as error:
        raise not_readable(name, "is a broken Excel workbook") from error


def not_readable(name: str, what: str) -> Malformed:
    """Say why a file cannot be read as a workbook, and how it can be made one."""
    do = "Save it as .xlsx without a password, or as CSV."
    return Malformed(f"{name} {what}.", do=do, where=Where(name))


def _check(name: str, packed: zipfile.ZipFile) -> None:
    """Refuse a package of something else, or one that grows without measure."""
    if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
        raise too_large(name, "more than 1 GiB in it once unpacked")
    if "xl/workbook.xml" not in packed.namelist():
        raise not_readable(name, "is no Excel workbook")


def _sheets(packed: zipfile.ZipFile) -> tuple[list[Sheet], list[Finding]]:
    """Read the visible sheets one after the other."""
    sheets: list[Sheet] = []
    findings: list[Finding] = []
    book, entries = _book(packed)
    for entry in entries:
        if not entry.visible:
            what = f"The sheet {entry.title!r} is hidden."
            findings.append(Finding(sort="lost", what=what, done="Passed over."))
            continue
        with packed.open(entry.part) as part:
            grid = read_grid(entry.title, part, book)
        read = sheet_of(entry.title, grid.rows, _told(entry.title, grid))
        if read.columns:
            sheets.append(read)
    return sheets, findings


def _book(packed: zipfile.ZipFile) -> tuple[Book, list[_Entry]]:
    """Read what all sheets share, and which sheets there are."""
    workbook = _xml(packed, "xl/workbook.xml")
    links = {
        link.get("Id"): posixpath.normpath(posixpath.join("xl", link.get("Target", "")))
        for link in _xml(packed, "xl/_rels/workbook.xml.rels")
    }
    entries = [
        _Entry(
            title=sheet.get("name", ""),
            part=next(
                links[value].lstrip("/")
                for key, value in sheet.items()
                if _local(key) == "id" and key != "id"
            ),
            visible=sheet.get("state", "visible") == "visible",
        )
        for sheet in _named(workbook, "sheet")
    ]
    old_mac = any(
        p.get("date1904") in {"1", "true"} for p in _named(workbook, "workbookPr")
    )
    book = Book(
        texts=tuple(_texts(packed)),
        dates=frozenset(_dates(packed)),
        epoch=CALENDAR_MAC_1904 if old_mac else CALENDAR_WINDOWS_1900,
    )
    sheets = [e for e in entries if "worksheets/" in e.part]  # others are charts
    return book, sheets


def _texts(packed: zipfile.ZipFile) -> Iterator[str]:
    """Give the texts that cells refer to by number; how they sound is left out."""
    if "xl/sharedStrings.xml" not in packed.namelist():
        return
    with packed.open("xl/sharedStrings.xml") as part:
        for element in _ended(part):
            if _local(element.tag) == "rPh":
                element.clear()
            elif _local(element.tag) == "si":
                yield "".join(text.text or "" for text in _named(element, "t"))
                element.clear()


def _dates(packed: zipfile.ZipFile) -> Iterator[int]:
    """Give the numbers of the cell styles that show a number as a day or time."""
    if "xl/styles.xml" not in packed.namelist():
        return
    styles = _xml(packed, "xl/styles.xml")
    formats = {
        f.get("numFmtId", ""): f.get("formatCode", "") for f in _named(styles, "numFmt")
    }
    cells = next(_named(styles, "cellXfs"), ())
    for number, style in enumerate(cells):
        code = style.get("numFmtId", "0")
        text = formats.get(code) or BUILTIN_FORMATS.get(int(code), "")
        if is_date_format(text):
            yield number


def _told(name: str, grid: Grid) -> Iterator[Finding]:
    """Tell of merged cells, of errors, of formulas whose value was never stored."""
    for merge in grid.merges[:_SHOWN]:
        down = merge.bottom > merge.top
        yield Finding(
            sort="joined",
            what=f"The cells {merge.ref} are merged.",
            done="Its value stands in each row." if down else "It stands in the first.",
            sheet=name,
            row=merge.top,
        )
    if more := grid.merges[_SHOWN:]:
        what = f"{len(more)} more merged cells, from {more[0].ref} on."
        done = "Treated in the same way."
        yield Finding(sort="joined", what=what, done=done, sheet=name, row=more[0].top)
    for ref, row, error in grid.unvalued:
        what = f"{ref} holds the error {error}." if error else ""
        yield Finding(
            sort="lost",
            what=what or f"The formula in {ref} has no stored value.",
            done="Left empty; mend it or have it worked out in a spreadsheet.",
            sheet=name,
            row=row,
        )


def _xml(packed: zipfile.ZipFile, part: str) -> Any:
    """Read a small part of the package whole."""
    return ET.fromstring(packed.read(part))  # noqa: S314 # expat stops expansion


def _ended(part: IO[bytes]) -> Iterator[Any]:
    """Give each element of a large part once it is there whole."""
    for _, element in ET.iterparse(part):  # noqa: S314 # as above
        yield element


def _named(above: Any, name: str) -> Iterator[Any]:
    """Give the elements of a name, whichever edition of the format it is."""
    return (each for each in above.iter() if _local(each.tag) == name)


def _local(tag: str) -> str:
    """Give the name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]
