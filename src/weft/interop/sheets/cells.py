"""The markup of one sheet of a workbook, read into a grid of texts."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import IO, Any
from xml.parsers.expat import ParserCreate

import msgspec
from openpyxl.utils.cell import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import from_excel

from weft.interop.sheets.table import MOST_COLUMNS, MOST_ROWS, Cell, too_large

_DIGITS = "0123456789"


class Book(msgspec.Struct, frozen=True):
    """What the sheets of a workbook share: texts, styles of days, the first day."""

    texts: tuple[str, ...]
    dates: frozenset[int]
    epoch: datetime


class Merge(msgspec.Struct, frozen=True):
    """A block of merged cells; rows and columns count from 1."""

    ref: str
    left: int
    top: int
    bottom: int


class Grid(msgspec.Struct, frozen=True):
    """The rows of a sheet, its merges, and the cells that have no value to give.

    unvalued: the cell, its row, its error or nothing where it is just not stored.
    """

    rows: list[tuple[int, list[Cell]]]
    merges: list[Merge]
    unvalued: list[tuple[str, int, str]]


def read_grid(name: str, part: IO[bytes], book: Book) -> Grid:
    """Read the part of a package that holds a sheet.

    Raises InputError for too many rows or columns, and what damage makes fail.
    """
    reader = _Reader(name, book)
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.told
    parser.ParseFile(part)
    merges = sorted(reader.merges, key=lambda merge: merge.top)
    _fill(reader.rows, merges)
    return Grid(reader.rows, merges, reader.unvalued)


class _Reader:
    """Follows the markup from row to row and cell to cell."""

    def __init__(self, name: str, book: Book) -> None:
        self.name, self.book = name, book
        self.rows: list[tuple[int, list[Cell]]] = []
        self.merges: list[Merge] = []
        self.unvalued: list[tuple[str, int, str]] = []
        self.columns: dict[str, int] = {}
        self.row = 0
        self.cells: list[Cell] = []
        self.cell: dict[str, str] = {}
        self.formula = self.reading = self.sounding = False
        self.text = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a row, a cell, a value in it."""
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self.cell, self.text, self.formula = attributes, "", False
        elif tag in {"v", "t"}:
            self.reading = not self.sounding
        elif tag == "f":
            self.formula = True
        elif tag == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.cells = []
        elif tag == "rPh":
            self.sounding = True
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def told(self, text: str) -> None:
        """Take the text of a value."""
        if self.reading:
            self.text += text

    def end(self, tag: str) -> None:
        """End a value, a cell, a row."""
        tag = tag.rpartition(":")[2]
        if tag in {"v", "t"}:
            self.reading = False
        elif tag == "c":
            self._put()
        elif tag == "row":
            self.rows.append((self.row, self.cells))
            if len(self.rows) > MOST_ROWS + 1:
                raise too_large(self.name, f"more than {MOST_ROWS:,} rows")
        elif tag == "rPh":
            self.sounding = False

    def _put(self) -> None:
        """Put the value of a cell in its place in the row."""
        ref = self.cell.get("r", "")
        letters = ref.rstrip(_DIGITS)
        if letters not in self.columns:
            at = column_index_from_string(letters) - 1 if letters else len(self.cells)
            if at >= MOST_COLUMNS and self.text:
                raise too_large(self.name, f"more than {MOST_COLUMNS:,} columns")
            self.columns[letters] = at
        place = self.columns[letters] if letters else len(self.cells)
        value = self._value()
        if not value and (self.formula or self.cell.get("t") == "e"):
            self.unvalued.append((ref, self.row, self.text))
        if value and place < MOST_COLUMNS:
            self.cells.extend([""] * (place + 1 - len(self.cells)))
            self.cells[place] = value

    def _value(self) -> str:
        """Write the value of a cell as text; an error gives none."""
        form, text = self.cell.get("t", "n"), self.text
        if form == "s":
            return self.book.texts[int(text)].strip() if text else ""
        if form == "e":
            return ""
        if form == "b":
            return {"1": "true", "0": "false"}.get(text, text)
        if form != "n" or not text:
            return text.strip()
        number = float(text)
        if int(self.cell.get("s", "0")) in self.book.dates:
            return _day(number, self.book.epoch) or text
        whole = number.is_integer() and abs(number) < 10**15
        return str(int(number)) if whole else text

    def _merge(self, ref: str) -> None:
        """Note a block of cells such as A2:A7."""
        left, top, _, bottom = range_boundaries(ref)
        if left and top and bottom:
            self.merges.append(Merge(ref, left, top, bottom))


def _day(number: float, epoch: datetime) -> str:
    """Write a number as the day or time it shows as; nothing for none."""
    try:
        value: Any = from_excel(number, epoch)
    except (OverflowError, ValueError):
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else ""


def _fill(rows: list[tuple[int, list[Cell]]], merges: list[Merge]) -> None:
    """Write the value of cells merged over several rows into each of them."""
    waiting = list(reversed(merges))
    open_: list[tuple[Merge, Cell]] = []
    for number, cells in rows:
        open_ = [(merge, cell) for merge, cell in open_ if merge.bottom >= number]
        for merge, cell in open_:
            cells.extend([""] * (merge.left - len(cells)))
            cells[merge.left - 1] = cell
        while waiting and waiting[-1].top <= number:
            merge = waiting.pop()
            if merge.top == number and merge.left <= len(cells):
                open_.append((merge, cells[merge.left - 1]))
