"""Accounts: who may sign in, with a password for a session or with an API token.

Of a session or token only the SHA-256 of its secret is kept: whoever reads the
store cannot sign in with it, and looking it up takes as long for any guess.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from weft.core.records import Record, read
from weft.core.scalars import Line, Name
from weft.errors import ConflictError, InputError, NotFound, Unavailable
from weft.store import passwords
from weft.store.database import Database
from weft.store.journal.rows import instant
from weft.store.schema import accounts, sessions, tokens

SESSION = timedelta(hours=12)
"""How long one is signed in."""
_STALE = timedelta(hours=1)
"""How exactly it is known when a token was last used: each time would be a write."""


class Account(Record, frozen=True, kw_only=True):
    """Somebody who may sign in.

    person: the id in the firm; empty where it is nobody's. owner: acts with every
    right.
    """

    name: Name
    person: str = ""
    owner: bool = False
    created: datetime


class Token(Record, frozen=True, kw_only=True):
    """What a program signs in with; its secret was shown once, when it was made."""

    id: Name
    account: Name
    title: Line
    created: datetime
    ends: datetime
    used: datetime | None = None


class Accounts:
    """The accounts of a store, their sessions and their tokens.

    writes: whether this process may change them.
    """

    def __init__(self, database: Database, *, writes: bool) -> None:
        self._database, self._writes = database, writes

    def add(
        self,
        name: str,
        password: str,
        at: datetime,
        *,
        person: str = "",
        owner: bool = False,
    ) -> Account:
        """Open an account; raise ConflictError where the name is taken."""
        plain = {"name": name, "person": person, "owner": owner, "created": at}
        account = read(Account, plain)
        row = {**plain, "created": instant(at), "password": passwords.hashed(password)}
        with self._writing() as db:
            if db.execute(sa.select(accounts).where(accounts.c.name == name)).first():
                raise ConflictError(
                    f"There is an account {name} already.", do="Take another name."
                )
            db.execute(accounts.insert().values(row))
        return account

    def all(self) -> list[Account]:
        """Give every account, by name."""
        with self._database.reading() as db:
            found = db.execute(sa.select(accounts).order_by(accounts.c.name))
            return [_account(row) for row in found]

    def change_password(self, name: str, password: str) -> None:
        """Give an account another password, and end its sessions."""
        row = {"password": passwords.hashed(password)}
        with self._writing() as db:
            self._find(db, name)
            db.execute(accounts.update().where(accounts.c.name == name).values(row))
            db.execute(sessions.delete().where(sessions.c.account == name))

    def drop(self, name: str) -> None:
        """Close an account, its sessions and its tokens."""
        with self._writing() as db:
            self._find(db, name)
            for table in (sessions, tokens):
                db.execute(table.delete().where(table.c.account == name))
            db.execute(accounts.delete().where(accounts.c.name == name))

    # Sessions

    def sign_in(self, name: str, password: str, at: datetime) -> str | None:
        """Open a session and give its secret; nothing for a wrong name or password.

        Raises SignInNeeded while a name rests after too many failures.
        """
        with self._writing() as db:
            passwords.begin_attempt(db, name, at)
            known = _password(db, name)
        if not passwords.matches(password, known):
            return None
        secret = _SESSION + secrets.token_urlsafe(32)
        row = {
            "secret": _digest(secret),
            "account": name,
            "created": instant(at),
            "ends": instant(at + SESSION),
        }
        with self._writing() as db:
            passwords.forget_attempts(db, name)
            db.execute(sessions.delete().where(sessions.c.ends <= instant(at)))
            db.execute(sessions.insert().values(row))
        return secret

    def sign_out(self, secret: str) -> None:
        """Close a session."""
        with self._writing() as db:
            db.execute(sessions.delete().where(sessions.c.secret == _digest(secret)))

    def bearer(self, secret: str, at: datetime) -> Account | None:
        """Give whose session or token this is, where it is good at that instant."""
        table = tokens if secret.startswith(_TOKEN) else sessions
        given = {"given": _digest(secret), "now": instant(at)}
        with self._database.reading() as db:
            row = db.execute(_BEARERS[table], given).first()
        if row is None:
            return None
        if table is tokens:
            self._note_use(row, at)
        return _account(row)

    # Tokens

    def add_token(
        self, name: str, title: str, at: datetime, *, days: int = 90
    ) -> tuple[Token, str]:
        """Make a token for an account; give it with its secret, shown this once.

        days: 1 to 366; a token that never ends is a password nobody changes.
        """
        if not 1 <= days <= _LONGEST:
            raise InputError(
                f"A token lasts 1 to {_LONGEST} days.", do="Make a new one in time."
            )
        secret = _TOKEN + secrets.token_urlsafe(32)
        token = read(
            Token,
            {
                "id": f"t{secrets.token_hex(4)}",
                "account": name,
                "title": title,
                "created": at,
                "ends": at + timedelta(days=days),
            },
        )
        row = {f: getattr(token, f) for f in Token.__struct_fields__}
        row |= {"created": instant(token.created), "ends": instant(token.ends)}
        with self._writing() as db:
            self._find(db, name)
            db.execute(tokens.insert().values(row | {"secret": _digest(secret)}))
        return token, secret

    def tokens(self, name: str) -> list[Token]:
        """Give the tokens of an account, those that end first at the top."""
        asked = sa.select(*(tokens.c[f] for f in Token.__struct_fields__))
        with self._database.reading() as db:
            found = db.execute(asked.where(tokens.c.account == name))
            told = [_token(row) for row in found]
        return sorted(told, key=lambda token: (token.ends, token.id))

    def drop_token(self, name: str) -> None:
        """Take a token back, by its id, if it is there."""
        with self._writing() as db:
            db.execute(tokens.delete().where(tokens.c.id == name))

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """Open a transaction that writes, where this process may."""
        if not self._writes:
            raise Unavailable(
                "This Weft reads the store and does not write it.",
                do="Turn to the one that does.",
            )
        with self._database.writing() as db:
            yield db

    def _find(self, db: sa.Connection, name: str) -> None:
        """Raise NotFound where there is no account of this name."""
        known = db.execute(sa.select(accounts.c.name)).scalars().all()
        if name not in known:
            raise NotFound("account", name, known)

    def _note_use(self, row: sa.Row[Any], at: datetime) -> None:
        """Keep when a token was used, to the hour."""
        if self._writes and (row.used or "") < instant(at - _STALE):
            mine = tokens.c.secret == row.secret
            with self._database.writing() as db:
                db.execute(tokens.update().where(mine).values(used=instant(at)))


_LONGEST = 366
_SESSION, _TOKEN = "session_", "weft_"
"""How secrets begin, so that one is known for what it is wherever it turns up."""
_BEARERS = {
    table: sa.select(accounts, table)
    .join_from(table, accounts, accounts.c.name == table.c.account)
    .where(table.c.secret == sa.bindparam("given"), table.c.ends > sa.bindparam("now"))
    for table in (sessions, tokens)
}
"""Made once, as one of them is asked with each request."""


def _digest(secret: str) -> bytes:
    """Give what is kept of a secret."""
    return sha256(secret.encode(errors="replace")).digest()


def _password(db: sa.Connection, name: str) -> str | None:
    """Give the hash of an account's password; nothing where there is no account."""
    found = db.execute(sa.select(accounts.c.name, accounts.c.password))
    return {row.name: row.password for row in found}.get(name)


def _account(row: sa.Row[Any]) -> Account:
    created = datetime.fromisoformat(row.created)
    return Account(name=row.name, person=row.person, owner=row.owner, created=created)


def _token(row: sa.Row[Any]) -> Token:
    told = row._asdict()
    for name in ("created", "ends", "used"):
        told[name] = told[name] and datetime.fromisoformat(told[name]).astimezone(UTC)
    return Token(**told)
