"""Waivers over HTTP."""

from __future__ import annotations

from datetime import datetime

from litestar import get, post
from litestar.di import NamedDependency

from weft.app import waivers
from weft.app.views import View
from weft.app.waivers import Standing, Wish
from weft.core.guardrails import Waiver
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import Text
from weft.store.desk import Desk
from weft.web.params import Idempotency, Key


class Why(Record, frozen=True, kw_only=True):
    """The reason for which a waiver is refused or ended."""

    why: Text


@get("/waivers", sync_to_thread=True, operation="look")
def several(
    view: NamedDependency[View], now: NamedDependency[datetime]
) -> list[Standing]:
    """List all waivers with their state, those that end first at the top."""
    return waivers.waivers(view, now)


@get("/waivers/{name:str}", sync_to_thread=True, operation="look")
def one(
    view: NamedDependency[View], now: NamedDependency[datetime], name: Key
) -> Standing:
    """Give one waiver and how it stands now."""
    return waivers.waiver(view, name, now)


@post("/waivers", sync_to_thread=True, operation="waiver.ask")
def ask(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Wish],
    now: NamedDependency[datetime],
    idempotency_key: Idempotency = "",
) -> Waiver:
    """Ask for a waiver; it counts once another has granted it."""
    return waivers.ask(desk, actor, sent, now, idempotency_key)


@post(
    "/waivers/{name:str}/grant",
    status_code=200,
    sync_to_thread=True,
    operation="waiver.decide",
)
def grant(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    name: Key,
    idempotency_key: Idempotency = "",
) -> Waiver:
    """Grant a waiver that another has asked for."""
    return waivers.grant(desk, actor, name, at=now, key=idempotency_key)


@post(
    "/waivers/{name:str}/refuse",
    status_code=200,
    sync_to_thread=True,
    operation="waiver.decide",
)
def refuse(
    *,
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Why],
    now: NamedDependency[datetime],
    name: Key,
    idempotency_key: Idempotency = "",
) -> Waiver:
    """Refuse a waiver that another has asked for, and say why."""
    return waivers.refuse(desk, actor, name, sent.why, at=now, key=idempotency_key)


@post(
    "/waivers/{name:str}/revoke",
    status_code=200,
    sync_to_thread=True,
    operation="waiver.end",
)
def revoke(
    *,
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Why],
    now: NamedDependency[datetime],
    name: Key,
    idempotency_key: Idempotency = "",
) -> Waiver:
    """End a waiver before its day: it is given back, or taken back."""
    return waivers.revoke(desk, actor, name, sent.why, at=now, key=idempotency_key)


HANDLERS = [several, one, ask, grant, refuse, revoke]
