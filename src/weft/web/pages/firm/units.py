"""The units: the boxes of the org chart, as a tree and one by one."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from weft.app.records import record
from weft.core.firm import Firm
from weft.core.indexes import people_by_unit
from weft.core.people import Unit
from weft.web.context import Html, Page
from weft.web.soon import soon


class Branch(msgspec.Struct, frozen=True):
    """A unit in its tree. people: those directly in it; whole: with all below."""

    unit: Unit
    people: int
    whole: int
    below: Sequence[Branch]


@get("/units", sync_to_thread=True, operation="look")
@soon
def several(page: NamedDependency[Page]) -> Html:
    """Show the units as a tree."""
    return page.show("units.html", tree=tree(page.view.firm))


@get("/units/{key:str}", sync_to_thread=True, operation="look")
@soon
def one(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show one unit."""
    firm = page.view.firm
    unit = record(page.view, "units", key)
    return page.show(
        "unit.html",
        unit=unit,
        below=sorted(
            (u for u in firm.units.values() if u.parent == key), key=lambda u: u.title
        ),
        people=people_by_unit(firm).get(key, ()),
        assets=[a for a in firm.assets.values() if a.unit == key],
        missions=[m for m in firm.missions.values() if key in m.from_units],
    )


def tree(firm: Firm) -> list[Branch]:
    """Give the units that stand under no other, each with what is below it."""
    below: dict[str | None, list[Unit]] = {}
    for unit in sorted(firm.units.values(), key=lambda u: u.title):
        parent = unit.parent if unit.parent in firm.units else None
        below.setdefault(parent, []).append(unit)
    directly = people_by_unit(firm)

    def branch(unit: Unit) -> Branch:
        branches = [branch(each) for each in below.get(unit.id, ())]
        people = len(directly.get(unit.id, ()))
        whole = people + sum(each.whole for each in branches)
        return Branch(unit, people, whole, branches)

    return [branch(unit) for unit in below.get(None, ())]


HANDLERS = [several, one]
