"""The mirror: what the firm looks like today, figure by figure."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from weft.app import mirror
from weft.engines.knowledge import Figure
from weft.errors import NotFound
from weft.web.context import Html, Page
from weft.web.pages.paging import part
from weft.web.pages.seeing.meanings import CHAPTERS, MEANINGS, NEXT
from weft.web.soon import soon

HowMany = Annotated[int, QueryParameter(ge=1, le=mirror.MOST_MONTHS)]


@get("/mirror", sync_to_thread=True, operation="look")
@soon
def several(page: NamedDependency[Page]) -> Html:
    """Show all figures, chapter by chapter."""
    diagnosis = mirror.diagnose(page.view, page.month)
    known = {figure.id: figure for figure in diagnosis.figures}
    return page.show(
        "mirror.html",
        diagnosis=diagnosis,
        chapters=[
            (title, [known.pop(key) for key in keys if key in known])
            for title, keys in CHAPTERS
        ],
        rest=list(known.values()),
        meanings=MEANINGS,
        next=NEXT,
    )


@get("/spread", sync_to_thread=True, operation="journal")
@soon
def by_month(
    page: NamedDependency[Page], unit: FromQuery[str] = "", months: HowMany = 12
) -> Html:
    """Show how technology knowledge lies, month by month."""
    found = mirror.months(page.desk, page.view, page.month, months, unit)
    shown = [each for each in found.months if each.people is not None]
    units = sorted(page.view.firm.units.values(), key=lambda u: (u.title, u.id))
    return page.show("spread.html", found=found, shown=shown, units=units, unit=unit)


@get("/mirror/{key:str}", sync_to_thread=True, operation="look")
@soon
def one(page: NamedDependency[Page], key: FromPath[str], n: FromQuery[int] = 1) -> Html:
    """Show one figure with all rows behind it."""
    figure = _figure(page, key)
    month = page.call.query_params.get("month")
    rows, paging = part(figure.rows, n, month=month)
    return page.show(
        "figure.html",
        figure=figure,
        rows=rows,
        paging=paging,
        meaning=MEANINGS.get(key, ""),
    )


def _figure(page: Page, key: str) -> Figure:
    """Find a figure."""
    figures = mirror.diagnose(page.view, page.month).figures
    found = {figure.id: figure for figure in figures}
    if key not in found:
        raise NotFound("figure", key, found)
    return found[key]


HANDLERS = [several, by_month, one]
