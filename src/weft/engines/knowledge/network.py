"""The firm as a network: people, missions, units, assets and partners, with places."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import numpy as np
from msgspec.structs import replace

from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.lineage import Changes
from weft.core.scalars import Month
from weft.engines.knowledge.camps import camps
from weft.engines.knowledge.drawing.layout import layout
from weft.engines.knowledge.drawing.lines import End, lines
from weft.engines.knowledge.drawing.pictures import Edge, Network, Node, NodeTable, Tie
from weft.engines.knowledge.figures import FEWEST
from weft.engines.knowledge.roster import Floats, Ints, roster, sittings, summed

MOST_NODES, MOST_EDGES = 5_000, 25_000
_NONE = -1
_DOUBLINGS = 7  # folds chains of up to 2^7 units
_TABLES: tuple[NodeTable, ...] = ("missions", "units", "partners", "assets", "people")
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
_TIES = tuple(_PULL)
_TO_UNITS: tuple[Tie, ...] = ("sits in", "owns", "part of")
_HOMES: tuple[Tie, ...] = ("employed by", "sits in", "part of", "seat")


class _Graph(msgspec.Struct, frozen=True):
    """Nodes and lines before they are placed.

    places: of the nodes of each table, from the first to past the last. lines: tie,
    source and target as places; shape (lines, 3). weight: of each.
    home: for each node the one it belongs to, or _NONE.
    """

    nodes: tuple[End, ...]
    places: Mapping[NodeTable, tuple[int, int]]
    lines: Ints
    weight: Floats
    home: Ints

    def are(self, table: NodeTable) -> Ints:
        """Give the places of the nodes of a table, which stand beside each other."""
        return np.arange(*self.places[table])


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
            _node(firm, graph.nodes[at], drawing.stands_for[at], position, technology)
            for at, position in zip(shown, positions, strict=True)
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
    people = drawn_in[graph.are("people")]
    stands_for = np.bincount(people, minlength=len(graph.nodes))
    shown, left_out = _shown(drawn_in, stands_for)
    place = np.full(len(graph.nodes) + 1, _NONE)
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
    found = lines(firm, month)
    units = {
        key
        for tie, *ends, _ in found
        if tie in _TO_UNITS
        for table, key in ends
        if table == "units" and key in firm.units
    }
    nodes: list[End] = []
    places: dict[NodeTable, tuple[int, int]] = {}
    for table in _TABLES:
        keys = units if table == "units" else firm.table(table)
        nodes += [(table, key) for key in sorted(keys)]
        places[table] = (len(nodes) - len(keys), len(nodes))
    at: dict[End, int] = {node: place for place, node in enumerate(nodes)}
    tie_at = {tie: place for place, tie in enumerate(_TIES)}
    ties = np.array([tie_at[tie] for tie, _, _, _ in found], np.int64)
    sources = np.array([at.get(end, _NONE) for _, end, _, _ in found], np.int64)
    targets = np.array([at.get(end, _NONE) for _, _, end, _ in found], np.int64)
    weights = np.array([weight for _, _, _, weight in found], np.float64)
    there = np.flatnonzero((sources != _NONE) & (targets != _NONE))
    order = there[
        np.lexsort((weights[there], targets[there], sources[there], ties[there]))
    ]
    tied = np.column_stack((ties[order], sources[order], targets[order]))
    weight = weights[order]
    home = _homes(len(nodes), tied, weight)
    return _Graph(tuple(nodes), places, tied, weight, home)


def _homes(size: int, tied: Ints, weight: Floats) -> Ints:
    """Tell where each node belongs: its heaviest seat, its unit, its owner."""
    home = np.full(size, _NONE)
    by_weight = tied[np.argsort(weight, kind="stable")]
    for tie in _HOMES:
        mine = by_weight[by_weight[:, 0] == _TIES.index(tie)]
        home[mine[:, 1]] = mine[:, 2]
    owned = tied[tied[:, 0] == _TIES.index("owns")]
    home[owned[:, 2]] = owned[:, 1]
    return home


def _folded(graph: _Graph) -> tuple[Ints, tuple[NodeTable, ...]]:
    """Tell for each node in which one it is drawn: itself while there is room."""
    drawn_in = np.arange(len(graph.nodes))
    folded: list[NodeTable] = []
    for table in _FOLDED:
        if len(np.unique(drawn_in)) <= MOST_NODES:
            break
        into = np.arange(len(graph.nodes))
        mine = graph.are(table)
        homes = graph.home[mine]
        into[mine] = np.where(homes != _NONE, homes, mine)
        for _ in range(_DOUBLINGS):
            into = into[into]
        drawn_in = into[drawn_in]
        folded.append(table)
    return drawn_in, tuple(folded)


def _shown(drawn_in: Ints, stands_for: Ints) -> tuple[Ints, int]:
    """Give the nodes there is room for, those of most people, and how many are not."""
    nodes = np.unique(drawn_in)
    heaviest = np.lexsort((nodes, -stands_for[nodes]))[:MOST_NODES]
    return np.sort(nodes[heaviest]), max(0, len(nodes) - MOST_NODES)


def _joined(graph: _Graph, place: Ints) -> tuple[Ints, Floats]:
    """Join the lines that fall together; those within a node fall away."""
    ends = np.column_stack((graph.lines[:, 0], place[graph.lines[:, 1:]]))
    drawn = (ends[:, 1] != ends[:, 2]) & (ends[:, 1:] != _NONE).all(axis=1)
    joined, which = np.unique(ends[drawn], axis=0, return_inverse=True)
    return joined, summed(which.ravel(), graph.weight[drawn], len(joined))


def _positions(
    graph: _Graph, shown: Ints, place: Ints, joined: Ints, weight: Floats
) -> Floats:
    """Lay out what is shown: missions, units and partners first, the rest around."""
    home = graph.home[shown]
    anchor = np.where(home != _NONE, place[home], _NONE)
    for table in ("missions", "units", "partners"):
        own = place[graph.are(table)]
        anchor[own[own != _NONE]] = _NONE
    anchor = np.where(anchor != _NONE, anchor, np.arange(len(shown)))
    pull = np.array(list(_PULL.values()))[joined[:, 0]] * np.sqrt(weight)
    return layout(len(shown), joined[:, 1:], pull, anchor)


def _edges(joined: Ints, weight: Floats) -> tuple[Edge, ...]:
    """Give the lines there is room for, the heaviest."""
    heaviest = np.sort(np.argsort(-weight, kind="stable")[:MOST_EDGES])
    rows = zip(joined[heaviest].tolist(), weight[heaviest].tolist(), strict=True)
    return tuple(
        Edge(source=source, target=target, tie=_TIES[tie], weight=round(each, 4))
        for (tie, source, target), each in rows
    )


def _node(
    firm: Firm,
    end: End,
    people: int,
    position: list[float],
    technology: Mapping[End, float],
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
        people=int(people),
    )


def _technology(firm: Firm, month: Month) -> dict[End, float]:
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
