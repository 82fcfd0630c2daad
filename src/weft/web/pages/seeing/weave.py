"""The weave: the firm as one picture, as a table, and crossing by crossing."""

from __future__ import annotations

from collections.abc import Sequence

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from msgspec.structs import replace

from weft.app import mirror
from weft.engines.knowledge import Weave, WeaveColumn
from weft.errors import NotFound
from weft.web.context import Html, Page
from weft.web.pages.paging import part
from weft.web.pages.seeing.cloth import cloth
from weft.web.soon import soon

WIDEST, STRIP = 300, 100
"""So many columns can be told apart in one picture; of more, so many at a time."""


@get("/weave", sync_to_thread=True, operation="look")
@soon
def picture(
    page: NamedDependency[Page],
    across: FromQuery[str] = "",
    unit: FromQuery[str] = "",
    discipline: FromQuery[str] = "",
    n: FromQuery[int] = 1,
) -> Html:
    """Show the firm as one picture: where knowledge sits and how deep it is."""
    whole = _weave(page, across, unit, discipline)
    month = page.call.query_params.get("month")
    size = WIDEST if len(whole.columns) <= WIDEST else STRIP
    columns, paging = part(
        whole.columns,
        n,
        size,
        across=whole.across,
        unit=unit,
        discipline=discipline,
        month=month,
    )
    weave = _strip(whole, columns, (paging.page - 1) * size)
    return page.show(
        "weave.html", weave=weave, cloth=cloth(weave), paging=paging, whole=whole
    )


@get("/weave/table", sync_to_thread=True, operation="look")
@soon
def table(
    page: NamedDependency[Page],
    across: FromQuery[str] = "",
    unit: FromQuery[str] = "",
    discipline: FromQuery[str] = "",
    n: FromQuery[int] = 1,
) -> Html:
    """Show the same as a table."""
    weave = _weave(page, across, unit, discipline)
    shown, paging = part(
        weave.crossings,
        n,
        100,
        across=weave.across,
        unit=unit,
        discipline=discipline,
        month=page.call.query_params.get("month"),
    )
    return page.show("weave-table.html", weave=weave, crossings=shown, paging=paging)


@get("/weave/crossing", sync_to_thread=True, operation="look")
@soon
def crossing(
    page: NamedDependency[Page],
    row: FromQuery[str],
    column: FromQuery[str],
    *,
    across: FromQuery[str] = "",
    unit: FromQuery[str] = "",
    discipline: FromQuery[str] = "",
) -> Html:
    """Show who stands behind one crossing."""
    weave = _weave(page, across, unit, discipline)
    rows = {w.id: at for at, w in enumerate(weave.rows)}
    columns = {w.id: at for at, w in enumerate(weave.columns)}
    if row not in rows or column not in columns:
        raise NotFound("crossing", f"{column} x {row}", (*rows, *columns))
    return page.show(
        "crossing.html",
        weave=weave,
        row=weave.rows[rows[row]],
        column=weave.columns[columns[column]],
        crossing=_at(weave, rows[row], columns[column]),
        behind=mirror.behind(page.view, weave, rows[row], columns[column]),
        elsewhere=[
            (weave.columns[c.column], c) for c in weave.crossings if c.row == rows[row]
        ],
    )


def _weave(page: Page, across: str, unit: str, discipline: str) -> Weave:
    """Give the picture that an address asks for; missions where there are several."""
    across = across or ("missions" if len(page.view.firm.missions) > 1 else "units")
    return mirror.weave(
        page.view, page.month, across=across, unit=unit, discipline=discipline
    )


def _strip(whole: Weave, columns: Sequence[WeaveColumn], first: int) -> Weave:
    """Give some columns of a weave that follow each other, with their crossings."""
    crossings = tuple(
        replace(each, column=each.column - first)
        for each in whole.crossings
        if first <= each.column < first + len(columns)
    )
    return replace(whole, columns=tuple(columns), crossings=crossings)


def _at(weave: Weave, row: int, column: int) -> object:
    """Find one crossing; nothing where nobody knows it there."""
    found = (c for c in weave.crossings if (c.row, c.column) == (row, column))
    return next(found, None)


HANDLERS = [picture, table, crossing]
