"""Hooks: which tools may report deliveries, and what they report."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from weft.app.delivering.bringing import Brought, bring
from weft.app.permissions import permit
from weft.core.delivering.deliveries import Format
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import Name
from weft.interop.deliveries import Call, check_genuine, deliveries_in
from weft.store.desk import Desk
from weft.store.hooks import Hook


class Adding(Record, frozen=True, kw_only=True):
    """A hook to add: its name, which is part of its address, and the tool's words."""

    name: Name
    format: Format


class Added(Record, frozen=True, kw_only=True):
    """A hook with its secret and address: this is the only time that it is told."""

    hook: Hook
    secret: str
    address: str


def hooks(desk: Desk, actor: Actor) -> list[Hook]:
    """List the hooks."""
    permit(desk.firm(), actor, "accounts")
    return desk.hooks.all()


def add(desk: Desk, actor: Actor, wanted: Adding, at: datetime) -> Added:
    """Add a hook; its secret is told in the answer and never again."""
    permit(desk.firm(), actor, "accounts")
    hook, secret = desk.hooks.add(wanted.name, wanted.format, actor.person, at)
    return Added(hook=hook, secret=secret, address=f"/api/hooks/{hook.name}")


def drop(desk: Desk, actor: Actor, name: str) -> None:
    """Take a hook away."""
    permit(desk.firm(), actor, "accounts")
    desk.hooks.drop(name)


def receive(
    desk: Desk, name: str, headers: Mapping[str, str], body: bytes, at: datetime
) -> Brought:
    """Take in what a tool reports, if it proves that it has the secret of its hook.

    headers: by name in lower case. A call that comes again, by the tool's own number of
    it or by what it says, has no second effect. Whoever has no secret is told the same
    whether there is such a hook or not.
    """
    found = desk.hooks.secret(name)
    form: Format = found[0].format if found else "cdevents"
    call = Call(format=form, headers=headers, body=body)
    check_genuine(call, found[1] if found else secrets.token_urlsafe(32))
    told = deliveries_in(call, name)
    tool = Actor(person=f"hook.{name}"[:80])
    return bring(desk, tool, told, at, key=call.number[:200], intent=body, note=name)
