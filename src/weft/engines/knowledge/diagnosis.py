"""The diagnosis: what the firm looks like today, each figure with its rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from weft.core.firm import Firm
from weft.core.records import Record
from weft.core.scalars import Month
from weft.engines.knowledge.boxes import Box, it_boxes
from weft.engines.knowledge.camps import ToldFrom
from weft.engines.knowledge.chart import NOWHERE, chart
from weft.engines.knowledge.figures import (
    FEWEST,
    Cell,
    Figure,
    Link,
    counted,
    figure,
    link,
    number,
    share,
    text,
    withheld,
)
from weft.engines.knowledge.findings import (
    liaisons,
    one_camp,
    single_holders,
    single_keepers,
    spans,
    unowned,
)
from weft.engines.knowledge.indices import dilution, schism, spread
from weft.engines.knowledge.kept import kept
from weft.engines.knowledge.roster import (
    roster,
    sittings,
    summed,
    technology_amounts,
)

_TOLD: dict[ToldFrom, str] = {
    "record": "recorded of the person",
    "title": "told by a word of the title",
    "claims": "told by the skills claimed",
    "hint": "hinted at by the title",
    "unknown": "not known",
}


class Diagnosis(Record, frozen=True, kw_only=True):
    """What a firm looks like in a month: figures, and the IT boxes with reasons.

    firm: the sequence of the firm. people: all in it, partners' people too.
    """

    month: str
    firm: int
    people: int
    figures: tuple[Figure, ...]
    boxes: tuple[Box, ...]

    def figure(self, key: str) -> Figure:
        """Give one figure by its id."""
        return next(each for each in self.figures if each.id == key)


def diagnose(firm: Firm, month: Month) -> Diagnosis:
    """Tell what the firm looks like: where technology sits, and what rests on one.

    month: whose seats count. Nothing is shown that was counted over fewer than
    five people, and nobody is scored or ranked.
    """
    tables = (
        *(firm.people, firm.units, firm.disciplines, firm.skills, firm.claims),
        *(firm.missions, firm.seats, firm.assets),
    )
    found = kept(("diagnosis", month), tables, lambda: _figures(firm, month))
    return Diagnosis(
        month=month,
        firm=firm.seq,
        people=len(firm.people),
        figures=found,
        boxes=it_boxes(firm),
    )


def _figures(firm: Firm, month: Month) -> tuple[Figure, ...]:
    """Work out every figure."""
    boxes = it_boxes(firm)
    return (
        _camps_told(firm),
        _technology_part(firm),
        *_about_boxes(firm, boxes),
        _spread_over_units(firm),
        _spread_over_missions(firm, month),
        _schism(firm, month),
        liaisons(firm, boxes),
        one_camp(firm, month, "units"),
        one_camp(firm, month, "missions"),
        unowned(firm),
        single_keepers(firm),
        *spans(firm),
        single_holders(firm),
    )


def _camps_told(firm: Firm) -> Figure:
    """Tell of how many people the camp is known, and by what."""
    people = roster(firm)
    if len(people.ids) < FEWEST:
        return withheld("camps_told", "The firm has fewer than five people on record.")
    counts = Counter(side.told_from for side in people.sides)
    rows = _parts({words: counts[key] for key, words in _TOLD.items()})
    columns = (text("How"), number("People"))
    value = float(people.told.mean())
    return figure("camps_told", value, columns=columns, rows=rows)


def _technology_part(firm: Firm) -> Figure:
    """Tell how many have any technology in their role."""
    people = roster(firm)
    told = people.technology[people.told]
    if len(told) < FEWEST:
        return withheld("technology_part", _TOO_FEW)
    parts = {
        "no technology": told == 0,
        "part technology": (told > 0) & (told < 1),
        "all technology": told == 1,
    }
    rows = _parts({words: int(which.sum()) for words, which in parts.items()})
    columns = (text("Role"), number("People"))
    value = float((told > 0).mean())
    return figure("technology_part", value, columns=columns, rows=rows)


def _about_boxes(firm: Firm, boxes: tuple[Box, ...]) -> tuple[Figure, ...]:
    """Give the IT boxes, the share of technology inside them, and their dilution."""
    people, tree = roster(firm), chart(firm)
    if not tree.keys or people.told.sum() < FEWEST:
        why = _TOO_FEW if tree.keys else "There are neither units nor managers."
        keys = ("it_boxes", "inside_boxes", "dilution")
        return tuple(withheld(key, why) for key in keys)
    columns = (
        *(link("Unit"), number("People"), number("Technology people")),
        *(share("Technology in it"), share("Of the firm's technology"), text("Why")),
    )
    rows = [
        (
            Link(table=box.table, id=box.id, title=box.title),
            _shown(box.people),
            _shown(box.people, box.technology_people),
            _shown(box.people, box.purity),
            _shown(box.people, box.holds),
            "; ".join(box.signs),
        )
        for box in boxes
    ]
    told = people.told & (people.ours | (tree.home != NOWHERE))
    technology = np.where(told, np.nan_to_num(people.technology), 0.0)
    within = tree.within(technology)
    inside = float(sum(within[tree.at[box.id]] for box in boxes))
    index = dilution(inside, float(technology.sum()))
    found = figure("it_boxes", len(boxes), columns=columns, rows=rows)
    if index is None or technology.sum() < FEWEST:
        few = "The firm has fewer than five technology people on record."
        return found, withheld("inside_boxes", few), withheld("dilution", few)
    return (
        found,
        figure(
            "inside_boxes", 1 - index, columns=columns[:5], rows=[r[:5] for r in rows]
        ),
        figure("dilution", index, columns=columns[:5], rows=[r[:5] for r in rows]),
    )


def _spread_over_units(firm: Firm) -> Figure:
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
            _shown(int(here)),
            _shown(int(here), round(float(held), 1)),
        )
        for top, here, held in zip(tops, heads, amount, strict=True)
    ]
    note = f"Counted in {what}."
    return figure("spread_units", index, note=note, columns=columns, rows=rows)


def _spread_over_missions(firm: Firm, month: Month) -> Figure:
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
            _shown(int(in_it[at]), round(float(heads[at]), 1)),
            _shown(int(in_it[at]), round(float(amount[at]), 1)),
        )
        for at, (kind, key) in enumerate(sits.groups)
        if kind == "missions" and in_it[at]
    ]
    note = "Counted in full-time people: a seat counts with its share."
    return figure("spread_missions", index, note=note, columns=columns, rows=rows)


def _schism(firm: Firm, month: Month) -> Figure:
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
            _shown(int(in_it[at])),
            _shown(int(in_it[at]), round(float(technology[at]), 1)),
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


def _parts(counts: Mapping[str, int]) -> list[tuple[Cell, ...]]:
    """Give the parts that people fall into; a part of fewer than five is not shown.

    Nor is, where that is one part alone, the next smallest: the rest would tell it.
    """
    there = {words: count for words, count in counts.items() if count}
    by_size = sorted(there, key=lambda words: there[words])
    few = [words for words in by_size if there[words] < FEWEST]
    hidden = by_size[:2] if len(few) == 1 else few
    return [(words, None if words in hidden else there[words]) for words in there]


def _shown(people: int, value: float | None = None) -> Cell:
    """Give a number that was counted over people; nothing if they are under five."""
    if 0 < people < FEWEST:
        return None
    return people if value is None else value


_TOO_FEW = "Of fewer than five people the camp is known."
