"""Findings about how far the camps are woven into each other, unit by unit."""

from __future__ import annotations

import numpy as np

from weft.core.firm import Firm
from weft.core.scalars import Month
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
    shown,
    text,
    withheld,
)
from weft.engines.knowledge.indices import schism, spread
from weft.engines.knowledge.roster import roster, summed, technology_amounts
from weft.engines.knowledge.sittings import sittings


def spread_over_units(firm: Firm) -> Figure:
    """Tell how evenly technology knowledge lies over the highest units."""
    tree = chart(firm)
    if tree.kind != "units" or not tree.keys:
        return withheld("spread_units", "The firm has no units on record.")
    amounts, what = technology_amounts(firm)
    tops = list(tree.tops())
    heads = tree.within(np.ones(len(roster(firm).ids)))[tops]
    amount = tree.within(amounts)[tops]
    index = spread(amount, heads)
    if index is None or heads.sum() < FEWEST:
        why = "There are not two units, or no technology knowledge, to spread."
        return withheld("spread_units", why)
    columns = (link("Unit"), number("People"), number("Technology", what))
    rows = [
        (
            Link(table="units", id=tree.keys[top], title=tree.titles[top]),
            shown(int(here)),
            shown(int(here), round(float(held), 1)),
        )
        for top, here, held in zip(tops, heads, amount, strict=True)
    ]
    note = f"Counted in {what}."
    return figure("spread_units", index, note=note, columns=columns, rows=rows)


def spread_over_missions(firm: Firm, month: Month) -> Figure:
    """Tell how evenly technology people sit in the missions of a month."""
    people, sits = roster(firm), sittings(firm, month)
    mission = np.array([kind == "missions" for kind, _ in sits.groups], np.bool_)
    row = mission[sits.group] & people.told[sits.person]
    group, seat = sits.group[row], sits.share[row]
    part = seat * people.technology[sits.person[row]]
    size = len(sits.groups)
    heads, amount = summed(group, seat, size), summed(group, part, size)
    index = spread(amount, heads)
    if index is None or len(set(sits.person[row])) < FEWEST:
        why = "There are not two missions with people of both camps in this month."
        return withheld("spread_missions", why)
    in_it = np.bincount(group, minlength=size)
    columns = (
        link("Mission"),
        number("Full-time people"),
        number("Technology people"),
    )
    rows = [
        (
            Link(table="missions", id=key, title=firm.missions[key].title),
            shown(int(in_it[at]), round(float(heads[at]), 1)),
            shown(int(in_it[at]), round(float(amount[at]), 1)),
        )
        for at, (kind, key) in enumerate(sits.groups)
        if kind == "missions" and in_it[at]
    ]
    note = "Counted in full-time people: a seat counts with its share."
    return figure("spread_missions", index, note=note, columns=columns, rows=rows)


def schism_of_camps(firm: Firm, month: Month) -> Figure:
    """Tell how far business and technology people keep apart."""
    people, sits = roster(firm), sittings(firm, month)
    row = people.told[sits.person]
    group, part = sits.group[row], people.technology[sits.person[row]]
    size = len(sits.groups)
    index = schism(group, sits.share[row], part, size)
    if index is None or len(set(sits.person[row])) < FEWEST:
        why = "There are not five people of both camps who sit with others."
        return withheld("schism", why)
    in_it = np.bincount(group, minlength=size)
    technology = np.bincount(group, weights=part, minlength=size)
    columns = (link("Where they sit"), number("People"), number("Technology people"))
    rows = [
        (
            _group(firm, kind, key),
            shown(int(in_it[at])),
            shown(int(in_it[at]), round(float(technology[at]), 1)),
        )
        for at, (kind, key) in enumerate(sits.groups)
        if in_it[at]
    ]
    together = counted(len(rows), "group")
    note = f"From {together} of people who sit together."
    return figure("schism", index, note=note, columns=columns, rows=rows)


def _group(firm: Firm, kind: str, key: str) -> Link:
    """Point at a mission, a unit, or the manager of a team."""
    record = firm.table(kind).get(key)
    return Link(table=kind, id=key, title=record.title if record else key)


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
