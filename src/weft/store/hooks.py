"""Hooks: the tools that may report deliveries, each with a secret of its own.

A secret stands beside the journal, as a signature can only be checked by who has the
very secret that it was made with; it is told once and never shown again.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import msgspec
import sqlalchemy as sa

from weft.core.delivering.deliveries import Format
from weft.core.records import Record
from weft.core.scalars import Line, Name
from weft.errors import ConflictError, NotFound
from weft.store.database import Database
from weft.store.schema import fact, say, weft

_PREFIX = "hook: "


class Hook(Record, frozen=True, kw_only=True):
    """A tool that may report deliveries: in whose words, set up by whom and when."""

    name: Name
    format: Format
    by: Line
    created: datetime


class _Kept(msgspec.Struct, frozen=True):
    """A hook with its secret, as the store has it."""

    hook: Hook
    secret: str


Changing = Callable[[], AbstractContextManager[sa.Connection]]


class Hooks:
    """The hooks of a store.

    changing: opens a transaction on what stands beside the journal.
    """

    def __init__(self, database: Database, changing: Changing) -> None:
        self._database, self._changing = database, changing

    def all(self) -> list[Hook]:
        """List the hooks by name, without their secrets."""
        told = sa.select(weft.c.value).where(weft.c.name.startswith(_PREFIX))
        with self._database.reading() as db:
            kept = [_read(value) for value in db.execute(told).scalars()]
        return sorted((each.hook for each in kept), key=lambda hook: hook.name)

    def secret(self, name: str) -> tuple[Hook, str] | None:
        """Give a hook with its secret; None where there is none of the name."""
        with self._database.reading() as db:
            value = fact(db, _PREFIX + name)
        return (kept.hook, kept.secret) if value and (kept := _read(value)) else None

    def add(self, name: str, form: Format, by: str, at: datetime) -> tuple[Hook, str]:
        """Add a hook, and give the secret that is told once.

        Raises ConflictError where there is one of the name.
        """
        hook = Hook(name=name, format=form, by=by, created=at)
        kept = _Kept(hook, f"weft_{secrets.token_urlsafe(32)}")
        with self._changing() as db:
            if fact(db, _PREFIX + name):
                raise ConflictError(
                    f"There is a hook {name} already.",
                    do="Take another name, or drop that one for a new secret.",
                )
            say(db, _PREFIX + name, msgspec.json.encode(kept))
        return kept.hook, kept.secret

    def drop(self, name: str) -> None:
        """Take a hook away: what comes with its secret is refused from then on."""
        with self._changing() as db:
            if not fact(db, _PREFIX + name):
                raise NotFound("hook", name, [hook.name for hook in self.all()])
            say(db, _PREFIX + name, b"")


def _read(value: bytes) -> _Kept:
    return msgspec.json.decode(value, type=_Kept)
