"""Accounts over HTTP: who may sign in, and the tokens of programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import get, post
from litestar.di import NamedDependency
from msgspec import Meta

from weft.app import accounts
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import Line, Name
from weft.store.accounts import Account, Token
from weft.store.desk import Desk
from weft.web.params import Key
from weft.web.settings import Settings


class Opening(Record, frozen=True, kw_only=True):
    """An account to open; `person` ties it to somebody in the firm."""

    name: Name
    password: Annotated[str, Meta(min_length=10, max_length=200)]
    person: Name | None = None
    owner: bool = False


class Making(Record, frozen=True, kw_only=True):
    """A token to make: what for, and for how many days."""

    title: Line
    days: Annotated[int, Meta(ge=1, le=366)] = 90


class Made(Record, frozen=True, kw_only=True):
    """A token, with its secret: this is the only time that it is told."""

    token: Token
    secret: str


class Me(Record, frozen=True, kw_only=True):
    """Who acts in this call, and whether anybody signs in here at all."""

    actor: Actor
    signed_in: bool


@get("/me", sync_to_thread=False, operation="look")
def me(actor: NamedDependency[Actor], settings: NamedDependency[Settings]) -> Me:
    """Tell who you are to Weft."""
    return Me(actor=actor, signed_in=not settings.single)


@get("/accounts", sync_to_thread=True, operation="accounts")
def several(
    desk: NamedDependency[Desk], actor: NamedDependency[Actor]
) -> list[Account]:
    """List the accounts."""
    return accounts.accounts(desk, actor)


@post("/accounts", sync_to_thread=True, operation="accounts")
def add(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Opening],
    now: NamedDependency[datetime],
) -> Account:
    """Open an account."""
    return accounts.add(
        desk,
        actor,
        sent.name,
        sent.password,
        at=now,
        person=sent.person or "",
        owner=sent.owner,
    )


@post("/accounts/{name:str}/tokens", sync_to_thread=True, operation="accounts")
def token(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Making],
    now: NamedDependency[datetime],
    name: Key,
) -> Made:
    """Make an API token for an account; its secret is told this once."""
    made, secret = accounts.token(desk, actor, name, sent.title, at=now, days=sent.days)
    return Made(token=made, secret=secret)


HANDLERS = [me, several, add, token]
