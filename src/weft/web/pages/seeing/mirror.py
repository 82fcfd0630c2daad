"""The mirror: what the firm looks like today, figure by figure."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from weft.app import mirror
from weft.engines.knowledge import Figure
from weft.errors import NotFound
from weft.web.context import Html, Page
from weft.web.pages.paging import part
from weft.web.pages.seeing.meanings import CHAPTERS, MEANINGS, NEXT
from weft.web.soon import soon


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


HANDLERS = [several, one]
