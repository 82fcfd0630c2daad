"""The waivers: all of them by how they stand, and the deeds on one."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import get_args

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from weft.app import requests, waivers
from weft.app.permissions import OPERATIONS
from weft.app.waivers import Wish
from weft.core.guardrails import WaiverWord
from weft.core.records import read_texts
from weft.core.requests import Decision, Offer
from weft.engines.guardrails import approver
from weft.errors import InputError, UnknownName, Where
from weft.web.context import Html, Page
from weft.web.pages.framework.forms import Asked

Form = URLEncodedBody[dict[str, str]]
_OPEN = {"asked", "scheduled", "live"}


@get("/waivers", sync_to_thread=True, operation="look")
def several(page: NamedDependency[Page], stands: FromQuery[str] = "") -> Html:
    """List the waivers: what waits or holds at the top, what ends first before."""
    every = waivers.waivers(page.view, page.now)
    every.sort(key=lambda standing: standing.state.state not in _OPEN)
    counts = dict.fromkeys(get_args(WaiverWord), 0)
    for standing in every:
        counts[standing.state.state] += 1
    shown = [s for s in every if not stands or s.state.state == stands]
    return page.show(
        "waivers.html",
        standings=shown,
        counts={word: count for word, count in counts.items() if count},
        total=len(every),
        stands=stands,
    )


@get("/waivers/{key:str}", sync_to_thread=True, operation="look")
def one(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show one waiver, and what the one who looks may do with it."""
    standing = waivers.waiver(page.view, key, page.now)
    firm, waiver = page.view.firm, standing.waiver
    guardrail = firm.guardrails.get(waiver.guardrail)
    role = firm.roles.get(approver(guardrail)) if guardrail else None
    return page.show(
        "waiver.html",
        waiver=waiver,
        state=standing.state,
        guardrail=guardrail,
        role=role,
        cannot_decide=OPERATIONS["waiver.decide"].lacks(firm, page.actor, key),
        cannot_end=OPERATIONS["waiver.end"].lacks(firm, page.actor, key),
        renewed_by=[w for w in firm.waivers.values() if w.renews == key],
    )


@post("/waivers", sync_to_thread=True, operation="waiver.ask")
def ask(page: NamedDependency[Page], data: Form) -> Redirect:
    """Ask for the waiver that a decision offers."""
    asked = read_texts(Asked, {k: v for k, v in data.items() if k in Asked.names()})
    decision = requests.answer(page.desk, page.actor, asked.decision).decision
    offer = _offer(decision, asked.guardrail)
    wish = Wish(
        guardrail=asked.guardrail,
        mission=decision.request.mission,
        asset=decision.request.asset,
        covers=offer.covers,
        reason=asked.reason,
        measure=asked.measure,
        until=end_of(asked, offer, page.now),
        decision=asked.decision,
    )
    waiver = waivers.ask(page.desk, page.actor, wish, page.now)
    return Redirect(f"/waivers/{waiver.id}", status_code=303)


@post("/waivers/{key:str}/grant", sync_to_thread=True, operation="waiver.decide")
def grant(page: NamedDependency[Page], key: FromPath[str]) -> Redirect:
    """Grant a waiver that another has asked for."""
    waivers.grant(page.desk, page.actor, key, at=page.now)
    return Redirect(f"/waivers/{key}", status_code=303)


@post("/waivers/{key:str}/refuse", sync_to_thread=True, operation="waiver.decide")
def refuse(page: NamedDependency[Page], key: FromPath[str], data: Form) -> Redirect:
    """Refuse a waiver, and say why."""
    waivers.refuse(page.desk, page.actor, key, _why(data), at=page.now)
    return Redirect(f"/waivers/{key}", status_code=303)


@post("/waivers/{key:str}/revoke", sync_to_thread=True, operation="waiver.end")
def revoke(page: NamedDependency[Page], key: FromPath[str], data: Form) -> Redirect:
    """End a waiver before its day."""
    waivers.revoke(page.desk, page.actor, key, _why(data), at=page.now)
    return Redirect(f"/waivers/{key}", status_code=303)


def end_of(asked: Asked, offer: Offer, now: datetime) -> datetime:
    """Give the end of the last day that was asked for, within what is offered."""
    last = datetime.combine(asked.until, time(23, 59, 59), UTC)
    if last <= now:
        raise InputError(
            "A waiver has to end after today.",
            do="Give the last day on which you need it.",
            where=Where(path="until"),
        )
    return min(last, offer.latest) if asked.until == offer.latest.date() else last


def _offer(decision: Decision, guardrail: str) -> Offer:
    """Find what a decision offers for one guardrail."""
    for offer in decision.offers:
        if offer.guardrail == guardrail:
            return offer
    raise UnknownName(
        "waiver on offer", guardrail, (o.guardrail for o in decision.offers)
    )


def _why(data: dict[str, str]) -> str:
    """Give the reason that a form has to bring."""
    if why := data.get("why", "").strip():
        return why
    raise InputError(
        "Nothing says why.",
        do="Give the reason in a sentence.",
        where=Where(path="why"),
    )


HANDLERS = [several, one, ask, grant, refuse, revoke]
