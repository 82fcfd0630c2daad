"""The weave: the firm as one picture, as a table, and crossing by crossing."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Template

from weft.app import mirror
from weft.engines.knowledge import Weave
from weft.errors import NotFound
from weft.web.context import Page
from weft.web.pages.paging import part
from weft.web.pages.seeing.cloth import cloth


@get("/weave", sync_to_thread=True, operation="look")
def picture(
    page: NamedDependency[Page],
    across: FromQuery[str] = "",
    unit: FromQuery[str] = "",
    discipline: FromQuery[str] = "",
) -> Template:
    """Show the firm as one picture: where knowledge sits and how deep it is."""
    weave = _weave(page, across, unit, discipline)
    return page.show("weave.html", weave=weave, cloth=cloth(weave))


@get("/weave/table", sync_to_thread=True, operation="look")
def table(
    page: NamedDependency[Page],
    across: FromQuery[str] = "",
    unit: FromQuery[str] = "",
    discipline: FromQuery[str] = "",
    n: FromQuery[int] = 1,
) -> Template:
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
def crossing(
    page: NamedDependency[Page],
    row: FromQuery[str],
    column: FromQuery[str],
    *,
    across: FromQuery[str] = "",
    unit: FromQuery[str] = "",
    discipline: FromQuery[str] = "",
) -> Template:
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


def _at(weave: Weave, row: int, column: int) -> object:
    """Find one crossing; nothing where nobody knows it there."""
    found = (c for c in weave.crossings if (c.row, c.column) == (row, column))
    return next(found, None)


HANDLERS = [picture, table, crossing]
