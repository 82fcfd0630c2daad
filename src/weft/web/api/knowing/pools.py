"""Pools of expertise over HTTP, and the seats of a month added up."""

from __future__ import annotations

from datetime import datetime

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Response

from weft.app.knowing import pools
from weft.app.knowing.pools import Pools
from weft.app.views import View
from weft.engines.knowledge import AddedUp, Pooled
from weft.web.params import Key

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


@get("/pools", sync_to_thread=True, operation="look")
def several(
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    shown: NamedDependency[str],
) -> Pools:
    """Give every pool of expertise: its members, their missions, load and room."""
    return pools.pools(view, now, shown)


@get("/pools/{key:str}", sync_to_thread=True, operation="look")
def one(
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    shown: NamedDependency[str],
    key: Key,
) -> Pooled:
    """Give one pool of expertise."""
    return pools.pooled(view, now, shown, key)


@get("/seats", sync_to_thread=True, operation="look")
def seats(
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    shown: NamedDependency[str],
) -> AddedUp:
    """Give the seats of a month added up by discipline, pool, mission and unit."""
    return pools.added_up(view, now, shown)


@get("/seats.csv", sync_to_thread=True, operation="look", media_type=CSV)
def table(
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    shown: NamedDependency[str],
) -> Response[bytes]:
    """Give the same as CSV."""
    found = pools.added_up(view, now, shown)
    return _file(pools.as_csv(found), CSV, f"seats-{shown}.csv")


@get("/seats.xlsx", sync_to_thread=True, operation="look", media_type=XLSX)
def workbook(
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    shown: NamedDependency[str],
) -> Response[bytes]:
    """Give the same as an Excel workbook, a sheet for each way."""
    found = pools.added_up(view, now, shown)
    return _file(pools.as_workbook(found), XLSX, f"seats-{shown}.xlsx")


def _file(content: bytes, media: str, name: str) -> Response[bytes]:
    """Send a file under a name."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media, headers=headers)


HANDLERS = [several, one, seats, table, workbook]
