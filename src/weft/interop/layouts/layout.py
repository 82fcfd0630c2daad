"""Layouts: which sheet and which column of a table hold what.

A layout is guessed, or read from a YAML file that somebody wrote for a table that
comes every month. Whatever it does not name is left as it is in the firm.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from weft.core.assets import AssetType
from weft.core.records import Record, read
from weft.core.scalars import Line, Name, Percent
from weft.errors import InputError, UnknownName, Where
from weft.interop.folder.forms import compact
from weft.interop.sheets import Sheet, Table
from weft.interop.yaml import read_yaml, write_yaml


class People(Record, frozen=True, kw_only=True):
    """Where the people stand: a sheet, and the columns of what is known of them.

    name: one column, or those of first and last name. unit: from the outermost box
    of the org chart to the innermost; without it, units are taken from the reporting
    lines. id: what tells people apart in the source. manager: an id, an e-mail
    address, a post or a name. post: the id of a row, where several are one person.
    second: says yes where the row is a further post of somebody. skills: one or
    many, as `Java; SQL - expert`; level: of the skills in the row.
    """

    sheet: Line = ""
    name: tuple[Line, ...] = ()
    unit: tuple[Line, ...] = ()
    id: Line = ""
    email: Line = ""
    title: Line = ""
    manager: Line = ""
    mission: Line = ""
    skills: Line = ""
    level: Line = ""
    partner: Line = ""
    location: Line = ""
    zone: Line = ""
    cost_centre: Line = ""
    post: Line = ""
    second: Line = ""


class Missions(Record, frozen=True, kw_only=True):
    """A sheet with a mission in each row, and its two leads where it names them."""

    sheet: Line
    id: Line = ""
    title: Line
    purpose: Line = ""
    customer: Line = ""
    business_lead: Line = ""
    technology_lead: Line = ""


class Assets(Record, frozen=True, kw_only=True):
    """A sheet with an asset in each row.

    mission, unit: who owns it. keepers: people, one or many. properties: what the
    firm's vocabulary calls a column.
    """

    sheet: Line
    type: AssetType = "service"
    id: Line = ""
    title: Line
    summary: Line = ""
    mission: Line = ""
    unit: Line = ""
    keepers: Line = ""
    supplier: Line = ""
    properties: Mapping[Name, Line] = {}


class Guess(Record, frozen=True, kw_only=True):
    """What a column was taken for, how sure that is (in percent), and why."""

    field: Line
    column: Line
    confidence: Percent
    reason: Line


class Layout(Record, frozen=True, kw_only=True):
    """What the sheets of a table hold. guesses: why, where it was guessed."""

    people: People | None = None
    missions: tuple[Missions, ...] = ()
    assets: tuple[Assets, ...] = ()
    guesses: tuple[Guess, ...] = ()


def read_layout(text: str, name: str = "") -> Layout:
    """Read a layout from YAML; what is wrong is told with its line."""
    source = read_yaml(text, name)
    return read(Layout, source.plain, source)


def write_layout(layout: Layout) -> str:
    """Write a layout as YAML, without the reasons of a guess."""
    return write_yaml(compact(replace(layout, guesses=())))


def corrected(layout: Layout, table: Table, columns: Mapping[str, str]) -> Layout:
    """Give a layout with some columns of the people put right, one by one.

    columns: the column for each field, such as unit: Department; several with commas
    between them; nothing to leave it out. `sheet` names another sheet. Raises
    UnknownName for a field, sheet or column that is not there.
    """
    people = layout.people or People()
    for field, told in columns.items():
        if field not in People.__struct_fields__:
            known = People.__struct_fields__
            raise UnknownName("field of people", field, known, Where("--column"))
        if field in {"name", "unit"}:
            names = tuple(each.strip() for each in told.split(",") if each.strip())
            people = replace(people, **{field: names})
        else:
            people = replace(people, **{field: told.strip()})
    fixed = replace(layout, people=people)
    guesses = tuple(g for g in layout.guesses if g.field not in columns)
    check_people(people, table)
    return replace(fixed, guesses=guesses)


def check_people(people: People, table: Table) -> Sheet:
    """Give the sheet of the people; every column that is named has to be there."""
    name = people.sheet or table.sheets[0].name
    sheet = table.sheet(name)
    if sheet is None and len(table.sheets) == 1:  # next month's file, by another name
        sheet = table.sheets[0]
    if sheet is None:
        known = [each.name for each in table.sheets]
        raise UnknownName("sheet", name, known, Where(table.name))
    fields = (f for f in People.__struct_fields__ if f != "sheet")
    for field in fields:
        told = getattr(people, field)
        for column in (told,) if isinstance(told, str) else told:
            if column and column not in sheet.columns:
                at = Where(table.name, 0, f"{name}.{field}")
                raise UnknownName("column", column, sheet.columns, at)
    if not people.name or not (people.unit or people.manager):
        needed = "units, nor their managers" if people.name else "names"
        raise InputError(
            f"No column of {name!r} holds the {needed} of the people.",
            do=f"Say which one does: {', '.join(sheet.columns)}.",
            where=Where(table.name),
        )
    return sheet
