"""A table understood against the firm as it is: what changes, and what was found."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec.structs import replace

from weft.core.entries import Change
from weft.core.firm import Firm, difference
from weft.core.people import Profile
from weft.core.records import Record
from weft.errors import Where
from weft.interop.layouts import Assets, Layout, Missions
from weft.interop.layouts.guessing import private_columns
from weft.interop.layouts.layout import check_people
from weft.interop.sheets import Finding, Sheet, Table
from weft.interop.tables.assets import assets
from weft.interop.tables.folding import Member, fold_rows
from weft.interop.tables.identity import know_again
from weft.interop.tables.missions import missions, seats
from weft.interop.tables.reporting import Who
from weft.interop.tables.rows import Unread, people_rows
from weft.interop.tables.sections import columns_of
from weft.interop.tables.skills import claims
from weft.interop.tables.staff import empty_units, leavers, profiles_of, staff
from weft.interop.tables.work import Work


class Understood(Record, frozen=True, kw_only=True):
    """What a table changes in the firm, and everything that was found on the way.

    profiles: names and addresses, new or changed. unread: the rows that could not be
    read, as CSV with the reason of each; empty where all were.
    """

    changes: tuple[Change, ...]
    profiles: tuple[Profile, ...] = ()
    findings: tuple[Finding, ...] = ()
    unread: str = ""


def understand(
    table: Table,
    layout: Layout,
    firm: Firm,
    profiles: Mapping[str, Profile],
    *,
    on: date,
    partial: bool = False,
    taken: Iterable[str] = (),
) -> Understood:
    """Understand a table as the state of the firm on a day.

    People are known again, so that a later table gives joiners, leavers and movers;
    who is in the firm and not in the table has left, unless the table is `partial`.
    taken: ids that must not be given again, of people who left before. Raises
    InputError where the layout does not fit the table.
    """
    work = Work(firm, on, partial=partial)
    unread: list[Unread] = []
    found: tuple[Profile, ...] = ()
    members: list[Member] = []
    if layout.people:
        sheet = check_people(layout.people, table)
        people = replace(layout.people, sheet=sheet.name)
        layout = replace(layout, people=people)
        rows, unread = people_rows(work, sheet, people)
        members = fold_rows(work, people, rows)
        know_again(work, people, members, profiles, taken)
    who = Who(work, members, profiles)
    if layout.people:
        found = _people(work, layout, members, who, profiles)
    teams: dict[str, str] = {}
    for each in layout.missions:
        teams.update(missions(work, table, each, who))
    for each_kind in layout.assets:
        assets(work, table, each_kind, who, teams)
    _tell_unnamed(work, table, layout)
    read = (*table.findings, *(f for s in table.sheets for f in s.findings))
    return Understood(
        changes=difference(firm, work.firm),
        profiles=found,
        findings=(*read, *work.findings),
        unread=_written(table, unread),
    )


def _people(
    work: Work,
    layout: Layout,
    members: list[Member],
    who: Who,
    profiles: Mapping[str, Profile],
) -> tuple[Profile, ...]:
    """Bring the people in, with all that their rows say; give their profiles."""
    people = layout.people
    if people is None:
        return ()
    before = {p.unit for p in work.firm.people.values() if p.unit}
    staff(work, people, members, who)
    leavers(work, people, members)
    if people.skills:
        claims(work, people, members)
    if people.mission:
        seats(work, people, members)
    empty_units(work, people, before)
    return profiles_of(people, members, profiles)


def _tell_unnamed(work: Work, table: Table, layout: Layout) -> None:
    """Tell of the sheets and columns that nothing was taken from."""
    named: dict[str, set[str]] = {}
    if layout.people:
        sheet = check_people(layout.people, table)
        used = named.setdefault(sheet.name, set())
        for field in layout.people.__struct_fields__[1:]:
            told = getattr(layout.people, field)
            used.update((told,) if isinstance(told, str) else told)
    sections: tuple[Missions | Assets, ...] = (*layout.missions, *layout.assets)
    for each in sections:
        named.setdefault(each.sheet, set()).update(columns_of(each))
    for sheet in table.sheets:
        if sheet.name not in named:
            what = f"The sheet {sheet.name!r} has {len(sheet.rows)} rows."
            done = "Left out: the layout does not name it."
            work.tell("lost", what, done, Where(sheet.name))
            continue
        for column in sheet.columns:
            if column not in named[sheet.name]:
                _tell_column(work, sheet, column)


def _tell_column(work: Work, sheet: Sheet, column: str) -> None:
    """Tell of a column that nothing was taken from."""
    at = Where(sheet.name, 0, column)
    if column in private_columns(sheet):
        done = "Never taken: Weft keeps no such thing about people."
        work.tell("note", f"The column {column!r} is private.", done, at)
    else:
        done = "Left out: the layout does not name it."
        work.tell("lost", f"The column {column!r} is not used.", done, at)


def _written(table: Table, unread: list[Unread]) -> str:
    """Write the rows that could not be read as CSV that a spreadsheet may open.

    A cell that would be a formula there gets an apostrophe before it.
    """
    if not unread:
        return ""
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\n").writerow
    sheet = table.sheet(unread[0].sheet)
    write(["sheet", "row", "reason", *map(_safe, sheet.columns if sheet else ())])
    for row in unread:
        write([_safe(row.sheet), row.number, row.reason, *map(_safe, row.cells)])
    return text.getvalue()


def _safe(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
