"""Findings about whether the org chart matches who works with whom."""

from __future__ import annotations

import numpy as np

from weft.core.firm import Firm
from weft.core.scalars import Month
from weft.engines.knowledge.chart import NOWHERE, Chart, chart
from weft.engines.knowledge.figures import (
    FEWEST,
    Cell,
    Figure,
    Link,
    figure,
    link,
    number,
    shown,
    withheld,
)
from weft.engines.knowledge.roster import Bools, Ints, roster
from weft.engines.knowledge.sittings import sittings
from weft.engines.knowledge.weights import Weights, weights


def crossing(firm: Firm, month: Month) -> tuple[Figure, Figure]:
    """Tell how far ties leave the highest units, and whether those match the work."""
    tree = chart(firm)
    tops = tree.tops() if tree.kind == "units" else ()
    place = placed(tree, tops)
    inside = place != NOWHERE
    found = weighed(firm, month, place, len(tops), inside)
    outer, fits = found.external_internal(), found.modularity()
    if outer is None or fits is None or len(tops) < 2 or inside.sum() < FEWEST:  # noqa: PLR2004
        why = "There are not two units whose people sit with others."
        return withheld("external_internal", why), withheld("modularity", why)
    heads = np.bincount(place[inside], minlength=len(tops))
    columns = (
        link("Unit"),
        number("People"),
        number("Ties inside", "ties"),
        number("Ties outside", "ties"),
        number("E-I", ""),
    )
    rows: list[tuple[Cell, ...]] = []
    for at, top in enumerate(tops):
        few, own = int(heads[at]), found.of_box(at)
        numbers = (found.inside[at], found.outside[at])
        rows.append(
            (
                Link(table="units", id=tree.keys[top], title=tree.titles[top]),
                shown(few),
                *(shown(few, round(float(each), 1)) for each in numbers),
                None if own is None else shown(few, round(own, 2)),
            )
        )
    return (
        figure("external_internal", outer, columns=columns, rows=rows),
        figure("modularity", fits, columns=columns[:4], rows=[r[:4] for r in rows]),
    )


def placed(tree: Chart, boxes: tuple[int, ...]) -> Ints:
    """Tell for each person in which of some boxes they are, or below; else NOWHERE."""
    place = np.full(len(tree.home), NOWHERE)
    for at, box in enumerate(boxes):
        place[(tree.home >= box) & (tree.home < tree.below[box])] = at
    return place


def weighed(
    firm: Firm, month: Month, place: Ints, boxes: int, counted: Bools
) -> Weights:
    """Weigh the ties of a month between people who count, by the box of each."""
    sits = sittings(firm, month)
    row = counted[sits.person]
    return weights(
        sits.group[row],
        place[sits.person[row]],
        sits.share[row],
        len(sits.groups),
        boxes,
    )


def business_missions(firm: Firm, month: Month) -> Figure:
    """Tell which share of the technology people sits in stream-aligned missions."""
    people, sits = roster(firm), sittings(firm, month)
    technology = np.nan_to_num(people.technology)
    whole = float(technology.sum())
    if whole < FEWEST:
        few = "The firm has fewer than five technology people on record."
        return withheld("business_missions", few)
    seat = sits.share * technology[sits.person]
    amount = np.bincount(sits.group, weights=seat, minlength=len(sits.groups))
    heads = np.bincount(sits.group, minlength=len(sits.groups))
    ours = [
        (at, firm.missions[key])
        for at, (kind, key) in enumerate(sits.groups)
        if kind == "missions" and firm.missions[key].type == "stream-aligned"
    ]
    rows = [
        (
            Link(table="missions", id=mission.id, title=mission.title),
            shown(int(heads[at])),
            shown(int(heads[at]), round(float(amount[at]), 1)),
        )
        for at, mission in ours
    ]
    columns = (link("Mission"), number("People"), number("Technology people"))
    value = sum(float(amount[at]) for at, _ in ours) / whole
    note = f"Of {whole:.1f} full-time technology people."
    return figure("business_missions", value, note=note, columns=columns, rows=rows)


def without_technology(firm: Firm, month: Month) -> Figure:
    """Find the units that have nobody of technology, nor sit with any."""
    people, tree = roster(firm), chart(firm)
    if tree.kind != "units" or not tree.keys:
        return withheld("units_without", "The firm has no units on record.")
    if int(people.told.sum()) < FEWEST:
        few = "Of fewer than five people the camp is known."
        return withheld("units_without", few)
    part = np.nan_to_num(people.technology)
    sits = sittings(firm, month)
    in_missions = np.array([kind == "missions" for kind, _ in sits.groups], np.bool_)
    has = np.bincount(sits.group, weights=part[sits.person], minlength=len(sits.groups))
    meets = np.zeros(len(people.ids))
    row = in_missions[sits.group] & (has[sits.group] > 0)
    meets[sits.person[row]] = 1
    heads = tree.within(np.ones(len(people.ids)))
    reached = tree.within(np.maximum(part, meets))
    rows: list[tuple[Cell, ...]] = []
    end = 0
    for box in range(len(tree.keys)):  # a walk down: the highest, and none below it
        if box >= end and heads[box] >= FEWEST and reached[box] == 0:
            unit = Link(table="units", id=tree.keys[box], title=tree.titles[box])
            rows.append((unit, shown(int(heads[box]))))
            end = int(tree.below[box])
    columns = (link("Unit"), number("People"))
    return figure("units_without", len(rows), columns=columns, rows=rows)
