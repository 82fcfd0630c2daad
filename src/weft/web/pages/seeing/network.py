"""The map: the firm as a network, as a picture and as a table."""

from __future__ import annotations

from typing import Any

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from weft.app import mirror
from weft.engines.knowledge import Network, Node
from weft.web.context import Html, Page
from weft.web.pages.choices import matching
from weft.web.pages.paging import part
from weft.web.soon import soon


@get("/map", sync_to_thread=True, operation="look")
@soon
def picture(page: NamedDependency[Page], at: FromQuery[str] = "") -> Html:
    """Show the picture; it fetches its points and lines by itself."""
    network = mirror.network(page.view, page.month)
    return page.show("map.html", network=network, at=at)


@get("/map/data", sync_to_thread=True, operation="look")
def data(page: NamedDependency[Page]) -> dict[str, Any]:
    """Give points and lines as short lists, with people's names."""
    network = mirror.network(page.view, page.month)
    return {
        "nodes": [
            [
                n.table,
                n.id,
                _title(page, n),
                n.camp,
                round(n.x, 4),
                round(n.y, 4),
                n.people,
            ]
            for n in network.nodes
        ],
        "edges": [[e.source, e.target, e.tie] for e in network.edges],
    }


@get("/map/table", sync_to_thread=True, operation="look")
@soon
def table(
    page: NamedDependency[Page],
    q: FromQuery[str] = "",
    kind: FromQuery[str] = "",
    n: FromQuery[int] = 1,
) -> Html:
    """Show the same as a table: each point with what it is tied to."""
    network = mirror.network(page.view, page.month)
    found = [
        at
        for at, node in enumerate(network.nodes)
        if (not kind or node.table == kind) and matching(q, _title(page, node))
    ]
    shown, paging = part(found, n, q=q, kind=kind)
    return page.show(
        "map-table.html",
        network=network,
        shown=shown,
        ties=_ties(network, set(shown)),
        paging=paging,
        q=q,
        kind=kind,
    )


def _title(page: Page, node: Node) -> str:
    """Give the name of a point."""
    return page.view.name(node.id) if node.table == "people" else node.title


def _ties(network: Network, shown: set[int]) -> dict[int, list[tuple[str, Node, bool]]]:
    """Give what some points are tied to: how, to what, and in which direction."""
    found: dict[int, list[tuple[str, Node, bool]]] = {at: [] for at in shown}
    for edge in network.edges:
        if edge.source in shown:
            target = network.nodes[edge.target]
            found[edge.source].append((edge.tie, target, True))
        if edge.target in shown:
            source = network.nodes[edge.source]
            found[edge.target].append((edge.tie, source, False))
    return found


HANDLERS = [picture, data, table]
