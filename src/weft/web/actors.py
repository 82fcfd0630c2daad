"""Who acts: told in one place, before any handler runs."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from litestar import Request as Call
from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from weft.app import accounts
from weft.core.roles import Actor
from weft.errors import SignInNeeded
from weft.store.desk import Desk
from weft.web.settings import Settings

SESSION = "weft-session"
ACT_AS = "weft-act-as"
OPEN = "sign-in"
"""The one operation for which nobody has to be signed in."""

AnyCall = ASGIConnection[Any, Any, Any, Any]


async def admit(call: AnyCall, handler: BaseRouteHandler) -> None:
    """Tell who acts, and stop whoever has to sign in first."""
    actor = await find(call)
    call.scope["weft_actor"] = actor  # type: ignore[typeddict-unknown-key]
    if actor is None and handler.opt.get("operation", OPEN) != OPEN:
        raise SignInNeeded(
            "Nobody is signed in.",
            do="Sign in, or send an API token: Authorization: Bearer ...",
        )


async def find(call: AnyCall) -> Actor | None:
    """Give who acts by a token, by a session or as this machine's owner."""
    settings: Settings = call.app.state.settings
    scheme, _, token = call.headers.get("authorization", "").partition(" ")
    if scheme:
        actor = (
            await _known(call, token.strip()) if scheme.lower() == "bearer" else None
        )
        if actor is None:
            raise SignInNeeded(
                "This API token is not valid, or not any more.",
                do="Make a new one: weft account token NAME.",
            )
        return actor
    if settings.single:
        return _owner_or_person(call)
    session = call.cookies.get(SESSION, "")
    return await _known(call, session) if session else None


def acting(call: Call[Any, Any, Any]) -> Actor | None:
    """Give who was found to act in this call; nobody where nobody is signed in."""
    return cast("Actor | None", call.scope.get("weft_actor"))


def actor(request: Call[Any, Any, Any]) -> Actor:
    """Give who acts, to a handler for which somebody has to."""
    found = acting(request)
    if found is None:
        raise SignInNeeded("Nobody is signed in.", do="Sign in.")
    return found


async def _known(call: AnyCall, secret: str) -> Actor | None:
    """Look a secret up, beside the loop: the store may have to read for it."""
    desk: Desk = call.app.state.desk
    now = call.app.state.settings.clock()
    return await asyncio.to_thread(accounts.actor_of, desk, secret, now)


def _owner_or_person(call: AnyCall) -> Actor:
    """Give the owner of this machine, or the person that the owner acts as."""
    desk: Desk = call.app.state.desk
    person = call.cookies.get(ACT_AS, "")
    if person and person in desk.firm().people:
        return Actor(person=person)
    return Actor(person="owner", owner=True)
