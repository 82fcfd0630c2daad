"""The journal walked in order: what each entry changes, or decides."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec
import sqlalchemy as sa

from weft.core.entries import Change
from weft.store.database import Database
from weft.store.journal import rows
from weft.store.journal.bodies import Row, unreadable

T = TypeVar("T")


class Step(msgspec.Struct, Generic[T], frozen=True):
    """An entry on a walk: what it changes, or else as much of what it decides.

    at: when it was written.
    """

    seq: int
    at: datetime
    changes: tuple[Change, ...] = ()
    decision: T | None = None


def walk(
    database: Database,
    after: int,
    upto: int,
    decision: type[T],
    kinds: Collection[str],
) -> Iterator[Step[T]]:
    """Give what entries change and decide, from past `after` to `upto`, in order.

    decision: a type with the fields that are read of each; the others are passed
    over, which is quick. kinds: of changes, only those of these kinds. Raises
    InputError where an entry cannot be read.
    """
    body = msgspec.defstruct("Body", [("decision", decision | None, None)])
    read = msgspec.json.Decoder(body).decode
    while after < upto:
        with database.reading() as db:
            page = rows.page(db, after, upto + 1, rows.PAGE, newest_first=False)
            steps = [_step(db, row, read, kinds) for row in page]
        if not page:
            return
        yield from steps
        after = page[-1].seq


def _step(
    db: sa.Connection, row: Row, read: Callable[[bytes], Any], kinds: Collection[str]
) -> Step[Any]:
    """Read of one entry what was asked for."""
    at = datetime.fromisoformat(row.at)
    if row.changes:
        return Step(row.seq, at, tuple(rows.changes_in(db, row, kinds)))
    try:
        return Step(row.seq, at, decision=read(row.body).decision)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise unreadable(row.seq, error) from error
