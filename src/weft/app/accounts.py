"""Accounts: who may sign in, with a password or an API token."""

from __future__ import annotations

from datetime import datetime

from weft.app.permissions import permit
from weft.core.roles import Actor
from weft.errors import SignInNeeded
from weft.store.accounts import Account, Token
from weft.store.desk import Desk


def add(
    desk: Desk,
    actor: Actor,
    name: str,
    password: str,
    *,
    at: datetime,
    person: str = "",
    owner: bool = False,
) -> Account:
    """Open an account; `person` ties it to somebody in the firm."""
    permit(desk.firm(), actor, "accounts")
    return desk.accounts.add(name, password, at, person=person, owner=owner)


def accounts(desk: Desk, actor: Actor) -> list[Account]:
    """List the accounts."""
    permit(desk.firm(), actor, "accounts")
    return desk.accounts.all()


def token(
    desk: Desk, actor: Actor, name: str, title: str, *, at: datetime, days: int = 90
) -> tuple[Token, str]:
    """Make an API token for an account; its secret is shown this once."""
    permit(desk.firm(), actor, "accounts")
    return desk.accounts.add_token(name, title, at, days=days)


def sign_in(desk: Desk, name: str, password: str, at: datetime) -> str:
    """Open a session and give its secret; raise SignInNeeded for a wrong word."""
    secret = desk.accounts.sign_in(name, password, at)
    if secret is None:
        raise SignInNeeded(
            "That name and password do not go together.",
            do="Try again; after five failures there is a pause.",
        )
    return secret


def sign_out(desk: Desk, secret: str) -> None:
    """Close a session."""
    desk.accounts.sign_out(secret)


def actor_of(desk: Desk, secret: str, at: datetime) -> Actor | None:
    """Give who acts under a session or a token, or nothing where it is not valid."""
    account = desk.accounts.bearer(secret, at)
    if account is None:
        return None
    return Actor(person=account.person or account.name, owner=account.owner)
