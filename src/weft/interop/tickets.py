"""Logs of tickets: who closed how many of what, and when last; from any tracker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

import msgspec

from weft.core.records import Record
from weft.errors import InputError, Malformed, Where
from weft.interop.sheets.table import Cell, Sheet, Table

_HEADS: Mapping[str, tuple[str, ...]] = {
    "ticket": ("number", "ticket", "issue key", "key", "id"),
    "person": ("resolved_by", "resolved by", "assigned_to", "assignee", "closed_by"),
    "about": ("category", "component", "components", "service", "subcategory"),
    "closed": ("resolved_at", "resolved", "closed_at", "closed", "resolution date"),
}
"""What the columns are called in trackers that are much used, the likeliest first."""
_TELLS: Final = {
    "ticket": "which ticket a row is of",
    "person": "who closed it",
    "about": "what it is about",
    "closed": "when it was closed",
}
_MISSING = {"", "?", "-", "n/a", "null", "none", "unassigned"}
_DAY = re.compile(r"(\d{1,4})([-./])(\d{1,2})\2(\d{1,4})(?:[T ].*)?$")
_LAST_MONTH, _LAST_DAY = 12, 31


class TicketColumns(Record, frozen=True, kw_only=True):
    """Which column of a log is what: the ticket, who closed it, about what, when."""

    ticket: str
    person: str
    about: str
    closed: str


class Closed(Record, frozen=True, kw_only=True):
    """What somebody closed about one thing: so many tickets, the last one on a day."""

    person: str
    about: str
    tickets: int
    last: date


class TicketLog(msgspec.Struct, frozen=True, kw_only=True):
    """What a log says, by person and thing. open: tickets that nobody closed."""

    columns: TicketColumns
    tickets: int
    open: int
    closed: tuple[Closed, ...]


def ticket_sheet(table: Table) -> Sheet:
    """Give the sheet that is taken for the log: the longest one."""
    sheet = max(table.sheets, key=lambda each: len(each.rows), default=None)
    if sheet is None:
        raise InputError(
            "There is no row in it.",
            do="Give a table with a row for each ticket.",
            where=Where(table.name),
        )
    return sheet


def ticket_columns(sheet: Sheet, said: Mapping[str, str], name: str) -> TicketColumns:
    """Tell which column is what: as said, else by the names that trackers use.

    Raises InputError for a column that is not there, or a field that cannot be told.
    """
    if wrong := sorted(said.keys() - _HEADS.keys()):
        raise InputError(
            f"A log has no field {wrong[0]!r}.", do=f"Use one of: {', '.join(_HEADS)}."
        )
    folded = {head.casefold(): head for head in sheet.columns}
    found: dict[str, str] = {}
    for field, heads in _HEADS.items():
        if (asked := said.get(field)) is not None:
            if asked not in sheet.columns:
                raise Malformed(
                    f"There is no column {asked!r}.",
                    do=f"Use one of: {', '.join(sheet.columns[:20])}.",
                    where=Where(name),
                )
            found[field] = asked
        elif told := next((folded[h] for h in heads if h in folded), ""):
            found[field] = told
        else:
            raise InputError(
                f"No column is known to tell {_TELLS[field]}.",
                do=f"Choose its column, on the command line by --column {field}=HEAD.",
                where=Where(name),
            )
    return TicketColumns(**found)


def read_tickets(table: Table, said: Mapping[str, str]) -> TicketLog:
    """Read a log: a row for each ticket, or for each change of one.

    The last row of a ticket counts. said: columns by field, where trackers call them
    otherwise. Raises Malformed for a day that cannot be read, with its row.
    """
    sheet = ticket_sheet(table)
    columns = ticket_columns(sheet, said, table.name)
    last = {ticket: row for ticket, row in _rows(sheet, columns) if ticket}
    months_first = _months_first(last.values(), table.name)
    counts: dict[tuple[str, str], tuple[int, date]] = {}
    left = 0
    for number, person, about, closed in last.values():
        if "" in {person, about, closed}:
            left += 1
            continue
        day = _day(closed, months_first, Where(table.name, number, columns.closed))
        so_many, before = counts.get((person, about), (0, day))
        counts[person, about] = so_many + 1, max(before, day)
    return TicketLog(
        columns=columns,
        tickets=len(last),
        open=left,
        closed=tuple(
            Closed(person=person, about=about, tickets=so_many, last=day)
            for (person, about), (so_many, day) in sorted(counts.items())
        ),
    )


_Row = tuple[int, str, str, str]


def _rows(sheet: Sheet, columns: TicketColumns) -> Iterator[tuple[str, _Row]]:
    """Give each row by its ticket: its number, the person, the thing and the day."""
    cells = (
        sheet.column(each)
        for each in (columns.ticket, columns.person, columns.about, columns.closed)
    )
    for number, *row in zip(sheet.numbers, *cells, strict=True):
        ticket, person, about, closed = map(_text, row)
        yield ticket, (number, person, about, closed)


def _text(cell: Cell) -> str:
    """Give a cell as a text with single blanks; nothing where it says there is none."""
    text = " ".join((", ".join(cell) if isinstance(cell, tuple) else cell).split())
    return "" if text.casefold() in _MISSING else text


def _months_first(rows: Iterable[_Row], name: str) -> bool:
    """Tell whether days with slashes are month first; refuse what does not tell."""
    slashed = [
        (int(found[1]), int(found[3]), number)
        for number, _, _, closed in rows
        if (found := _DAY.match(closed)) and found[2] == "/" and len(found[1]) <= 2  # noqa: PLR2004
    ]
    firsts = any(first > _LAST_MONTH for first, _, _ in slashed)
    seconds = any(second > _LAST_MONTH for _, second, _ in slashed)
    if slashed and firsts == seconds:
        raise Malformed(
            "Nothing tells whether the days are day/month or month/day.",
            do="Write them as year-month-day.",
            where=Where(name, slashed[0][2]),
        )
    return seconds


def _day(text: str, months_first: bool, where: Where) -> date:  # noqa: FBT001
    """Read a day: 2016-03-24, 24-03-2016, 24.3.2016, or with slashes."""
    found = _DAY.match(text)
    try:
        one, two, three = (int(found[at]) if found else 0 for at in (1, 3, 4))
        if one > _LAST_DAY:
            return date(one, two, three)
        if found and found[2] == "/" and months_first:
            return date(three, one, two)
        return date(three, two, one)
    except ValueError as error:
        raise Malformed(
            f"{text!r} is no day.", do="Write it as 2026-11-21.", where=where
        ) from error
