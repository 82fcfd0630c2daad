"""Findings about what rests on nobody, or on one person alone."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.kept import kept
from weft.engines.knowledge.figures import (
    Cell,
    Figure,
    Link,
    counted,
    figure,
    link,
    number,
    text,
    withheld,
)
from weft.engines.knowledge.roster import NOBODY, WORKS_ALONE, knowledge, roster


def unowned(firm: Firm) -> Figure:
    """Find the assets that nobody owns."""
    tables = (firm.assets, firm.missions, firm.units)
    return kept("unowned", tables, lambda: _unowned(firm))


def _unowned(firm: Firm) -> Figure:
    if not firm.assets:
        return withheld("assets_without_owner", "The firm has no assets on record.")
    found = [
        asset
        for asset in _assets(firm)
        if asset.mission not in firm.missions and asset.unit not in firm.units
    ]
    columns = (link("Asset"), text("Type"), number("Keepers"))
    rows = [(_asset(a), a.type, len(a.keepers)) for a in found]
    return figure("assets_without_owner", len(rows), columns=columns, rows=rows)


def single_keepers(firm: Firm) -> Figure:
    """Find the assets that one person alone can look after."""
    return kept("single keepers", (firm.assets,), lambda: _single_keepers(firm))


def _single_keepers(firm: Firm) -> Figure:
    if not any(asset.keepers for asset in firm.assets.values()):
        return withheld("assets_one_keeper", "No keeper of any asset is on record.")
    found = [asset for asset in _assets(firm) if len(set(asset.keepers)) == 1]
    none = sum(not asset.keepers for asset in firm.assets.values())
    rows = [(_asset(a), a.type, Link(table="people", id=a.keepers[0])) for a in found]
    return figure(
        "assets_one_keeper",
        len(rows),
        note=f"{counted(none, 'asset')} more without any keeper on record.",
        columns=(link("Asset"), text("Type"), link("Keeper")),
        rows=rows,
    )


def _assets(firm: Firm) -> Iterable[Asset]:
    """Give the assets in the order of their ids."""
    return (firm.assets[key] for key in sorted(firm.assets))


def _asset(asset: Asset) -> Link:
    """Point at an asset."""
    return Link(table="assets", id=asset.id, title=asset.title)


def single_holders(firm: Firm) -> Figure:
    """Find the skills that one person alone knows well enough to work alone."""
    known = knowledge(firm)
    if not len(known.person):
        return withheld("skills_on_one", "No claims are on record.")
    alone = known.level >= WORKS_ALONE
    size = len(known.skills)
    holders = np.bincount(known.skill[alone], minlength=size)
    learning = np.bincount(known.skill[~alone], minlength=size)
    holder = np.full(size, NOBODY)
    holder[known.skill[alone]] = known.person[alone]
    ids = roster(firm).ids
    rows: list[tuple[Cell, ...]] = []
    for at in np.flatnonzero(holders == 1):
        skill = firm.skills[known.skills[at]]
        who = Link(table="people", id=ids[holder[at]])
        here = Link(table="skills", id=skill.id, title=skill.title)
        rows.append((here, skill.discipline, who, int(learning[at])))
    nobody = int((holders == 0).sum())
    return figure(
        "skills_on_one",
        len(rows),
        note=f"{counted(nobody, 'skill')} more with nobody at level 3 or higher.",
        columns=(link("Skill"), text("Discipline"), link("Person"), number("Learning")),
        rows=rows,
    )
