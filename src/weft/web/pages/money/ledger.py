"""The ledger on pages: where money goes, what is behind a figure, what is unmapped."""

from __future__ import annotations

from datetime import timedelta

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect

from weft.app.money import accepting, looking
from weft.app.money.accepting import Accepting
from weft.app.money.asking import month_of
from weft.app.permissions import OPERATIONS
from weft.core.records import read_texts
from weft.engines.funding.ledger import in_all
from weft.web.context import Html, Page
from weft.web.pages.money.sankey import sankey
from weft.web.pages.money.statements import last
from weft.web.soon import soon

MOST_ROWS = 200


@get("/money", sync_to_thread=True, operation="money")
@soon
def flow(page: NamedDependency[Page]) -> Html:
    """Show where the money of a quarter goes: funds, missions, what it bought."""
    months = looking.months_to(page.view, last(page), 3)
    found = looking.flow(page.desk, page.view, months)
    funds = {key: fund.title for key, fund in page.view.firm.funds.items()}
    missions = {key: each.title for key, each in page.view.firm.missions.items()}
    return page.show(
        "money.html",
        flow=found,
        drawing=sankey(found, funds, missions),
        bookings=looking.bookings(page.view),
        months=months,
    )


@get("/money/behind", sync_to_thread=True, operation="money")
@soon
def behind(page: NamedDependency[Page], account: FromQuery[str]) -> Html:
    """Show the postings behind a figure, and the source rows behind those."""
    month = month_of(page.month)
    found = looking.behind(page.desk, page.view, account, month)
    rows = looking.source_rows(page.desk, page.view, account, month, MOST_ROWS + 1)
    return page.show(
        "money-behind.html",
        account=account,
        postings=found,
        rows=rows[:MOST_ROWS],
        more=len(rows) > MOST_ROWS,
    )


@get("/money/unmapped", sync_to_thread=True, operation="money")
@soon
def unmapped(page: NamedDependency[Page]) -> Html:
    """Show the costs that have no mission, with the rules that map."""
    rules = sorted(
        page.view.firm.cost_rules.values(), key=lambda rule: (rule.rank, rule.id)
    )
    return page.show(
        "money-unmapped.html", bookings=looking.unmapped(page.view), rules=rules
    )


@get("/redundancies", sync_to_thread=True, operation="money")
@soon
def redundancies(page: NamedDependency[Page]) -> Html:
    """Show what is bought or built more than once, priced, accepted or not."""
    found = looking.redundancies(page.view, page.now)
    whole = in_all(found, looking.currency(page.view))
    firm = page.desk.firm()
    return page.show(
        "redundancies.html",
        found=found,
        whole=whole,
        roles=sorted(firm.roles.items(), key=lambda item: item[1].title),
        may=page.view.now and not OPERATIONS["money.book"].lacks(firm, page.actor, ""),
        year_on=page.now.date() + timedelta(days=365),
    )


@post("/redundancies", sync_to_thread=True, operation="money.book")
def accept(
    page: NamedDependency[Page], data: URLEncodedBody[dict[str, str]]
) -> Redirect:
    """Accept what is there twice, up to a limit and until a day."""
    told = {k: v.strip() for k, v in data.items() if k in Accepting.__struct_fields__}
    accepting.accept(page.desk, page.actor, read_texts(Accepting, told), page.now)
    return Redirect("/redundancies", status_code=303)


HANDLERS = [flow, behind, unmapped, redundancies, accept]
