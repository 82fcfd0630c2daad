"""Sheets of things rather than people: rows known again, rows that went."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from weft.errors import UnknownName, Where
from weft.interop.layouts import Assets, Missions
from weft.interop.sheets import Cell, Sheet, Table
from weft.interop.tables.reporting import Who
from weft.interop.tables.rows import cleaned, flat, split
from weft.interop.tables.work import Work, fold

_SHOWN = 5


class SectionRow:
    """One row of a section: the record it is about, and what its cells say.

    held: the record as the firm has it, if it does. key: its id in the firm.
    """

    def __init__(self, section: Section, number: int, cells: tuple[Cell, ...]) -> None:
        self.section, self.number, self.cells = section, number, cells
        layout = section.layout
        self.told_id = self.text(layout.id) or self.text(layout.title)
        self.title = self.text(layout.title) or self.told_id
        self.source_id = f"{section.prefix}{self.told_id}"[:400]
        self.key = ""
        self.held: Any = None

    def has(self, column: str) -> bool:
        """Tell whether the layout names a column and the sheet has it."""
        return column in self.section.places

    def cell(self, column: str) -> Cell:
        """Give a cell; nothing where there is no such column."""
        return self.cells[self.section.places[column]] if self.has(column) else ""

    def text(self, column: str) -> str:
        """Give a cell as one line of text."""
        return cleaned(flat(self.cell(column)))

    def texts(self, column: str) -> tuple[str, ...]:
        """Give the texts of a cell that holds one or many."""
        return tuple(filter(None, map(cleaned, split(self.cell(column)))))

    def person(self, who: Who, column: str) -> str | None:
        """Give the person whom a cell names; tell where it is nobody known."""
        text = self.text(column)
        found = who.find(text) if text else None
        if text and not found:
            self.lost(column, f"{text!r} is nobody in the table.", "Left empty.")
        return found

    def lost(self, column: str, what: str, done: str) -> None:
        """Tell of something in this row that did not come into the firm."""
        at = Where(self.section.sheet.name, self.number, column)
        self.section.work.tell("lost", what, done, at)


class Section:
    """A sheet with a record in each row, by the layout of it."""

    def __init__(self, work: Work, sheet: Sheet, layout: Missions | Assets) -> None:
        self.work, self.sheet, self.layout = work, sheet, layout
        self.prefix = f"{sheet.name}:"
        self.places = {name: place for place, name in enumerate(sheet.columns)}

    def rows(self, kind: str) -> Iterator[SectionRow]:
        """Give the rows, each with the record that it was before or is to be.

        Known again by the id in this sheet, else by the title. A row without an id
        and a title, or with an id that came before, is told and passed over.
        """
        table = self.work.firm.table(kind)
        by_source = {table[k].source_id: k for k in sorted(table) if table[k].source_id}
        by_title = {
            fold(table[key].title): key
            for key in sorted(table, reverse=True)
            if not table[key].source_id
        }
        seen: set[str] = set()
        for number, cells in zip(self.sheet.numbers, self.sheet.rows, strict=True):
            row = SectionRow(self, number, cells)
            if not row.told_id:
                row.lost(self.layout.title, "The row has no title.", "Passed over.")
            elif row.source_id in seen:
                what = f"{row.told_id!r} comes twice."
                row.lost(self.layout.id, what, "The first row counts.")
            else:
                seen.add(row.source_id)
                known = by_source.get(row.source_id) or by_title.pop(
                    fold(row.title), ""
                )
                row.key = known or self.work.new_name(kind, row.title, row.told_id)
                row.held = table.get(row.key)
                yield row


def section_of(work: Work, table: Table, layout: Missions | Assets) -> Section | None:
    """Find the sheet of a layout; none where this table does not have it.

    A sheet or column that is missing says nothing: what came from it stays as it is.
    Raises UnknownName if the column of the titles is missing.
    """
    sheet = table.sheet(layout.sheet)
    if sheet is None:
        what = f"The table has no sheet {layout.sheet!r}."
        work.tell("note", what, "What came from it before stays.", Where(layout.sheet))
        return None
    if layout.title not in sheet.columns:
        at = Where(table.name, 0, f"{sheet.name}.title")
        raise UnknownName("column", layout.title, sheet.columns, at)
    for column in columns_of(layout):
        if column not in sheet.columns:
            what = f"{sheet.name!r} has no column {column!r}."
            done = "What came from it before stays."
            work.tell("note", what, done, Where(sheet.name, 0, column))
    return Section(work, sheet, layout)


def columns_of(layout: Missions | Assets) -> list[str]:
    """Give the columns that a layout names."""
    fields = [f for f in layout.__struct_fields__ if f not in {"sheet", "type"}]
    told = (getattr(layout, field) for field in fields)
    names: list[str] = []
    for each in told:
        names += [each] if isinstance(each, str) else each.values()
    return [name for name in names if name]


def drop_absent(work: Work, section: Section, kind: str, keys: Collection[str]) -> None:
    """Take out what came from this sheet before and is not in it any more."""
    table = work.firm.table(kind)
    gone = [
        key
        for key in sorted(table)
        if table[key].source_id.startswith(section.prefix) and key not in keys
    ]
    if gone and not work.partial:
        work.drop(kind, gone)
        what = f"{len(gone)} {kind} are not there any more: {_few(gone)}."
        done = "They go, with all that only they had."
        work.tell("note", what, done, Where(section.sheet.name))


def _few(names: Iterable[str]) -> str:
    """Show the first few of many."""
    shown = list(names)
    return ", ".join(shown[:_SHOWN]) + (" ..." if len(shown) > _SHOWN else "")
