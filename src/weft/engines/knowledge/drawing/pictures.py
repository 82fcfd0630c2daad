"""The weave and the network as a page draws them."""

from __future__ import annotations

from typing import Literal

from weft.core.records import Record
from weft.core.skills import Camp


class WeaveColumn(Record, frozen=True, kw_only=True):
    """One column of the weave: a unit with all below it, or a mission.

    people: who sits in it. technology: the share of technology in their roles,
    0 to 1; None below five people whose camp is known. opens: it can be looked
    into. itself: only the people directly in this unit, which lies above.
    """

    table: str
    id: str
    title: str
    people: int
    technology: float | None = None
    opens: bool = False
    itself: bool = False


class WeaveRow(Record, frozen=True, kw_only=True):
    """One row of the weave: a discipline, or a skill of the one looked into.

    holders: people anywhere in the picture who know it. columns: in how many
    columns somebody knows it. alone: in how many of them it hangs on one person.
    """

    table: str
    id: str
    title: str
    camp: Camp
    holders: int
    columns: int
    alone: int
    opens: bool = False


class Crossing(Record, frozen=True, kw_only=True):
    """Where a row crosses a column: how deep the knowledge is there.

    row, column: places in the weave. holders: people there who know it, at level
    3 or higher, or by their role where they claim nothing. learners: who claims
    less. depth: 1 it hangs on one person, 2 two to four, 3 five to fourteen, 4
    more; 0 there are learners only. share: holders of the people in the column.
    fte: full-time people of it; None below five holders.
    """

    row: int
    column: int
    holders: int
    learners: int
    depth: int
    share: float
    fte: float | None


class Weave(Record, frozen=True, kw_only=True):
    """The firm as one picture: columns across, disciplines or skills down.

    rows: business first, technology below. columns: neighbours are alike, the
    more technology the further right. crossings: those where there is anything.
    spread: how evenly technology lies over the columns, 0 in one, 1 even; None
    where there is nothing to spread. by_claims, by_role, untold: how many of
    the people placed are in it by what they claim, by their role, and not at
    all. unplaced: people who sit in no column.
    """

    month: str
    firm: int
    across: Literal["units", "missions"]
    unit: str
    discipline: str
    columns: tuple[WeaveColumn, ...]
    rows: tuple[WeaveRow, ...]
    crossings: tuple[Crossing, ...]
    spread: float | None
    by_claims: int
    by_role: int
    untold: int
    unplaced: int


class Holders(Record, frozen=True, kw_only=True):
    """Who stands behind a crossing, by id: those who know it, those who learn it."""

    holders: tuple[str, ...]
    learners: tuple[str, ...]


NodeTable = Literal["people", "missions", "units", "assets", "partners"]
Tie = Literal[
    "seat",
    "sits in",
    "part of",
    "reports to",
    "owns",
    "keeps",
    "supplied by",
    "employed by",
    "depends on",
]


class Node(Record, frozen=True, kw_only=True):
    """One point of the network.

    title: empty for a person, whose name is not in the firm. camp: of a person.
    technology: of the people of a mission or unit, 0 to 1; None below five. x, y:
    where to draw it, -1 to 1. people: how many it stands for: itself, or those
    who sit in it and are folded into it.
    """

    table: NodeTable
    id: str
    title: str
    camp: Literal["business", "technology", "both", "unknown", ""] = ""
    technology: float | None = None
    x: float
    y: float
    people: int = 0


class Edge(Record, frozen=True, kw_only=True):
    """One line of the network, between two places in its nodes.

    weight: a share of time for a seat, else 1; more where lines were joined.
    """

    source: int
    target: int
    tie: Tie
    weight: float


class Network(Record, frozen=True, kw_only=True):
    """The firm as a network, at most 5,000 nodes, with positions worked out.

    folded: what is not a node of its own but drawn in another one: the tables of
    it, in the order it was folded. left_out: nodes, and lines, for which there
    was no room; the lightest.
    """

    month: str
    firm: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    folded: tuple[NodeTable, ...] = ()
    nodes_left_out: int = 0
    edges_left_out: int = 0
