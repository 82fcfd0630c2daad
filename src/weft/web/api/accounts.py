"""Accounts over HTTP: who may sign in, and the tokens of programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import delete, get, post, put
from litestar.di import NamedDependency
from msgspec import Meta

from weft.app import accounts
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import Line, Name
from weft.store.accounts import Account, Token
from weft.store.desk import Desk
from weft.web.params import Named
from weft.web.settings import Settings

Password = Annotated[str, Meta(min_length=10, max_length=200)]


class Opening(Record, frozen=True, kw_only=True):
    """An account to open; `person` ties it to somebody in the firm."""

    name: Name
    password: Password
    person: Name | None = None
    owner: bool = False


class Renewal(Record, frozen=True, kw_only=True):
    """Another password for an account."""

    password: Password


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


@delete("/accounts/{name:str}", sync_to_thread=True, operation="accounts")
def close(
    desk: NamedDependency[Desk], actor: NamedDependency[Actor], name: Named
) -> None:
    """Close an account, with its sessions and tokens."""
    accounts.close(desk, actor, name)


@put(
    "/accounts/{name:str}/password",
    status_code=204,
    sync_to_thread=True,
    operation="account",
)
def change_password(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Renewal],
    name: Named,
) -> None:
    """Give an account another password; who is signed in with it signs in anew."""
    accounts.change_password(desk, actor, name, sent.password)


@get("/accounts/{name:str}/tokens", sync_to_thread=True, operation="account")
def tokens(
    desk: NamedDependency[Desk], actor: NamedDependency[Actor], name: Named
) -> list[Token]:
    """List the tokens of an account, those that end first at the top."""
    return accounts.tokens(desk, actor, name)


@post("/accounts/{name:str}/tokens", sync_to_thread=True, operation="account")
def token(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Making],
    now: NamedDependency[datetime],
    name: Named,
) -> Made:
    """Make an API token for an account; its secret is told this once."""
    made, secret = accounts.token(desk, actor, name, sent.title, at=now, days=sent.days)
    return Made(token=made, secret=secret)


@delete(
    "/accounts/{name:str}/tokens/{token_id:str}",
    sync_to_thread=True,
    operation="account",
)
def drop_token(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    name: Named,
    token_id: Named,
) -> None:
    """Take a token back; it is good for nothing from now on."""
    accounts.drop_token(desk, actor, name, token_id)


HANDLERS = [
    *(me, several, add, close),
    *(change_password, tokens, token, drop_token),
]
