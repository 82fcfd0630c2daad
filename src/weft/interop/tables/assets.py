"""Sheets of what the firm runs: features, services, areas with their owners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from weft.core.assets import Asset
from weft.core.people import Partner
from weft.core.scalars import slug
from weft.core.vocabulary import Property, Value
from weft.errors import Where
from weft.interop.layouts import Assets
from weft.interop.layouts.words import YES
from weft.interop.sheets import Table
from weft.interop.tables.reporting import Who
from weft.interop.tables.sections import SectionRow, drop_absent, section_of
from weft.interop.tables.work import Work, fold


def assets(
    work: Work, table: Table, layout: Assets, who: Who, teams: Mapping[str, str]
) -> None:
    """Put an asset for each row of a sheet; what is not in it any more goes.

    teams: the missions by what cells call them. A property that the vocabulary of
    the firm does not have yet is added to it, as a text.
    """
    section = section_of(work, table, layout)
    if section is None:
        return
    known = _Known(work, layout, teams)
    known.add_properties()
    found: list[Asset] = []
    for row in section.rows("assets"):
        held = row.held or Asset(id=row.key, title=row.title)
        said: dict[str, Any] = {}
        if row.has(layout.summary):
            said["summary"] = row.text(layout.summary)
        if row.has(layout.mission):
            said["mission"] = known.mission(row)
        if row.has(layout.unit):
            said["unit"] = known.unit(row)
        if row.has(layout.keepers):
            said["keepers"] = known.keepers(row, who)
        if row.has(layout.supplier):
            said["supplier"] = known.supplier(row)
        properties = {**held.properties, **known.properties(row)}
        said["properties"] = {k: v for k, v in properties.items() if v != ""}
        found.append(
            replace(
                held,
                title=row.title,
                type=layout.type,
                source_id=row.source_id,
                **said,
            )
        )
    drop_absent(work, section, "assets", {asset.id for asset in found})
    work.put(known.partners.values())
    work.put(found)


class _Known:
    """What the cells of an asset may name: missions, units, people, partners."""

    def __init__(self, work: Work, layout: Assets, teams: Mapping[str, str]) -> None:
        self.work, self.layout = work, layout
        titles = {title: m.id for title, m in work.by_title("missions").items()}
        ids = {key: key for key in work.firm.missions}
        self.missions = {**ids, **titles, **teams}
        self.units = {title: unit.id for title, unit in work.by_title("units").items()}
        self.sold = {title: p.id for title, p in work.by_title("partners").items()}
        self.partners: dict[str, Partner] = {}

    def mission(self, row: SectionRow) -> str | None:
        """Give the mission that owns an asset."""
        text = row.text(self.layout.mission)
        found = self.missions.get(text) or self.missions.get(fold(text))
        if text and not found:
            what = f"There is no mission {text!r}."
            row.lost(self.layout.mission, what, "No owner is set.")
        return found

    def unit(self, row: SectionRow) -> str | None:
        """Give the unit that owns an asset."""
        text = row.text(self.layout.unit)
        found = self.units.get(fold(text))
        if text and not found:
            what = f"There is no unit {text!r}."
            row.lost(self.layout.unit, what, "No owner is set.")
        return found

    def keepers(self, row: SectionRow, who: Who) -> tuple[str, ...]:
        """Give the people who look after an asset."""
        found: dict[str, None] = {}
        for text in row.texts(self.layout.keepers):
            if person := who.find(text):
                found[person] = None
            else:
                team = self.missions.get(text) or self.missions.get(fold(text))
                what = f"{text!r} is {'a mission' if team else 'nobody in the table'}."
                row.lost(self.layout.keepers, what, "Not among the keepers.")
        return tuple(found)

    def supplier(self, row: SectionRow) -> str | None:
        """Give the partner who supplies an asset, made where it is new."""
        if not (text := row.text(self.layout.supplier)):
            return None
        if (key := self.sold.get(fold(text))) is None:
            key = self.sold[fold(text)] = self.work.new_name("partners", text)
            self.partners[key] = Partner(id=key, title=text)
        return key

    def add_properties(self) -> None:
        """Add to the vocabulary what the layout names and the firm does not know."""
        for name, column in self.layout.properties.items():
            if name not in self.work.firm.vocabulary:
                title = name.replace("_", " ").replace("-", " ").capitalize()
                new = Property(id=name, title=title, type="text", role="fact")
                self.work.put([new])
                what = f"The vocabulary had no property {name!r}."
                at = Where(self.layout.sheet, 0, column)
                self.work.tell("note", what, "Added, as a text.", at)

    def properties(self, row: SectionRow) -> dict[str, Value]:
        """Give the properties of an asset; an empty text for one that is not known."""
        found: dict[str, Value] = {}
        for name, column in self.layout.properties.items():
            if row.has(column):
                value = _typed(self.work.firm.vocabulary[name], row, column)
                if value is None:
                    what = f"{row.text(column)!r} is no {name}."
                    row.lost(column, what, "Left empty.")
                found[name] = "" if value is None else value
        return found


def _typed(known: Property, row: SectionRow, column: str) -> Value | None:
    """Read a cell as a property of its type; None for what does not fit."""
    text = row.text(column)
    if not text or known.type == "text":
        return text
    if known.type == "bool":
        return text.casefold() in YES
    if known.type == "int":
        return int(text) if text.lstrip("-").isdecimal() else None
    if known.type == "set":
        values = tuple(_value(known, each) for each in row.texts(column))
        return None if "" in values else values
    if known.type in {"enum", "rank"}:
        return _value(known, text) or None
    return None if known.type == "list" else text


def _value(known: Property, text: str) -> str:
    """Find one of the values of a property by its id or label; else nothing."""
    labels = {fold(label): value for value, label in known.labels.items()}
    found = labels.get(fold(text), text if text in known.values else slug(text))
    return found if found in known.values else ""
