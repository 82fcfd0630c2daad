"""Profit and loss on a page: of the firm, and of one mission or platform."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from weft.app.money import looking
from weft.core.money.postings import UNMAPPED
from weft.web.context import Html, Page
from weft.web.pages.paging import part
from weft.web.soon import soon

MONTHS = 3
SHOWN = 20
"""So many missions are one page."""


def last(page: Page) -> str:
    """Give the month asked for; empty for the latest of which anything is posted."""
    return page.month if page.call.query_params.get("month") else ""


@get("/pl", sync_to_thread=True, operation="money")
@soon
def whole(page: NamedDependency[Page], n: FromQuery[int] = 1) -> Html:
    """Show what the firm costs and brings, and each mission in it."""
    months = looking.months_to(page.view, last(page), MONTHS)
    found = looking.firm_statement(page.desk, page.view, months)
    shown, paging = part(found.missions, n, SHOWN, month=last(page))
    return page.show(
        "pl.html",
        found=found,
        statement=found.whole,
        missions=shown,
        paging=paging,
        months=months,
    )


@get("/pl/{key:str}", sync_to_thread=True, operation="money")
@soon
def one(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show what one mission costs and brings; each figure leads to its postings."""
    name = UNMAPPED if key == "unmapped" else key
    months = looking.months_to(page.view, last(page), MONTHS)
    found = looking.statement(page.desk, page.view, name, months)
    return page.show(
        "pl-mission.html",
        statement=found,
        mission=page.view.firm.missions.get(key),
        twice=looking.twice(page.desk, page.view, months, name),
        months=months,
    )


HANDLERS = [whole, one]
