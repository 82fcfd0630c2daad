"""Accounts: who may sign in, with a password or an API token."""

from __future__ import annotations

from datetime import datetime

from weft.app.permissions import permit
from weft.core.roles import Actor
from weft.errors import InputError, NotFound, SignInNeeded, UnknownName
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
    """Open an account; `person` ties it to somebody in the firm.

    Raises UnknownName for nobody of the firm, and InputError where an account of
    nobody would act under the id of somebody.
    """
    people = desk.firm().people
    permit(desk.firm(), actor, "accounts")
    if person and person not in people:
        raise UnknownName("person", person, people)
    if not person and name in people:
        raise InputError(
            f"{name} is the id of somebody in the firm.",
            do="Say whose account it is, or give it another name.",
        )
    return desk.accounts.add(name, password, at, person=person, owner=owner)


def accounts(desk: Desk, actor: Actor) -> list[Account]:
    """List the accounts."""
    permit(desk.firm(), actor, "accounts")
    return desk.accounts.all()


def change_password(desk: Desk, actor: Actor, name: str, password: str) -> None:
    """Give an account another password; who is signed in with it signs in anew."""
    _permit(desk, actor, name)
    desk.accounts.change_password(name, password)


def close(desk: Desk, actor: Actor, name: str) -> None:
    """Close an account, with its sessions and tokens."""
    permit(desk.firm(), actor, "accounts")
    desk.accounts.drop(name)


def token(
    desk: Desk, actor: Actor, name: str, title: str, *, at: datetime, days: int = 90
) -> tuple[Token, str]:
    """Make an API token for an account; its secret is shown this once."""
    _permit(desk, actor, name)
    return desk.accounts.add_token(name, title, at, days=days)


def tokens(desk: Desk, actor: Actor, name: str) -> list[Token]:
    """List the tokens of an account, those that end first at the top."""
    _permit(desk, actor, name)
    return desk.accounts.tokens(name)


def drop_token(desk: Desk, actor: Actor, name: str, token_id: str) -> None:
    """Take a token of an account back; it is good for nothing from now on."""
    _permit(desk, actor, name)
    known = {token.id for token in desk.accounts.tokens(name)}
    if token_id not in known:
        raise NotFound("token", token_id, known)
    desk.accounts.drop_token(token_id)


def _permit(desk: Desk, actor: Actor, name: str) -> None:
    """Let somebody at an account: whoever acts under it, and the owner."""
    known = {a.name: a.person or a.name for a in desk.accounts.all()}
    permit(desk.firm(), actor, "account", known.get(name, ""))
    if name not in known:
        raise NotFound("account", name, known)


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
