"""Who calls: whether they may come in, and as whom, told before any handler runs.

Litestar's own word for this is a guard; it copies the whole handler for each of
them in each call, which cost a quarter of an Answer. So it is done before the
request, and operations.py sees to it that no handler does without.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, cast

from litestar import Request as Call

from weft.app import accounts
from weft.core.roles import Actor
from weft.errors import Malformed, SignInNeeded, Where
from weft.store.desk import Desk
from weft.web.security import check_site
from weft.web.settings import Settings

SESSION = "weft-session"
ACT_AS = "weft-act-as"
_OWNER = Actor(person="owner", owner=True)
OPEN = "sign-in"
"""The one operation for which nobody has to be signed in."""

AnyCall = Call[Any, Any, Any]


async def enter(call: AnyCall) -> None:
    """Let a call in, tell who acts, and stop whoever has to sign in first."""
    settings: Settings = call.app.state.settings
    headers = _headers(call)
    check_site(settings, call.method, headers)
    _check_address(call)
    actor = await _find(call, settings, headers.get("authorization", ""))
    call.scope["weft_actor"] = actor  # type: ignore[typeddict-unknown-key]
    if actor is None and call.route_handler.opt.get("operation", OPEN) != OPEN:
        raise SignInNeeded(
            "Nobody is signed in.",
            do="Sign in, or send an API token: Authorization: Bearer ...",
        )


_HEADERS = frozenset({b"host", b"origin", b"sec-fetch-site", b"authorization"})


def _headers(call: AnyCall) -> Mapping[str, str]:
    """Read the headers once; each of those that count here may come once."""
    given = [(k, v) for k, v in call.scope["headers"] if k in _HEADERS]
    found = {k.decode("latin-1"): v.decode("latin-1") for k, v in given}
    if len(found) != len(given):
        raise Malformed(
            "A header comes twice.",
            do="Send each of host, origin and authorization once.",
            where=Where("header"),
        )
    return found


def _check_address(call: AnyCall) -> None:
    """Refuse an address with NUL in it, which no store can look up."""
    if "\0" in call.scope["path"] or b"%00" in call.scope["query_string"]:
        raise Malformed(
            "The address holds the character NUL.",
            do="Leave it out.",
            where=Where("address"),
        )


async def _find(call: AnyCall, settings: Settings, authorization: str) -> Actor | None:
    """Give who acts by a token, by a session or as this machine's owner."""
    scheme, _, token = authorization.partition(" ")
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
    session = _cookie(call, SESSION)
    return await _known(call, session) if session else None


def acting(call: AnyCall) -> Actor | None:
    """Give who was found to act in this call; nobody where nobody is signed in."""
    return cast("Actor | None", call.scope.get("weft_actor"))


def actor(request: AnyCall) -> Actor:
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


def _cookie(call: AnyCall, name: str) -> str:
    """Give a cookie; programs send none, and are not kept waiting for reading them."""
    if any(header == b"cookie" for header, _ in call.scope["headers"]):
        return call.cookies.get(name, "")
    return ""


def _owner_or_person(call: AnyCall) -> Actor:
    """Give the owner of this machine, or the person that the owner acts as."""
    desk: Desk = call.app.state.desk
    person = _cookie(call, ACT_AS)
    if person and person in desk.firm().people:
        return Actor(person=person)
    return _OWNER
