"""Pages of the funds: what each has and brought, asks, and how promises were kept."""

from __future__ import annotations

from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from weft.app.funding import asking, looking, monthly
from weft.app.funding.asking import Asking, Granting
from weft.app.funding.looking import FundState
from weft.app.permissions import OPERATIONS
from weft.core.funding.ask import PROMISE, SENTENCE, paper
from weft.core.funding.fund import Fund
from weft.core.funding.months import after
from weft.core.records import read_texts
from weft.core.scalars import amount, minor
from weft.engines.funding.rounds import Standing
from weft.web.context import Html, Page
from weft.web.pages.filters import amount as written
from weft.web.pages.paging import part

SHOWN = 20
"""So many tranches are one page."""
Form = URLEncodedBody[dict[str, str]]


@get("/funds", sync_to_thread=True, operation="money")
def several(page: NamedDependency[Page]) -> Html:
    """List the funds: what each has, pays, and what came of it."""
    found = looking.funds(page.desk, page.view, page.month, page.now)
    return page.show("funds.html", funds=found)


@get("/funds/{key:str}", sync_to_thread=True, operation="money")
def one(page: NamedDependency[Page], key: FromPath[str], n: FromQuery[int] = 1) -> Html:
    """Show one fund: what was expected of each tranche and what came of it."""
    found = looking.fund(page.desk, page.view, key, page.month, page.now)
    firm = page.view.firm
    grants = OPERATIONS["money.grant"]
    month = page.month if page.call.query_params.get("month") else ""
    tranches, paging = part(sorted(found.tranches, key=_gap), n, SHOWN, month=month)
    return page.show(
        "fund.html",
        state=found,
        tranches=tranches,
        paging=paging,
        total=_total(found),
        around=(after(page.month, -1), after(page.month, 1)),
        may_grant=[
            a.id
            for a in found.asks
            if a.state == "open" and not grants.lacks(firm, page.actor, a.id)
        ],
        missions=asking.may_ask(firm, page.actor),
        next=after(f"{page.now:%Y-%m}", 1),
        paper=_paper(found.fund),
    )


@get("/funds/paid/{key:str}", sync_to_thread=True, operation="money")
def tranche(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show the months behind a tranche: paid, expected, came, on which evidence."""
    found = monthly.behind(page.desk, page.view, key, page.month, page.now)
    return page.show("tranche.html", found=found, fund=page.view.firm.funds[found.fund])


@post("/funds/ask", sync_to_thread=True, operation="money.ask")
def ask(page: NamedDependency[Page], data: Form) -> Redirect:
    """Ask for money out of a fund."""
    plain: dict[str, Any] = {
        name: text
        for name, text in data.items()
        if text and name in Asking.__struct_fields__
    }
    fund = page.view.firm.funds.get(data.get("fund", ""))
    if fund and plain.get("amount", "").replace(".", "", 1).isdigit():
        plain["amount"] = f"{plain['amount']} {fund.currency}"
    if fund and plain.get("expected", "").replace(".", "", 1).isdigit():
        plain["expected"] = f"{plain['expected']} {fund.currency}"
    if plain.get("bet"):
        plain["bet"] = True
    made = asking.ask(page.desk, page.actor, _asking(plain, data), page.now)
    return Redirect(f"/funds/{made.fund}#asks", status_code=303)


@post("/funds/answer", sync_to_thread=True, operation="money.grant")
def answer(page: NamedDependency[Page], data: Form) -> Redirect:
    """Grant an ask, or refuse it with the reason."""
    plain = {k: data.get(k, "") for k in ("ask", "answer", "why")}
    found = asking.answer(
        page.desk, page.actor, read_texts(Granting, plain, "form"), page.now
    )
    return Redirect(f"/funds/{found.fund}#asks", status_code=303)


@get("/forecasts", sync_to_thread=True, operation="money")
def forecasts(page: NamedDependency[Page], n: FromQuery[int] = 1) -> Html:
    """Show what was promised 6, 12 and 18 months ahead, against what came."""
    found = looking.kept(page.view, page.month)
    mine = asking.may_ask(page.view.firm, page.actor)
    month = page.month if page.call.query_params.get("month") else ""
    open_ = {
        each.currency: [told for told in each.forecasts if told.came is None]
        for each in found
    }
    aged = {
        currency: part(
            sorted((told for told in rows if told.age != "fresh"), key=_said),
            *(n, SHOWN),
            month=month,
        )
        for currency, rows in open_.items()
    }
    return page.show("forecasts.html", found=found, mine=mine, open=open_, aged=aged)


@post("/forecasts/confirm", sync_to_thread=True, operation="money.ask")
def confirm(page: NamedDependency[Page], data: Form) -> Redirect:
    """Say that a forecast still holds."""
    asking.confirm(page.desk, page.actor, data.get("forecast", ""), page.now)
    return Redirect("/forecasts", status_code=303)


def _said(told: looking.Told) -> tuple[str, str]:
    """Put first what was said longest ago."""
    return told.forecast.made, told.forecast.key


def _gap(row: Standing) -> tuple[bool, int]:
    """Put first what fell furthest behind, last that of which nothing is known."""
    return (row.gap is None or not row.known, minor(row.gap)[0] if row.gap else 0)


def _total(state: FundState) -> str:
    """Add up what the tranches that are listed were released."""
    money = sum(minor(row.released)[0] for row in state.tranches)
    return amount(money, state.fund.currency)


def _asking(plain: dict[str, Any], data: dict[str, str]) -> Asking:
    """Read the form; one assumption can be told on it, more over HTTP."""
    if data.get("assumption"):
        told = {"says": data["assumption"], "test": data.get("test", ""), "core": True}
        plain["assumptions"] = [told]
    return read_texts(Asking, plain, "form")


def _paper(fund: Fund) -> list[tuple[str, int]]:
    """Say from which amount on how many fields are asked for."""
    found = [("a sentence", len(SENTENCE))]
    if fund.small:
        told = f"from {written(fund.small)} on, a promise"
        found.append((told, len(SENTENCE + PROMISE)))
    if fund.large:
        told = f"from {written(fund.large)} on, its evidence"
        found.append((told, len(paper(fund, minor(fund.large)[0]))))
    return found


HANDLERS = [several, one, tranche, ask, answer, forecasts, confirm]
