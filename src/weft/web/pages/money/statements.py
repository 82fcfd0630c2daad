"""Profit and loss on a page: of the firm, and of one mission or platform."""

from __future__ import annotations

from typing import get_args

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from weft.app.money import looking, purposes
from weft.app.permissions import OPERATIONS
from weft.core.money.postings import UNMAPPED
from weft.core.money.purpose import Cost, Purpose
from weft.core.records import read_texts
from weft.engines.funding.ledger import SHARES, TITLES
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
        shares=SHARES,
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
        shares=SHARES,
        said=looking.said_of(page.view, key),
        cost_titles={each: TITLES[each] for each in get_args(Cost)},
        may=page.view.now and key in page.view.firm.missions and _may_say(page, key),
    )


@post("/pl/{key:str}/purpose", sync_to_thread=True, operation="money.purpose")
def say(
    page: NamedDependency[Page],
    key: FromPath[str],
    data: URLEncodedBody[dict[str, str]],
) -> Redirect:
    """Say what the spending of a mission is for."""
    told = {k: v.strip() for k, v in data.items() if k in Purpose.__struct_fields__}
    told = {k: v for k, v in told.items() if v} | {"mission": key}
    purposes.say(page.desk, page.actor, read_texts(Purpose, told), page.now)
    return Redirect(f"/pl/{key}", status_code=303)


def _may_say(page: Page, key: str) -> bool:
    lacks = OPERATIONS["money.purpose"].lacks
    return not lacks(page.desk.firm(), page.actor, key)


HANDLERS = [whole, one, say]
