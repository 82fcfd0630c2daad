"""Pools of expertise, and the seats of a month added up."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from weft.app.knowing import pools
from weft.app.records import record
from weft.engines.knowledge import BYS
from weft.errors import InputError
from weft.web.context import Html, Page
from weft.web.pages.paging import part
from weft.web.soon import soon


@get("/pools", sync_to_thread=True, operation="look")
@soon
def several(page: NamedDependency[Page]) -> Html:
    """List the pools: who leads each, its load and what is free of it."""
    found = pools.pools(page.view, page.now, page.month)
    return page.show("pools.html", pools=found.pools)


@get("/pools/{key:str}", sync_to_thread=True, operation="look")
@soon
def one(page: NamedDependency[Page], key: FromPath[str], n: FromQuery[int] = 1) -> Html:
    """Show one pool: who is in it, by name, and where they sit."""
    pool = record(page.view, "pools", key)
    found = pools.pooled(page.view, page.now, page.month, key)
    by_name = sorted(found.members, key=lambda m: page.view.name(m.person).casefold())
    shown, paging = part(by_name, n, month=page.call.query_params.get("month"))
    return page.show("pool.html", pool=pool, found=found, members=shown, paging=paging)


@get("/seats", sync_to_thread=True, operation="look")
@soon
def seats(
    page: NamedDependency[Page],
    by: FromQuery[str] = "discipline",
    n: FromQuery[int] = 1,
) -> Html:
    """Show the seats of a month added up in one way, beside the totals of all."""
    ways = {each: each for each in BYS}
    if by not in ways:
        raise InputError(
            f"Seats are not added up by {by!r}.", do=f"Use one of: {', '.join(BYS)}."
        )
    found = pools.added_up(page.view, page.now, page.month)
    way = found.way(ways[by])
    month = page.call.query_params.get("month")
    lines, paging = part(way.lines, n, by=by, month=month)
    return page.show(
        "seats.html", found=found, way=way, lines=lines, paging=paging, by=by
    )


HANDLERS = [several, one, seats]
