"""Through what people reach each other: groups they are in, as one graph.

People are tied by what they share, not pair by pair: a mission of 40 is 40 lines here
and 780 ties. Two people one group apart have one tie.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate, count
from typing import Literal

import msgspec
import numpy as np

from weft.core.assets import Contract
from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.scalars import Month
from weft.engines.knowledge.roster import NOBODY, Ints, roster
from weft.engines.knowledge.sittings import sittings

GroupKind = Literal["mission", "team", "unit", "contract"]
Pairs = tuple[Ints, Ints]


class Ties(msgspec.Struct, frozen=True):
    """The graph: people by their place in the roster, and after them the groups.

    groups: kind and key of each; a team is that of the manager of that id. The
    neighbours of node n are neighbour[start[n]:start[n + 1]], in order.
    """

    groups: tuple[tuple[GroupKind, str], ...]
    people: int
    start: Ints
    neighbour: Ints

    def near(self, nodes: Ints) -> Pairs:
        """Give every neighbour of some nodes, and beside each the node it is of."""
        first, count = self.start[nodes], self.start[nodes + 1] - self.start[nodes]
        jump = np.repeat(first - np.cumsum(count) + count, count)
        at = jump + np.arange(int(count.sum()))
        return self.neighbour[at], np.repeat(nodes, count)


class Ways(msgspec.Struct, frozen=True):
    """The shortest ways from where one begins: lines to each node, and the one before.

    lines: NOBODY where no way leads; before: NOBODY at the beginning too.
    """

    lines: Ints
    before: Ints

    def to(self, node: int) -> list[int]:
        """Give the nodes from the beginning to a node, both included."""
        way = [node]
        while (node := int(self.before[node])) != NOBODY:
            way.append(node)
        return way[::-1]


def ties(firm: Firm, month: Month) -> Ties:
    """Give what ties people in a month.

    Seats in the same mission; the same unit, for those without a seat; the same
    manager, who is in the team too; and a contract, which ties the missions that it
    supplies to the people of the partner.
    """
    tables = (firm.people, firm.seats, firm.missions, firm.units, firm.contracts)
    return kept(("ties", month), tables, lambda: _ties(firm, month))


def ways(
    graph: Ties, begins: Ints, wanted: Ints | None = None, enough: int = 0
) -> Ways:
    """Find the shortest way to every node from the nearest of some, breadth first.

    wanted, enough: stop once so many of the wanted are reached and none is nearer;
    the others are then as if no way led to them. Among ways of one length the first
    counts, in the order of the nodes: people, missions, teams, units, contracts.
    """
    lines = np.full(len(graph.start) - 1, NOBODY, np.int64)
    before = lines.copy()
    lines[begins], far, here = 0, 0, begins
    while len(here):
        if wanted is not None and np.count_nonzero(lines[wanted] != NOBODY) >= enough:
            break
        far += 1
        found, via = graph.near(here)
        new = lines[found] == NOBODY
        found, via = found[new][::-1], via[new][::-1]
        before[found], lines[found] = via, far  # the last one written is the first
        here = np.flatnonzero(lines == far)
    return Ways(lines, before)


class _Members(msgspec.Struct, frozen=True):
    """Groups of a kind and what is in them: nodes, beside the place of the group."""

    kind: GroupKind
    keys: tuple[str, ...]
    inside: Ints
    group: Ints


def _ties(firm: Firm, month: Month) -> Ties:
    size = len(roster(firm).ids)
    missions = _missions(firm, month)
    kinds = (
        missions,
        _teams(firm),
        _units(firm, month),
        _contracts(firm, month, dict(zip(missions.keys, count(size), strict=False))),
    )
    firsts = accumulate((len(each.keys) for each in kinds), initial=size)
    inside = np.concatenate([each.inside for each in kinds])
    group = np.concatenate(
        [each.group + first for each, first in zip(kinds, firsts, strict=False)]
    )
    groups = tuple((each.kind, key) for each in kinds for key in each.keys)
    ends = np.concatenate((inside, group)), np.concatenate((group, inside))
    order = np.lexsort((ends[1], ends[0]))
    degree = np.bincount(ends[0], minlength=size + len(groups))
    start = np.concatenate(([0], np.cumsum(degree)))
    return Ties(groups, size, start, ends[1][order])


def _missions(firm: Firm, month: Month) -> _Members:
    """Give the missions, and who has a seat in them."""
    keys = sorted(firm.missions)
    return _seated(firm, month, "missions", "mission", keys)


def _units(firm: Firm, month: Month) -> _Members:
    """Give the units, and who works in them without a seat elsewhere."""
    return _seated(firm, month, "units", "unit", sorted(firm.units))


def _seated(
    firm: Firm, month: Month, table: str, kind: GroupKind, keys: list[str]
) -> _Members:
    """Give who sits in the groups of a table."""
    sits, at = sittings(firm, month), {key: place for place, key in enumerate(keys)}
    place = [at[key] if of == table else NOBODY for of, key in sits.groups]
    group = np.array(place, np.int64)[sits.group]
    mine = group != NOBODY
    return _Members(kind, tuple(keys), sits.person[mine], group[mine])


def _teams(firm: Firm) -> _Members:
    """Give the teams, each with its manager and who reports there."""
    people = roster(firm)
    own = np.arange(len(people.manager))
    (led,) = np.nonzero((people.manager != NOBODY) & (people.manager != own))
    heads, team = np.unique(people.manager[led], return_inverse=True)
    return _Members(
        "team",
        tuple(people.ids[head] for head in heads.tolist()),
        np.concatenate((led, heads)),
        np.concatenate((team, np.arange(len(heads)))),
    )


def _contracts(firm: Firm, month: Month, missions: Mapping[str, int]) -> _Members:
    """Give the contracts of a month, with their missions and the partner's people."""
    at = roster(firm).at
    staff: dict[str, list[int]] = {}
    for person in firm.people.values():
        if person.partner is not None:
            staff.setdefault(person.partner, []).append(at[person.id])
    running = sorted(k for k, each in firm.contracts.items() if runs(each, month))
    inside, group = list[int](), list[int]()
    for place, key in enumerate(running):
        contract = firm.contracts[key]
        supplied = [missions[m] for m in {*contract.missions} if m in missions]
        ends = supplied + staff.get(contract.partner, []) if supplied else []
        inside += ends
        group += [place] * len(ends)
    columns = np.array(inside, np.int64), np.array(group, np.int64)
    return _Members("contract", tuple(running), *columns)


def runs(contract: Contract, month: Month) -> bool:
    """Tell whether a contract runs in a month, be it for a day."""
    begun = contract.start is None or f"{contract.start:%Y-%m}" <= month
    return begun and (contract.end is None or month <= f"{contract.end:%Y-%m}")
