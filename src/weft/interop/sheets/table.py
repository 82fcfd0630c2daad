"""A table as it came: its sheets, and what had to be done to read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from weft.core.records import Record
from weft.errors import InputError, Where

MOST_BYTES = 64 * 2**20
MOST_ROWS = 300_000
MOST_COLUMNS = 1_000
_LOOKED_AT = 30  # rows among which the head is looked for
_SHOWN = 5

Cell = str | tuple[str, ...]
"""A text, or the texts of a list; empty where there is nothing."""


class Finding(Record, frozen=True, kw_only=True):
    """Something that was not read just as it stands, and what was done about it.

    sort: `lost` is not in the firm; `joined` was put together with another; a
    `guess` may be wrong; `note` is worth knowing. row: as the file counts; 0 for all.
    """

    sort: Literal["lost", "joined", "guess", "note"]
    what: str
    done: str
    sheet: str = ""
    row: int = 0
    column: str = ""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One sheet or section: named columns, rows, the number of each in its file.

    findings: what had to be done to read it.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...]
    findings: tuple[Finding, ...] = ()

    def column(self, name: str) -> tuple[Cell, ...]:
        """Give the cells of a column."""
        place = self.columns.index(name)
        return tuple(row[place] for row in self.rows)


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A file with one sheet or several. digest: of its bytes, to know it again."""

    name: str
    digest: bytes
    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        """Find a sheet by its name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


Grid = Iterable[tuple[int, list[Cell]]]
"""Rows with their numbers, the head not yet told from the rest."""


def sheet_of(
    name: str, grid: Grid, findings: Iterable[Finding] = (), *, headed: bool = False
) -> Sheet:
    """Make a sheet of a grid: find its head, name its columns, even its rows.

    headed: the first row is known to be the head. Raises InputError for more rows
    or columns than can be taken.
    """
    found = list(findings)
    filled = list(_filled(name, grid, found))
    looked_at = 1 if headed else _LOOKED_AT
    place = _head_place([cells for _, cells in filled[:looked_at]])
    if not filled:
        return Sheet(name=name, columns=(), rows=(), numbers=(), findings=tuple(found))
    if place:
        numbers = ", ".join(str(number) for number, _ in filled[:place])
        found.append(
            Finding(
                sort="lost",
                what=f"Rows above the head: {_short(filled[0][1])}",
                done=f"Left out: {numbers}.",
                sheet=name,
                row=filled[0][0],
            )
        )
    head = filled[place][1]
    rows = filled[place + 1 :]
    kept = _columns(name, filled[place][0], head, rows, found)
    return Sheet(
        name=name,
        columns=tuple(kept.values()),
        rows=tuple(tuple(_at(cells, at) for at in kept) for _, cells in rows),
        numbers=tuple(number for number, _ in rows),
        findings=tuple(found),
    )


def _filled(
    name: str, grid: Grid, found: list[Finding]
) -> Iterator[tuple[int, list[Cell]]]:
    """Give the rows that hold something; tell of the others, and of too many."""
    empty: list[int] = []
    count = last = 0
    for number, cells in grid:
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            empty.append(number)
            continue
        count, last = count + 1, number
        if count > MOST_ROWS + 1:
            raise too_large(name, f"more than {MOST_ROWS:,} rows")
        if len(cells) > MOST_COLUMNS:
            raise too_large(name, f"more than {MOST_COLUMNS:,} columns")
        yield number, cells
    if between := [number for number in empty if number < last]:
        numbers = ", ".join(map(str, between[:_SHOWN]))
        more = " ..." if len(between) > _SHOWN else ""
        found.append(
            Finding(
                sort="note",
                what=f"{len(between)} empty rows: {numbers}{more}",
                done="Passed over.",
                sheet=name,
                row=between[0],
            )
        )


def too_large(name: str, what: str) -> InputError:
    """Say that a file is larger than can be taken, and how it can be."""
    return InputError(
        f"{name} has {what}.",
        do="Cut it into several files and import one after the other as parts.",
        where=Where(name),
    )


def _head_place(rows: list[list[Cell]]) -> int:
    """Find the head: the first row of different texts as wide as those below."""
    widths = sorted(sum(map(bool, cells)) for cells in rows)
    usual = widths[len(widths) // 2] if widths else 0
    for place, cells in enumerate(rows):
        texts = [cell for cell in cells if cell]
        wide = len(texts) * 5 >= usual * 3
        if wide and len(set(texts)) * 2 > len(texts) and not _has_number(texts):
            return place
    return 0


def _has_number(texts: list[Cell]) -> bool:
    """Tell whether there is a number or an address, which no head has."""
    return any(
        isinstance(text, tuple) or "@" in text or text.replace(".", "").isdigit()
        for text in texts
    )


def _columns(
    name: str,
    number: int,
    head: list[Cell],
    rows: list[tuple[int, list[Cell]]],
    found: list[Finding],
) -> dict[int, str]:
    """Name the columns that hold something: no name twice, none empty."""
    kept: dict[int, str] = {}
    taken: set[str] = set()
    width = max([len(head), *(len(cells) for _, cells in rows)])
    used = {at for _, cells in rows for at, cell in enumerate(cells) if cell}
    for at in range(width):
        told = " ".join(str(_at(head, at)).split())
        if not told and at not in used:
            continue
        title = told or f"column {at + 1}"
        count = 1
        while title in taken:
            count += 1
            title = f"{told or f'column {at + 1}'} ({count})"
        if title != told:
            what = f"The head has {told!r} twice." if told else "A column has no head."
            done = f"Called {title!r}."
            found.append(
                Finding(
                    sort="note",
                    what=what,
                    done=done,
                    sheet=name,
                    row=number,
                    column=title,
                )
            )
        taken.add(title)
        kept[at] = title
    return kept


def _at(cells: list[Cell], at: int) -> Cell:
    """Give a cell, or nothing where the row is shorter."""
    return cells[at] if at < len(cells) else ""


def _short(cells: list[Cell]) -> str:
    """Show the beginning of a row."""
    return "; ".join(str(cell) for cell in cells if cell)[:80]
