"""Excel workbooks: the stored values of every visible sheet."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from weft.errors import InputError, Malformed, Where
from weft.interop.sheets.markup import Markup, Merge, markup_of
from weft.interop.sheets.table import Cell, Finding, Sheet, sheet_of, too_large

MOST_UNPACKED = 2**30
_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"}
_SHOWN = 20


def read_workbook(name: str, raw: bytes) -> tuple[list[Sheet], list[Finding]]:
    """Read the visible sheets of a workbook; hidden ones are told.

    Formulas give the value that was stored with them; one that has none is told.
    Raises Malformed for what is no workbook.
    """
    try:
        packed = _unpacked(name, raw)
        with warnings.catch_warnings():  # of features that hold no values
            warnings.simplefilter("ignore")
            return _sheets(packed, raw)
    except InputError:
        raise
    except Exception as error:  # what breaks in a broken workbook can be anything
        raise not_readable(name, "is a broken Excel workbook") from error


def _unpacked(name: str, raw: bytes) -> zipfile.ZipFile:
    """Open the package, unless it is none of a workbook or grows without measure."""
    packed = zipfile.ZipFile(io.BytesIO(raw))
    if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
        raise too_large(name, "more than 1 GiB in it once unpacked")
    if "xl/workbook.xml" not in packed.namelist():
        raise not_readable(name, "is no Excel workbook")
    return packed


def not_readable(name: str, what: str) -> Malformed:
    """Say why a file cannot be read as a workbook, and how it can be made one."""
    do = "Save it as .xlsx without a password, or as CSV."
    return Malformed(f"{name} {what}.", do=do, where=Where(name))


def _sheets(packed: zipfile.ZipFile, raw: bytes) -> tuple[list[Sheet], list[Finding]]:
    """Read sheet by sheet, row by row."""
    sheets: list[Sheet] = []
    findings: list[Finding] = []
    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            what = f"The sheet {sheet.title!r} is hidden."
            findings.append(Finding(sort="lost", what=what, done="Passed over."))
            continue
        sheet.reset_dimensions()  # what a sheet says of its size is often wrong
        found: list[Finding] = []
        markup = markup_of(packed, sheet.title)
        rows = sheet.iter_rows(values_only=True)
        grid = _grid(sheet.title, rows, markup, found)
        told = _told(sheet.title, markup)
        read = sheet_of(sheet.title, grid, told)
        if read.columns:
            sheets.append(
                Sheet(
                    name=read.name,
                    columns=read.columns,
                    rows=read.rows,
                    numbers=read.numbers,
                    findings=(*read.findings, *found),
                )
            )
    book.close()
    return sheets, findings


def _grid(
    name: str, rows: Iterator[tuple[Any, ...]], markup: Markup, found: list[Finding]
) -> Iterator[tuple[int, list[Cell]]]:
    """Give the rows as cells; a value merged over several rows stands in each."""
    waiting = sorted(markup.merges, key=lambda merge: -merge.top)
    open_: list[tuple[Merge, Cell]] = []
    for number, values in enumerate(rows, 1):
        cells = [_cell(value) for value in values]
        for place, cell in enumerate(cells):
            if cell in _ERRORS:
                cells[place] = ""
                found.append(_error(name, number, place, str(cell)))
        open_ = [(merge, cell) for merge, cell in open_ if merge.bottom >= number]
        for merge, cell in open_:
            cells += [""] * (merge.left - len(cells))
            cells[merge.left - 1] = cell
        while waiting and waiting[-1].top <= number:
            merge = waiting.pop()
            if merge.top == number and merge.left <= len(cells):
                open_.append((merge, cells[merge.left - 1]))
        yield number, cells


def _error(name: str, row: int, place: int, value: str) -> Finding:
    """Tell of a cell that holds an error in the place of a value."""
    at = f"{get_column_letter(place + 1)}{row}"
    what = f"{at} holds the error {value}."
    return Finding(sort="lost", what=what, done="Left empty.", sheet=name, row=row)


def _told(name: str, markup: Markup) -> Iterator[Finding]:
    """Tell of merged cells, and of formulas whose value was never stored."""
    for merge in markup.merges[:_SHOWN]:
        down = merge.bottom > merge.top
        yield Finding(
            sort="joined",
            what=f"The cells {merge.ref} are merged.",
            done="Its value stands in each row." if down else "It stands in the first.",
            sheet=name,
            row=merge.top,
        )
    if more := markup.merges[_SHOWN:]:
        what = f"{len(more)} more merged cells, from {more[0].ref} on."
        done = "Treated in the same way."
        yield Finding(sort="joined", what=what, done=done, sheet=name, row=more[0].top)
    for ref, row in markup.unvalued:
        yield Finding(
            sort="lost",
            what=f"The formula in {ref} has no stored value.",
            done="Left empty; save the file in a spreadsheet to have it worked out.",
            sheet=name,
            row=row,
        )


def _cell(value: Any) -> Cell:
    """Write a value of a sheet as text: whole numbers without a point, days as days."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).strip()
