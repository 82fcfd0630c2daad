"""Findings of the diagnosis: liaison roles, one-sided groups, what rests on one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.scalars import Month
from weft.engines.knowledge.boxes import Box
from weft.engines.knowledge.camps import camps
from weft.engines.knowledge.chart import chart
from weft.engines.knowledge.figures import (
    FEWEST,
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
from weft.engines.knowledge.roster import (
    NOBODY,
    WORKS_ALONE,
    knowledge,
    roster,
    sittings,
)
from weft.engines.knowledge.titles import phrases, plain, words_of
from weft.engines.knowledge.words import liaison

_ROLES = tuple(sorted(phrases(liaison.ROLES), key=len, reverse=True))
_OTHERS = {phrase[0] for phrase in phrases(liaison.OTHERS) if len(phrase) == 1}
_TECHNOLOGY = {"it", "ict", "technology", "tech", "digital", "data", "software"}
_SPANS = (1, 4, 7, 10, 15, 25, 50)


def liaisons(firm: Firm, boxes: tuple[Box, ...]) -> Figure:
    """Find those whose title and place stand between technology and the rest."""
    rows: list[tuple[Cell, ...]] = []
    for key in sorted(firm.people):
        if role := liaison_role(firm.people[key].title):
            why = _why_technology(firm, boxes, key)
            if why:
                person = Link(table="people", id=key)
                rows.append((person, firm.people[key].title, role, why))
    columns = (link("Person"), text("Title"), text("Word"), text("Why"))
    return figure("liaisons", len(rows), columns=columns, rows=rows)


@lru_cache(maxsize=1 << 14)
def liaison_role(title: str) -> str:
    """Give the words of a title that make it a liaison role; empty if none do."""
    words = words_of(plain(title))
    if _OTHERS & set(words):
        return ""
    for role in _ROLES:
        for at in range(len(words) - len(role) + 1):
            if words[at : at + len(role)] == role:
                return " ".join(role)
    return ""


def _why_technology(firm: Firm, boxes: tuple[Box, ...], key: str) -> str:
    """Say what ties somebody with a liaison title to technology; empty if nothing."""
    person, tree, people = firm.people[key], chart(firm), roster(firm)
    if word := _TECHNOLOGY & set(words_of(plain(person.title))):
        return f'the title says "{min(word)}"'
    home = tree.home[people.at[key]]
    for box in boxes:
        at = tree.at[box.id]
        if at <= home < tree.below[at]:
            return f"sits in {box.title}"
    manager = camps(firm).get(person.manager or "")
    if manager and manager.camp == "technology":
        return "reports to somebody in technology"
    return ""


def one_camp(firm: Firm, month: Month, kind: str) -> Figure:
    """Find units, or missions of the month, whose people are all of one camp."""
    key = f"one_camp_{kind}"
    groups = _one_camp_rows(firm, month, kind)
    if groups is None:
        return withheld(key, f"No {kind[:-1]} has five people whose camp is known.")
    columns = (link(kind[:-1].capitalize()), text("Camp"), number("People"))
    return figure(key, len(groups), columns=columns, rows=groups)


def _one_camp_rows(
    firm: Firm, month: Month, kind: str
) -> list[tuple[Cell, ...]] | None:
    """Give a row for each group of one camp; None where no group is large enough."""
    people = roster(firm)
    if kind == "units":
        tree = chart(firm)
        keys, group, person = tree.keys, tree.home, np.arange(len(people.ids))
        if tree.kind != "units":
            return None
    else:
        sits = sittings(firm, month)
        keys = tuple(key for _, key in sits.groups)
        mission = np.array([k == "missions" for k, _ in sits.groups], np.bool_)
        of_mission = mission[sits.group]
        group, person = sits.group[of_mission], sits.person[of_mission]
    counts = people.told[person] & (group >= 0)
    group, part = group[counts], people.technology[person][counts]
    size = np.bincount(group, minlength=len(keys))
    whole = np.bincount(group, weights=part, minlength=len(keys))
    if not (size >= FEWEST).any():
        return None
    table = firm.table(kind)
    pure = (size >= FEWEST) & ((whole == 0) | (whole == size))
    return [
        (
            Link(table=kind, id=keys[at], title=table[keys[at]].title),
            "technology" if whole[at] else "business",
            int(size[at]),
        )
        for at in np.flatnonzero(pure)
    ]


def unowned(firm: Firm) -> Figure:
    """Find the assets that nobody owns."""
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


def spans(firm: Firm) -> tuple[Figure, Figure]:
    """Tell how many people report to one manager: the median and the widest."""
    manager = roster(firm).manager
    widths = np.bincount(manager[manager != NOBODY])
    widths = widths[widths > 0]
    if len(widths) < FEWEST:
        why = "Fewer than five managers are on record."
        return withheld("span", why), withheld("widest_span", why)
    rows = _span_rows([int(width) for width in widths])
    columns = (text("People who report"), number("Managers"))
    return (
        figure("span", float(np.median(widths)), columns=columns, rows=rows),
        figure("widest_span", int(widths.max()), columns=columns, rows=rows),
    )


def _span_rows(widths: list[int]) -> list[tuple[Cell, ...]]:
    """Count managers by span; a row of fewer than five joins the one before it."""
    bounds = [*_SPANS, max(widths) + 1]
    rows: list[tuple[int, int, int]] = []
    for low, high in zip(_SPANS, bounds[1:], strict=True):
        managers = sum(low <= width < high for width in widths)
        last = min(high - 1, max(widths))
        if rows and (managers < FEWEST or rows[-1][2] < FEWEST):
            low, managers = rows[-1][0], rows[-1][2] + managers  # noqa: PLW2901
            rows.pop()
        rows.append((low, max(last, low), managers))
    told = [(f"{a} to {b}" if b > a else str(a), managers) for a, b, managers in rows]
    return [*told]


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
