"""Findings about camps and IT boxes: who works in technology, and apart from whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from weft.core.firm import Firm
from weft.engines.knowledge.boxes import Box
from weft.engines.knowledge.camps import ToldFrom
from weft.engines.knowledge.chart import NOWHERE, chart
from weft.engines.knowledge.figures import (
    FEWEST,
    Cell,
    Figure,
    Link,
    figure,
    link,
    number,
    share,
    shown,
    text,
    withheld,
)
from weft.engines.knowledge.indices import dilution
from weft.engines.knowledge.roster import roster

_TOLD: dict[ToldFrom, str] = {
    "record": "recorded of the person",
    "title": "told by a word of the title",
    "claims": "told by the skills claimed",
    "hint": "hinted at by the title",
    "unknown": "not known",
}
_TOO_FEW = "Of fewer than five people the camp is known."


def camps_told(firm: Firm) -> Figure:
    """Tell of how many people the camp is known, and by what."""
    people = roster(firm)
    if len(people.ids) < FEWEST:
        return withheld("camps_told", "The firm has fewer than five people on record.")
    counts = Counter(side.told_from for side in people.sides)
    rows = _parts({words: counts[key] for key, words in _TOLD.items()})
    columns = (text("How"), number("People"))
    value = float(people.told.mean())
    return figure("camps_told", value, columns=columns, rows=rows)


def technology_part(firm: Firm) -> Figure:
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


def _parts(counts: Mapping[str, int]) -> list[tuple[Cell, ...]]:
    """Give the parts that people fall into; a part of fewer than five is not shown.

    Nor is, where that is one part alone, the next smallest: the rest would tell it.
    """
    there = {words: count for words, count in counts.items() if count}
    by_size = sorted(there, key=lambda words: there[words])
    few = [words for words in by_size if there[words] < FEWEST]
    hidden = by_size[:2] if len(few) == 1 else few
    return [(words, None if words in hidden else there[words]) for words in there]


def about_boxes(firm: Firm, boxes: tuple[Box, ...]) -> tuple[Figure, ...]:
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
            shown(box.people),
            shown(box.people, box.technology_people),
            shown(box.people, box.purity),
            shown(box.people, box.holds),
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
