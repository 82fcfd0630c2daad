"""Tables written for people who work on in a spreadsheet: CSV, and Excel workbooks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

Rows = tuple[str | int | float | Decimal, ...]
_ACTS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins so is run as a formula by a spreadsheet that reads CSV."""
_WIDEST = 60
_WRITTEN = datetime(2000, 1, 1)  # noqa: DTZ001 # the same rows give the same bytes


def write_csv(rows: Iterable[Rows]) -> bytes:
    """Write rows as CSV in UTF-8, with the mark by which Excel knows it.

    A text that a spreadsheet would run as a formula is led by an apostrophe.
    Source: OWASP, CSV Injection.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_workbook(sheets: Mapping[str, Iterable[Rows]]) -> bytes:
    """Write sheets as an Excel workbook; the first row of each is its head."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        table = [tuple(row) for row in rows]
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for place, column in enumerate(zip(*table, strict=True), 1):
            wide = min(max(len(str(cell)) for cell in column) + 2, _WIDEST)
            sheet.column_dimensions[get_column_letter(place)].width = wide
        for number, row in enumerate(table):
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type] # decimals too
                if isinstance(value, str):
                    cell.data_type = "s"  # a text is never a formula
                if number == 0:
                    cell.font = Font(bold=True)
                cells.append(cell)
            sheet.append(cells)
    book.properties.created = book.properties.modified = _WRITTEN
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _inert(cell: str | float | Decimal) -> str | float | Decimal:
    """Give a cell that no spreadsheet runs as a formula."""
    if isinstance(cell, str) and cell.startswith(_ACTS):
        return f"'{cell}"
    return cell
