"""The org chart as a tree of boxes: units, or where there are none, managers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
import numpy as np
from msgspec.structs import replace

from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.lineage import Changes, same_keys
from weft.engines.knowledge.roster import (
    NOBODY,
    Floats,
    Ints,
    roster,
    summed,
)

NOWHERE = -1


class Chart(msgspec.Struct, frozen=True):
    """The boxes of a firm, each before all that is below it.

    kind: `units`, or `people` where a manager stands for each box. below: for
    each box, one past the last box below it, so that box b and all below it are
    the boxes b to below[b]. parent: NOWHERE at the top. home: for each person of
    the roster, the box, or NOWHERE.
    """

    kind: str
    keys: tuple[str, ...]
    titles: tuple[str, ...]
    heads: tuple[str | None, ...]
    parent: Ints
    below: Ints
    home: Ints

    @property
    def at(self) -> Mapping[str, int]:
        """The place of each box by its key."""
        return {key: place for place, key in enumerate(self.keys)}

    def directly(self, values: Floats) -> Floats:
        """Sum a value of each person over the people directly in each box."""
        placed = self.home != NOWHERE
        return summed(self.home[placed], values[placed], len(self.keys))

    def within(self, values: Floats) -> Floats:
        """Sum a value of each person over each box and all below it."""
        sums = np.concatenate(([0.0], np.cumsum(self.directly(values))))
        return sums[self.below] - sums[:-1]

    def children(self, box: int) -> tuple[int, ...]:
        """Give the boxes directly below one, or the tops for NOWHERE."""
        return tuple(int(each) for each in np.flatnonzero(self.parent == box))

    def tops(self) -> tuple[int, ...]:
        """Give the highest boxes that divide the firm: more than one if it can."""
        boxes = self.children(NOWHERE)
        while len(boxes) == 1 and self.children(boxes[0]):
            boxes = self.children(boxes[0])
        return boxes


def chart(firm: Firm) -> Chart:
    """Give the org chart of a firm.

    A unit whose parent is absent stands at the top; a circle of parents is cut
    at its first key. Where the firm has no units, everybody with reports is the
    head of a box in which those who report to them sit.
    """
    tables = (firm.people, firm.units)

    def amend(before: Chart, people: Changes, units: Changes) -> Chart | None:
        if before.kind != "units" or not same_keys(people) or not _alike(units):
            return None
        at, home, places = before.at, before.home.copy(), roster(firm).at
        for key, (_, person) in people.items():
            home[places[key]] = at.get(person.unit or "", NOWHERE)
        titles, heads = list(before.titles), list(before.heads)
        for key, (_, unit) in units.items():
            titles[at[key]], heads[at[key]] = unit.title, unit.head
        return replace(before, home=home, titles=tuple(titles), heads=tuple(heads))

    def work_out() -> Chart:
        return _units(firm) if firm.units else _teams(firm)

    return kept("chart", tables, work_out, amend)


def _alike(units: Changes) -> bool:
    """Tell whether every unit stands where it stood."""
    return same_keys(units) and all(
        old.parent == new.parent for old, new in units.values()
    )


def _units(firm: Firm) -> Chart:
    order, parent, below = _in_order({k: u.parent for k, u in firm.units.items()})
    at = {key: place for place, key in enumerate(order)}
    homes = (firm.people[key].unit for key in roster(firm).ids)
    return Chart(
        kind="units",
        keys=tuple(order),
        titles=tuple(firm.units[key].title for key in order),
        heads=tuple(firm.units[key].head for key in order),
        parent=parent,
        below=below,
        home=np.array([at.get(unit or "", NOWHERE) for unit in homes], np.int64),
    )


def _teams(firm: Firm) -> Chart:
    managers = {p.manager for p in firm.people.values()} & set(firm.people)
    above = {key: firm.people[key].manager for key in managers if key is not None}
    order, parent, below = _in_order(above)
    at = {key: place for place, key in enumerate(order)}
    homes = [
        at.get(key, at.get(firm.people[key].manager or "", NOWHERE))
        for key in sorted(firm.people)
    ]
    return Chart(
        kind="people",
        keys=tuple(order),
        titles=tuple(firm.people[key].title for key in order),
        heads=tuple(order),
        parent=parent,
        below=below,
        home=np.array(homes, np.int64),
    )


def _in_order(above: Mapping[str, str | None]) -> tuple[list[str], Ints, Ints]:
    """Put boxes in the order of a walk down the tree; give parents and ends."""
    children: dict[str, list[str]] = {}
    tops = []
    for key in sorted(above):
        over = above[key]
        if over is None or over not in above or _circles(above, key):
            tops.append(key)
        else:
            children.setdefault(over, []).append(key)
    order: list[str] = []
    parent: list[int] = []
    below: list[int] = []
    for key, place, leaving in _walk(tops, children):
        if leaving:
            below[place] = len(order)
        else:
            order.append(key)
            parent.append(place)
            below.append(0)
    return order, np.array(parent, np.int64), np.array(below, np.int64)


def _circles(above: Mapping[str, str | None], key: str) -> bool:
    """Tell whether a key is the first one of a circle."""
    step, circle = above[key], [key]
    while step is not None and step in above and step != key:
        if step in circle:
            return False
        circle.append(step)
        step = above[step]
    return step == key and key == min(circle)


def _walk(
    tops: Sequence[str], children: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, int, bool]]:
    """Walk down: give each key with the place above it, and each place left."""
    waiting: list[tuple[str, int, bool]] = [(k, NOWHERE, False) for k in reversed(tops)]
    place = 0
    while waiting:
        key, up, leaving = waiting.pop()
        yield key, up, leaving
        if not leaving:
            waiting.append((key, place, True))
            waiting += [(k, place, False) for k in reversed(children.get(key, ()))]
            place += 1


def lines_inside(firm: Firm, chart: Chart, box: int) -> tuple[int, int]:
    """Count those in and below a box with a manager, and whose manager is there too."""
    people = roster(firm)
    home = chart.home
    inside = (home >= box) & (home < chart.below[box])
    led = inside & (people.manager != NOBODY)
    return int(led.sum()), int(inside[people.manager[led]].sum())
