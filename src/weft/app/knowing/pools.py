"""Pools of expertise, and the seats of a month added up: shown, and taken along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from weft.app.knowing.who import today
from weft.app.views import View
from weft.core.records import Record
from weft.core.scalars import Month
from weft.engines import knowledge
from weft.engines.knowledge import Added, AddedUp, Pooled
from weft.errors import NotFound
from weft.interop.sheets.writing import Rows, write_csv, write_workbook

HEAD = ("by", "id", "title", "people", "full-time people", "of them technology")


class Pools(Record, frozen=True, kw_only=True):
    """Every pool in a month, by id."""

    month: str
    pools: tuple[Pooled, ...]


def pools(view: View, now: datetime, month: Month) -> Pools:
    """Tell of every pool who is in it, where they sit, and what is free of them."""
    every = knowledge.all_pooled(view.firm, month, today(view, now))
    return Pools(month=month, pools=every)


def pooled(view: View, now: datetime, month: Month, key: str) -> Pooled:
    """Tell it of one pool."""
    if key not in view.firm.pools:
        raise NotFound("pool", key, view.firm.pools)
    return knowledge.pooled(view.firm, key, month, today(view, now))


def added_up(view: View, now: datetime, month: Month) -> AddedUp:
    """Add the seats of a month up by discipline, pool, mission and unit."""
    return knowledge.added_up(view.firm, month, today(view, now))


def as_csv(found: AddedUp) -> bytes:
    """Write the seats added up as CSV, each way with its total."""
    rows = [row for way in found.ways for row in _rows(way)]
    return write_csv((("month", *HEAD), *((found.month, *row) for row in rows)))


def as_workbook(found: AddedUp) -> bytes:
    """Write the seats added up as an Excel workbook, a sheet for each way."""
    return write_workbook({f"by {way.by}": (HEAD, *_rows(way)) for way in found.ways})


def _rows(way: Added) -> Iterator[Rows]:
    """Give the lines of a sum as rows, the total last."""
    for line in way.lines:
        yield way.by, line.id, line.title, line.people, line.fte, line.technology
    yield way.by, "", "Total", "", way.fte, way.technology
