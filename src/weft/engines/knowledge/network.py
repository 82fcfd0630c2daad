"""The firm as a network: people, missions, units, assets and partners, with places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

import msgspec
import numpy as np
from msgspec.structs import replace

from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.lineage import Changes
from weft.core.scalars import Month
from weft.engines.knowledge.camps import camps
from weft.engines.knowledge.drawing.lines import TIES, Ends, ends, lines
from weft.engines.knowledge.drawing.pictures import Edge, Network, Node, NodeTable, Tie
from weft.engines.knowledge.figures import FEWEST
from weft.engines.knowledge.roster import Bools, Floats, Ints, roster, summed
from weft.engines.knowledge.sittings import sittings

MOST_NODES, MOST_EDGES = 5_000, 25_000
_NONE = -1
_DOUBLINGS = 7  # folds chains of up to 2^7 units
_FOLDED: tuple[NodeTable, ...] = ("people", "assets", "units")
_PULL: dict[Tie, float] = {
    "seat": 1.0,
    "sits in": 1.0,
    "part of": 0.5,
    "reports to": 0.2,
    "owns": 1.0,
    "keeps": 0.3,
    "supplied by": 0.5,
    "employed by": 0.5,
    "depends on": 0.3,
}
"""How strongly each tie draws its ends together in the picture; a matter of taste."""
_HOMES: tuple[Tie, ...] = ("employed by", "sits in", "part of", "seat")


class _Graph(msgspec.Struct, frozen=True):
    """Nodes and lines before they are placed.

    ends: what a node can be. there: which of them are nodes. lines: tie, source and
    target as places; shape (lines, 3). weight: of each. home: for each node the
    one it belongs to, or _NONE.
    """

    ends: Ends
    there: Bools
    lines: Ints
    weight: Floats
    home: Ints


class _Drawing(msgspec.Struct, frozen=True):
    """What is drawn and where: all of a network that rests on its graph alone.

    shown: places of the nodes. stands_for: people of each node. joined: the lines,
    between places among those shown.
    """

    shown: Ints
    stands_for: Ints
    folded: tuple[NodeTable, ...]
    left_out: int
    joined: Ints
    weight: Floats
    positions: Floats
    edges: tuple[Edge, ...]


def network(firm: Firm, month: Month) -> Network:
    """Give the firm as a network with positions, 5,000 nodes at most.

    month: whose seats count. Whoever has no seat in it is drawn with the unit.
    A unit is a node where such people sit in it or below, or it owns an asset.
    Where there are more nodes than can be drawn, people are folded into their
    mission, else unit, else partner; then assets into what owns them; then
    units into the highest one above; then the nodes of fewest people are left
    out. Lines that fall together are joined, and the lightest left out.
    """
    tables = (
        *(firm.people, firm.missions, firm.units, firm.assets, firm.partners),
        *(firm.seats, firm.contracts, firm.disciplines, firm.skills, firm.claims),
    )
    found = kept(("network", month), tables, lambda: _network(firm, month))
    return replace(found, firm=firm.seq)


def _network(firm: Firm, month: Month) -> Network:
    graph = _kept_graph(firm, month)
    drawing = kept("drawing", (graph,), lambda: _drawing(graph))
    technology = _technology(firm, month)
    shown, positions = drawing.shown, drawing.positions.tolist()
    return Network(
        month=month,
        firm=firm.seq,
        nodes=tuple(
            _node(firm, end, people, position, technology)
            for end, people, position in zip(
                _named(graph.ends, shown),
                drawing.stands_for[shown].tolist(),
                positions,
                strict=True,
            )
        ),
        edges=drawing.edges,
        folded=drawing.folded,
        nodes_left_out=drawing.left_out,
        edges_left_out=max(0, len(drawing.joined) - MOST_EDGES),
    )


_RESTS_ON: dict[str, tuple[str, ...]] = {
    "people": ("unit", "manager", "partner"),
    "missions": (),
    "units": ("parent",),
    "assets": ("mission", "unit", "keepers", "depends_on", "supplier"),
    "partners": (),
    "contracts": ("partner", "missions"),
    "seats": ("person", "mission", "share", "start", "end"),
}
"""The fields, by table, that a line of the network comes from."""


def _kept_graph(firm: Firm, month: Month) -> _Graph:
    """Give the graph of a firm; the same one where nothing that it rests on changed.

    So whoever gets a new title stays where they are drawn.
    """

    def amend(before: _Graph, *changes: Changes) -> _Graph | None:
        pairs = zip(_RESTS_ON.values(), changes, strict=True)
        same = all(
            old is not None
            and new is not None
            and all(getattr(old, field) == getattr(new, field) for field in fields)
            for fields, table in pairs
            for old, new in table.values()
        )
        return before if same else None

    tables = tuple(map(firm.table, _RESTS_ON))
    return kept(("graph", month), tables, lambda: _graph(firm, month), amend)


def _drawing(graph: _Graph) -> _Drawing:
    """Fold, join and lay out a graph."""
    drawn_in, folded = _folded(graph)
    people = drawn_in[graph.ends.are("people")]
    stands_for = np.bincount(people, minlength=graph.ends.size)
    shown, left_out = _shown(drawn_in[graph.there], stands_for)
    place = np.full(graph.ends.size + 1, _NONE)
    place[shown] = np.arange(len(shown))
    joined, weight = _joined(graph, place[drawn_in])
    return _Drawing(
        shown=shown,
        stands_for=stands_for,
        folded=folded,
        left_out=left_out,
        joined=joined,
        weight=weight,
        positions=_positions(graph, shown, place[drawn_in], joined, weight),
        edges=_edges(joined, weight),
    )


def _graph(firm: Firm, month: Month) -> _Graph:
    """Collect the nodes and the lines of a firm."""
    known = ends(firm)
    found, there = lines(firm, month)
    home = _homes(known.size, found.rows, found.weight)
    return _Graph(known, there, found.rows, found.weight, home)


def _homes(size: int, tied: Ints, weight: Floats) -> Ints:
    """Tell where each node belongs: its heaviest seat, its unit, its owner."""
    home = np.full(size, _NONE)
    for tie in _HOMES:
        (mine,) = np.nonzero(tied[:, 0] == TIES.index(tie))
        mine = mine[np.lexsort((tied[mine, 2], weight[mine]))]
        home[tied[mine, 1]] = tied[mine, 2]
    owned = tied[tied[:, 0] == TIES.index("owns")]
    home[owned[:, 2]] = owned[:, 1]
    return home


def _folded(graph: _Graph) -> tuple[Ints, tuple[NodeTable, ...]]:
    """Tell for each node in which one it is drawn: itself while there is room."""
    drawn_in = np.arange(graph.ends.size)
    folded: list[NodeTable] = []
    for table in _FOLDED:
        if len(_distinct(drawn_in[graph.there])) <= MOST_NODES:
            break
        into = np.arange(graph.ends.size)
        mine = graph.ends.are(table)
        homes = graph.home[mine]
        into[mine] = np.where(homes != _NONE, homes, mine)
        for _ in range(_DOUBLINGS):
            into = into[into]
        drawn_in = into[drawn_in]
        folded.append(table)
    return drawn_in, tuple(folded)


def _distinct(places: Ints) -> Ints:
    """Give each place once, in order: ten times as fast as for any numbers."""
    return np.flatnonzero(np.bincount(places))


def _shown(drawn_in: Ints, stands_for: Ints) -> tuple[Ints, int]:
    """Give the nodes there is room for, those of most people, and how many are not."""
    nodes = _distinct(drawn_in)
    heaviest = np.lexsort((nodes, -stands_for[nodes]))[:MOST_NODES]
    return np.sort(nodes[heaviest]), max(0, len(nodes) - MOST_NODES)


def _joined(graph: _Graph, place: Ints) -> tuple[Ints, Floats]:
    """Join the lines that fall together; those within a node fall away."""
    tie, source, target = graph.lines[:, 0], *place[graph.lines[:, 1:]].T
    drawn = (source != target) & (source != _NONE) & (target != _NONE)
    # As one number each: a row of three takes ten times as long to find again.
    base = len(place)
    line = (tie[drawn] * base + source[drawn]) * base + target[drawn]
    found, which = np.unique(line, return_inverse=True)
    joined = np.column_stack((found // base**2, found // base % base, found % base))
    return joined, summed(which, graph.weight[drawn], len(joined))


def _positions(
    graph: _Graph, shown: Ints, place: Ints, joined: Ints, weight: Floats
) -> Floats:
    """Lay out what is shown: missions, units and partners first, the rest around."""
    home = graph.home[shown]
    anchor = np.where(home != _NONE, place[home], _NONE)
    for table in ("missions", "units", "partners"):
        own = place[graph.ends.are(table)]
        anchor[own[own != _NONE]] = _NONE
    anchor = np.where(anchor != _NONE, anchor, np.arange(len(shown)))
    pull = np.array([_PULL[tie] for tie in TIES])[joined[:, 0]] * np.sqrt(weight)
    told = sha256()
    for each in (joined[:, 1:], pull, anchor):
        told.update(f"{each.shape}".encode() + each.tobytes())

    def work_out() -> Floats:
        from weft.engines.knowledge.drawing.layout import (  # noqa: PLC0415, slow
            layout,
        )

        return layout(len(shown), joined[:, 1:], pull, anchor)

    # By what it rests on: a change within what is drawn as one leaves the picture be.
    return kept(("layout", told.digest()), (), work_out)


def _edges(joined: Ints, weight: Floats) -> tuple[Edge, ...]:
    """Give the lines there is room for, the heaviest."""
    heaviest = np.sort(np.argsort(-weight, kind="stable")[:MOST_EDGES])
    rows = zip(joined[heaviest].tolist(), weight[heaviest].tolist(), strict=True)
    return tuple(
        Edge(source=source, target=target, tie=TIES[tie], weight=round(each, 4))
        for (tie, source, target), each in rows
    )


def _named(known: Ends, places: Ints) -> Iterator[tuple[NodeTable, str]]:
    """Give the table and the id of each place; the places are in order."""
    for table in known.keys:
        first, keys = known.first[table], known.keys[table]
        inside = (places >= first) & (places < first + len(keys))
        for at in (places[inside] - first).tolist():
            yield table, keys[at]


def _node(
    firm: Firm,
    end: tuple[NodeTable, str],
    people: int,
    position: list[float],
    technology: Mapping[tuple[str, str], float],
) -> Node:
    """Describe a node; a person by the camp alone."""
    table, key = end
    a_person = table == "people"
    return Node(
        table=table,
        id=key,
        title="" if a_person else firm.table(table)[key].title,
        camp=camps(firm)[key].camp if a_person else "",
        technology=technology.get(end),
        x=position[0],
        y=position[1],
        people=people,
    )


def _technology(firm: Firm, month: Month) -> dict[tuple[str, str], float]:
    """Give the share of technology of each group of five people or more."""
    people, sits = roster(firm), sittings(firm, month)
    told = people.told[sits.person]
    group, size = sits.group[told], len(sits.groups)
    share, part = sits.share[told], people.technology[sits.person[told]]
    heads, amount = summed(group, share, size), summed(group, share * part, size)
    counts = np.bincount(group, minlength=size)
    return {
        (table, key): round(float(amount[at] / heads[at]), 4)
        for at, (table, key) in enumerate(sits.groups)
        if counts[at] >= FEWEST and table != "people"
    }
