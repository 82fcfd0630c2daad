"""The form in which a mission asks "may we?", filled in by choosing words."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect, Response

from weft.app import requests
from weft.app.permissions import OPERATIONS
from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.missions import Mission
from weft.core.records import read_json
from weft.core.requests import Request
from weft.errors import InputError
from weft.web.context import Html, Page
from weft.web.pages.asking.fields import addable, fields
from weft.web.pages.asking.reading import Filled, filled
from weft.web.pages.choices import matching

MOST_SHOWN = 12
"""So many things are offered at once; typing a word narrows them down."""
FEW_MISSIONS = 40
"""Up to so many missions are listed; of more those that are called as was typed."""
MORE = "more"
"""What a form asks for in the place of an answer: room for something more."""
Form = URLEncodedBody[dict[str, Any]]


@get("/ask", sync_to_thread=True, operation="look", any_query=True)
def form(page: NamedDependency[Page], again: FromQuery[int] = 0) -> Html:
    """Show the form: first who asks for what, then what is asked about it."""
    if again:
        earlier = requests.answer(page.desk, page.actor, again).decision.request
        return _form(page, Filled.of(earlier))
    return _form(page, filled(page.view.firm, _query(page)))


@post("/ask", sync_to_thread=True, operation="ask")
def ask(page: NamedDependency[Page], data: Form) -> Response[Any]:
    """Decide at once, and go to the answer; or show what is wrong with the form."""
    told = filled(page.view.firm, data)
    if told.step == MORE:
        return _form(page, told)
    try:
        request = told.request()
        answer = requests.ask(
            page.desk, page.actor, request, page.now, key=told.key(request)
        )
    except InputError as error:
        return _form(page, told, error)
    return Redirect(f"/decisions/{answer.number}", status_code=303)


@post("/ask/again", sync_to_thread=True, operation="ask")
def again(page: NamedDependency[Page], data: Form) -> Redirect:
    """Ask once more with a change that an earlier answer has proposed."""
    request = read_json(Request, str(data.get("request", "")), "form")
    answer = requests.ask(page.desk, page.actor, request, page.now)
    return Redirect(f"/decisions/{answer.number}", status_code=303)


def _form(page: Page, told: Filled, error: InputError | None = None) -> Html:
    """Show the form with what is filled in so far."""
    firm = page.view.firm
    act, asset = firm.acts.get(told.act), firm.assets.get(told.asset)
    wrong, rest = _errors(error)
    missions, asking = _missions(page, told)
    ready = act is not None and told.mission in firm.missions and told.step != "1"
    shown = (
        fields(
            firm,
            act,
            values=told.values,
            extra=told.extra,
            asset=asset,
            errors=wrong,
        )
        if ready and act is not None
        else []
    )
    return page.show(
        "ask.html",
        status=error.http_status if error else 200,
        told=told,
        nonce=secrets.token_hex(16),
        act=act,
        subject=asset,
        ready=ready,
        fields=shown,
        more=addable(firm, shown),
        problems=rest,
        missions=missions,
        asking=asking,
        acts=sorted(firm.acts.values(), key=lambda a: a.title),
        assets=_assets(firm, told),
    )


def _missions(page: Page, told: Filled) -> tuple[list[Mission], int]:
    """Give the missions to choose from, and how many the actor may ask for."""
    firm, lacks = page.view.firm, OPERATIONS["ask"].lacks
    may = [m for m in firm.missions.values() if not lacks(firm, page.actor, m.id)]
    may.sort(key=lambda m: m.title)
    if len(may) <= FEW_MISSIONS:
        return may, len(may)
    found = [m for m in may if matching(told.who, m.title)][:FEW_MISSIONS]
    chosen = [m for m in may if m.id == told.mission and m not in found]
    return [*chosen, *found], len(may)


def _assets(firm: Firm, told: Filled) -> list[Asset]:
    """Give the things that may be meant: those of the mission, or found by words."""
    found = [
        a
        for a in firm.assets.values()
        if (matching(told.q, a.title) if told.q else a.mission == told.mission)
    ]
    chosen = firm.assets.get(told.asset)
    if chosen is not None and chosen not in found:
        found.append(chosen)
    return sorted(found, key=lambda a: (a.id != told.asset, a.title))[:MOST_SHOWN]


def _errors(error: InputError | None) -> tuple[Mapping[str, str], list[InputError]]:
    """Sort what is wrong into what belongs to a field, and the rest."""
    if error is None:
        return {}, []
    by_field, rest = {}, []
    for each in error.problems:
        path = str(each.where.path)
        name = path.removeprefix("$.properties.").partition("[")[0]
        if name != path:
            by_field[name] = f"{each.what} {each.do}"
        else:
            rest.append(each)
    return by_field, rest


def _query(page: Page) -> Mapping[str, Any]:
    """Give the address's own form, where a name may come more than once."""
    query = page.call.query_params
    return {k: query.getall(k) if len(query.getall(k)) > 1 else query[k] for k in query}


HANDLERS = [form, ask, again]
