"""Requests over HTTP: "may we?", and the decisions on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request as Call
from litestar import get, post
from litestar.di import NamedDependency

from weft.app import requests
from weft.app.requests import Answer, Explained, Replay
from weft.app.views import View
from weft.core.records import show
from weft.core.requests import Request
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.web.actors import actor as who
from weft.web.params import LAST, Before, Idempotency, Most, Number, Word


@post("/requests", status_code=200, operation="ask")
async def ask(
    request: Call[Any, Any, Any],
    sent: NamedDependency[Request],
    idempotency_key: Idempotency = "",
) -> Answer:
    """Decide at once and put it on record: 200 for a yes and for a no.

    It waits for the disk without a thread of its own, so that all who ask at the
    same time share one commit.
    """
    desk, actor = request.app.state.desk, who(request)
    now = request.app.state.settings.clock()
    entry = await request.app.state.replies.of(
        desk.submit(
            requests.asking(actor, sent, now),
            at=now,
            actor=actor,
            key=idempotency_key,
            intent=show(sent).encode() if idempotency_key else b"",
        )
    )
    return requests.answer_in(entry)


@post("/requests/try", status_code=200, sync_to_thread=True, operation="ask")
def try_out(
    sent: NamedDependency[Request],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
) -> Explained:
    """Tell what the answer would be, on a draft too; nothing is kept: number 0."""
    return requests.tried(view.firm, view.actor, sent, now)


@get("/decisions", sync_to_thread=True, operation="look")
def decisions(
    *,
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    most: Most = 50,
    before: Before = LAST,
    mission: Word = "",
    verdict: Word = "",
) -> list[Answer]:
    """List decisions, the newest first."""
    return requests.decisions(
        desk, actor, most=most, before=before, mission=mission, verdict=verdict
    )


@get("/decisions/{number:int}", sync_to_thread=True, operation="look")
def decision(
    desk: NamedDependency[Desk], actor: NamedDependency[Actor], number: Number
) -> Explained:
    """Give one decision with all that it rests on.

    Where no change turns a no into a yes, `core` has what cannot be met together.
    """
    return requests.explained(desk, requests.answer(desk, actor, number))


@get("/decisions/{number:int}/replay", sync_to_thread=True, operation="look")
def replay(
    desk: NamedDependency[Desk], actor: NamedDependency[Actor], number: Number
) -> Replay:
    """Judge a past request again, on the firm of that moment."""
    return requests.replay(desk, actor, number)


HANDLERS = [ask, try_out, decisions, decision, replay]
