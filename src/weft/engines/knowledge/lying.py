"""How technology knowledge lies in a firm or a unit: one row of numbers a month."""

from __future__ import annotations

import numpy as np

from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.records import Record
from weft.core.scalars import Month
from weft.engines.knowledge.chart import NOWHERE, Chart, chart
from weft.engines.knowledge.figures import FEWEST
from weft.engines.knowledge.findings.crossing import placed, weighed
from weft.engines.knowledge.indices import schism, spread
from weft.engines.knowledge.roster import Bools, roster, technology_amounts
from weft.engines.knowledge.sittings import sittings


class Part(Record, frozen=True, kw_only=True):
    """What lies in one unit: people, and the knowledge counted as in the whole.

    Nothing where the unit has fewer than five people.
    """

    unit: str
    title: str
    people: int | None
    amount: float | None


class Lying(Record, frozen=True, kw_only=True):
    """How technology knowledge lies in a month: indices, and the units behind them.

    people: in the firm, or in the unit and below. counted: what `amount` is in, claims
    or people. spread: over the units that divide it. schism: of business and
    technology. external_internal: over the units that divide the firm, or of this
    unit against the rest. modularity: whether the units match who works with whom.
    Each is None where there is nothing to measure or fewer than five people.
    """

    month: str
    people: int | None
    counted: str = ""
    spread: float | None = None
    schism: float | None = None
    external_internal: float | None = None
    modularity: float | None = None
    units: tuple[Part, ...] = ()


def lying(firm: Firm, month: Month, unit: str = "") -> Lying:
    """Tell how technology knowledge lies in a firm in a month; or in one unit.

    unit: its id; one that was not there yet has nothing to show.
    """
    tables = (
        *(firm.people, firm.units, firm.disciplines, firm.skills, firm.claims),
        *(firm.missions, firm.seats),
    )
    return kept(("lying", month, unit), tables, lambda: _lying(firm, month, unit))


def _lying(firm: Firm, month: Month, unit: str) -> Lying:
    tree = chart(firm)
    if unit and (tree.kind != "units" or unit not in tree.at):
        return Lying(month=month, people=None)
    top = tree.at[unit] if unit else NOWHERE
    inside = _inside(tree, top)
    if inside.sum() < FEWEST:
        return Lying(month=month, people=None)
    boxes = _boxes(tree, top)
    amounts, counted = technology_amounts(firm)
    heads = tree.within(np.ones(len(tree.home)))[list(boxes)]
    amount = tree.within(amounts)[list(boxes)]
    return Lying(
        month=month,
        people=int(inside.sum()),
        counted=counted,
        spread=_rounded(spread(amount, heads)),
        schism=_rounded(_schism(firm, month, inside)),
        external_internal=_rounded(_outer(firm, month, tree, top)),
        modularity=_rounded(_fits(firm, month, tree, boxes, inside)),
        units=tuple(
            _part(tree, box, float(here), float(held))
            for box, here, held in zip(boxes, heads, amount, strict=True)
        ),
    )


def _inside(tree: Chart, top: int) -> Bools:
    """Tell who is in a box or below it; everybody, of none."""
    if top == NOWHERE:
        return np.ones(len(tree.home), np.bool_)
    inside: Bools = (tree.home >= top) & (tree.home < tree.below[top])
    return inside


def _boxes(tree: Chart, top: int) -> tuple[int, ...]:
    """Give the units that divide the firm, or those directly below one."""
    if tree.kind != "units":
        return ()
    return tree.tops() if top == NOWHERE else tree.children(top)


def _schism(firm: Firm, month: Month, inside: Bools) -> float | None:
    """Measure the schism among those inside."""
    people, sits = roster(firm), sittings(firm, month)
    row = (people.told & inside)[sits.person]
    return schism(
        sits.group[row],
        sits.share[row],
        people.technology[sits.person[row]],
        len(sits.groups),
    )


def _outer(firm: Firm, month: Month, tree: Chart, top: int) -> float | None:
    """Measure how far ties leave the units; or this one, against all of the rest."""
    boxes = _boxes(tree, NOWHERE) if top == NOWHERE else (top,)
    place = placed(tree, boxes)
    if top == NOWHERE:
        found = weighed(firm, month, place, len(boxes), place != NOWHERE)
        return found.external_internal()
    place[place == NOWHERE] = 1  # the rest of the firm is the other box
    return weighed(firm, month, place, 2, np.ones(len(place), np.bool_)).of_box(0)


def _fits(
    firm: Firm, month: Month, tree: Chart, boxes: tuple[int, ...], inside: Bools
) -> float | None:
    """Measure whether the units that divide it match who works with whom inside."""
    if len(boxes) < 2:  # noqa: PLR2004 # one unit divides nothing
        return None
    place = placed(tree, boxes)
    return weighed(
        firm, month, place, len(boxes), inside & (place != NOWHERE)
    ).modularity()


def _part(tree: Chart, box: int, heads: float, amount: float) -> Part:
    """Tell what lies in a unit, where it has five people."""
    enough = heads >= FEWEST
    return Part(
        unit=tree.keys[box],
        title=tree.titles[box],
        people=int(heads) if enough else None,
        amount=round(amount, 1) if enough else None,
    )


def _rounded(value: float | None) -> float | None:
    """Write an index to four decimals."""
    return None if value is None else round(value, 4)
