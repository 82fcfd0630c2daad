"""Rego over HTTP: our guardrails in it, and policies of others asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency

from weft.app.framework import policies
from weft.app.framework.policies import Module, Policy, Ruled, Taken
from weft.app.views import View, look
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.web.params import Flag, Idempotency, Key


@get("/rego", sync_to_thread=True, media_type="text/plain", operation="look")
def export(view: NamedDependency[View], now: NamedDependency[datetime]) -> str:
    """Give the guardrails in force as a module in Rego."""
    return policies.module(view, now)


@get("/rego/input/{asset:str}", sync_to_thread=True, operation="look")
def document(
    view: NamedDependency[View], now: NamedDependency[datetime], asset: Key
) -> dict[str, Any]:
    """Give what such a module is to be given as `input` for an asset as it stands."""
    return policies.document(view, asset, now)


@post("/rego", status_code=200, sync_to_thread=True, operation="change")
def take_in(
    *,
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Module],
    now: NamedDependency[datetime],
    dry_run: Flag = False,
    idempotency_key: Idempotency = "",
) -> Taken:
    """Put the guardrails of a module that Weft has written back in their place."""
    view = look(desk, actor)
    return policies.take_in(
        desk, view, sent.text, at=now, dry_run=dry_run, key=idempotency_key
    )


@post("/rego/ask", status_code=200, sync_to_thread=True, operation="policy")
def ask(
    *,
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Policy],
    now: NamedDependency[datetime],
    dry_run: Flag = False,
    idempotency_key: Idempotency = "",
) -> Ruled:
    """Ask a policy about every asset, and keep its answers as a property of each.

    It runs in a process of its own, for five seconds and in 512 MiB for each asset at
    most. What it cannot say is not known, and what it said before is then taken out.
    """
    view = look(desk, actor)
    found = tuple(policies.rulings(desk, view, sent, now))
    if dry_run:
        return Ruled(property=sent.property, rulings=found)
    return policies.keep(desk, view, sent, found, at=now, key=idempotency_key)


HANDLERS = [export, document, take_in, ask]
