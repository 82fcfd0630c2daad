"""The rows of people: each cell cleaned and in its place, or told as not readable."""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from weft.errors import Where
from weft.interop.layouts.layout import People
from weft.interop.layouts.words import NOTHING, YES
from weft.interop.sheets import Cell, Sheet
from weft.interop.tables.work import Work
from weft.interop.zones import read_zone

LONGEST = 400
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LISTED = re.compile(r"[;,|\n\u2022]")


class Row(msgspec.Struct, frozen=True):
    """What one row says of a person; nothing where it says nothing."""

    number: int
    name: str
    units: tuple[str, ...]
    id: str
    email: str
    title: str
    manager: str
    missions: tuple[str, ...]
    skills: tuple[str, ...]
    level: str
    partner: str
    location: str
    zone: str
    cost_centre: str
    post: str
    second: bool


class Unread(msgspec.Struct, frozen=True):
    """A row that could not be read, and why."""

    sheet: str
    number: int
    reason: str
    cells: tuple[str, ...]


def people_rows(
    work: Work, sheet: Sheet, people: People
) -> tuple[list[Row], list[Unread]]:
    """Read the rows of people; those without a name are given apart."""
    reader = _Reader(work, sheet)
    rows: list[Row] = []
    unread: list[Unread] = []
    for number, cells in zip(sheet.numbers, sheet.rows, strict=True):
        row = reader.row(number, cells, people)
        if row.name:
            rows.append(row)
        else:
            texts = tuple(flat(cell) for cell in cells)
            unread.append(Unread(sheet.name, number, "There is no name.", texts))
            done = "Not read; it is among the rows that can be downloaded."
            work.tell("lost", "The row has no name.", done, Where(sheet.name, number))
    reader.tell()
    return rows, unread


class _Reader:
    """Takes the cells of a row to their fields."""

    def __init__(self, work: Work, sheet: Sheet) -> None:
        self.work, self.sheet = work, sheet
        self.places = {name: place for place, name in enumerate(sheet.columns)}
        self.nothings: Counter[tuple[str, str]] = Counter()

    def row(self, number: int, cells: tuple[Cell, ...], people: People) -> Row:
        """Read one row."""

        def cell(column: str) -> Cell:
            return cells[self.places[column]] if column else ""

        def text(column: str) -> str:
            return self.checked(number, column, flat(cell(column)))

        names = (text(column) for column in people.name)
        return Row(
            number=number,
            name=" ".join(filter(None, names)),
            units=tuple(filter(None, (text(column) for column in people.unit))),
            id=text(people.id),
            email=text(people.email),
            title=text(people.title),
            manager=text(people.manager),
            missions=self.several(number, people.mission, cell(people.mission)),
            skills=self.several(number, people.skills, cell(people.skills)),
            level=text(people.level),
            partner=text(people.partner),
            location=text(people.location),
            zone=self.zone(number, people.zone, text(people.zone)),
            cost_centre=text(people.cost_centre),
            post=text(people.post),
            second=text(people.second).casefold() in YES,
        )

    def several(self, number: int, column: str, cell: Cell) -> tuple[str, ...]:
        """Read a cell that holds one text or many."""
        parts = (self.checked(number, column, part) for part in split(cell))
        return tuple(dict.fromkeys(filter(None, parts)))

    def checked(self, number: int, column: str, text: str) -> str:
        """Clean a text; tell where it was cut, or a sign was taken for nothing."""
        line = cleaned(text)
        if not line and text.strip():
            self.nothings[column, text.strip()] += 1
        if len(text) > LONGEST and len(" ".join(text.split())) > LONGEST:
            what = f"A text of {len(text)} characters."
            at = Where(self.sheet.name, number, column)
            self.work.tell("lost", what, f"Cut after {LONGEST}.", at)
        return line

    def zone(self, number: int, column: str, text: str) -> str:
        """Read a time zone; tell where it is none."""
        found = read_zone(text) if text else ""
        if text and not found:
            at = Where(self.sheet.name, number, column)
            do = "Left out: write it as Europe/Berlin or UTC+01:00."
            self.work.tell("lost", f"There is no time zone {text!r}.", do, at)
        return found

    def tell(self) -> None:
        """Tell what was taken for nothing."""
        for (column, sign), count in sorted(self.nothings.items()):
            what = f"{sign!r} stands in {count} rows."
            at = Where(self.sheet.name, 0, column)
            self.work.tell("note", what, "Taken for nothing.", at)


def flat(cell: Cell) -> str:
    """Give a cell as one text."""
    return cell if isinstance(cell, str) else "; ".join(cell)


def split(cell: Cell) -> tuple[str, ...]:
    """Give the parts of a cell that holds one text or many."""
    return tuple(_LISTED.split(cell)) if isinstance(cell, str) else cell


def cleaned(text: str) -> str:
    """Give a text on one line, not too long; a sign for nothing gives nothing."""
    line = _CONTROL.sub("", " ".join(text.split()))
    return "" if line.casefold() in NOTHING else line[:LONGEST].rstrip()
