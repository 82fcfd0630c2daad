"""Objections to guardrails over HTTP."""

from __future__ import annotations

from datetime import datetime

from litestar import get, post
from litestar.di import NamedDependency

from weft.app.framework import challenges
from weft.app.framework.challenges import Hearing, Objection, Reply
from weft.app.views import View
from weft.core.framework.challenges import Challenge
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.web.params import Idempotency, Key, Word


@get("/challenges", sync_to_thread=True, operation="look")
def several(
    view: NamedDependency[View], now: NamedDependency[datetime], guardrail: Word = ""
) -> list[Hearing]:
    """List objections with their state, those that wait for an answer first."""
    return challenges.challenges(view, now, guardrail)


@get("/challenges/{name:str}", sync_to_thread=True, operation="look")
def one(
    view: NamedDependency[View], now: NamedDependency[datetime], name: Key
) -> Hearing:
    """Give one objection and how it stands now."""
    return challenges.challenge(view, name, now)


@post("/challenges", sync_to_thread=True, operation="challenge.raise")
def raise_(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Objection],
    now: NamedDependency[datetime],
    idempotency_key: Idempotency = "",
) -> Challenge:
    """Object to a guardrail; its owner has to answer by a day, which is told."""
    return challenges.raise_(desk, actor, sent, now, idempotency_key)


@post(
    "/challenges/{name:str}/join",
    status_code=200,
    sync_to_thread=True,
    operation="challenge.join",
)
def join(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    name: Key,
    idempotency_key: Idempotency = "",
) -> Challenge:
    """Stand behind an objection that another has raised."""
    return challenges.join(desk, actor, name, at=now, key=idempotency_key)


@post(
    "/challenges/{name:str}/answer",
    status_code=200,
    sync_to_thread=True,
    operation="challenge.answer",
)
def answer(
    *,
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Reply],
    now: NamedDependency[datetime],
    name: Key,
    idempotency_key: Idempotency = "",
) -> Challenge:
    """Answer an objection, in the role that owns the guardrail."""
    return challenges.answer(desk, actor, name, sent, at=now, key=idempotency_key)


@post(
    "/challenges/{name:str}/withdraw",
    status_code=200,
    sync_to_thread=True,
    operation="challenge.withdraw",
)
def withdraw(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    name: Key,
    idempotency_key: Idempotency = "",
) -> Challenge:
    """Step back from an objection; it ends once nobody stands behind it."""
    return challenges.withdraw(desk, actor, name, at=now, key=idempotency_key)


HANDLERS = [several, one, raise_, join, answer, withdraw]
