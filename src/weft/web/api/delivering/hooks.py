"""Hooks over HTTP: which tools may report, and the address they report to."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from litestar import Request as Call
from litestar import delete, get, post
from litestar.di import NamedDependency

from weft.app.delivering import hooks
from weft.app.delivering.bringing import Brought
from weft.app.delivering.hooks import Added, Adding
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.store.hooks import Hook
from weft.web.params import Named

MOST_EVENT = 25 * 1024 * 1024
"""The largest that GitHub sends; others send less."""


@get("/hooks", sync_to_thread=True, operation="accounts")
def several(desk: NamedDependency[Desk], actor: NamedDependency[Actor]) -> list[Hook]:
    """List the tools that may report deliveries, without their secrets."""
    return hooks.hooks(desk, actor)


@post("/hooks", status_code=201, sync_to_thread=True, operation="accounts")
def add(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    sent: NamedDependency[Adding],
) -> Added:
    """Add a hook; its secret is told in this answer and never again."""
    return hooks.add(desk, actor, sent, now)


@delete("/hooks/{name:str}", sync_to_thread=True, operation="accounts")
def drop(
    desk: NamedDependency[Desk], actor: NamedDependency[Actor], name: Named
) -> None:
    """Take a hook away: its secret proves nothing any more."""
    hooks.drop(desk, actor, name)


@post(
    "/hooks/{name:str}",
    status_code=200,
    request_max_body_size=MOST_EVENT,
    operation="sign-in",
)
async def receive(
    request: Call[Any, Any, Any],
    desk: NamedDependency[Desk],
    now: NamedDependency[datetime],
    name: Named,
) -> Brought:
    """Take in what a tool reports; its signature or token proves where it is from."""
    headers = {key.lower(): value for key, value in request.headers.items()}
    body = await request.body()
    return await asyncio.to_thread(hooks.receive, desk, name, headers, body, now)


HANDLERS = [several, add, drop, receive]
