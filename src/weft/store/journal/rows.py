"""Rows of the journal: added by the one writer, read by everybody."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import NamedTuple

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace

from weft.core.entries import Change, Deed, Entry
from weft.core.firm import KINDS, Firm, change
from weft.core.records import Record
from weft.errors import InputError
from weft.store.journal.bodies import (
    WHOLE,
    Row,
    glimpse,
    only_changes,
    unpack,
    unreadable,
)
from weft.store.schema import entries, parts

PAGE = 500
"""Rows read at a time, so that nobody ever holds a whole journal."""


class Heading(Record, frozen=True, kw_only=True):
    """An entry without its contents: what a list of entries shows.

    deed: its name. counts: how many records of each kind it changes. verdict,
    mission, act: of the decision in it; empty where there is none.
    """

    seq: int
    at: datetime
    on: date
    actor: str
    behalf: str | None
    deed: str
    note: str
    counts: Mapping[str, int]
    verdict: str = ""
    mission: str = ""
    act: str = ""


BEYOND = 2**62
"""No sequence is as great, and every database knows the number."""
_HEAD = sa.select(entries).order_by(entries.c.seq.desc()).limit(1)


def instant(at: datetime) -> str:
    """Write an instant so that later ones are greater as text."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def append(
    db: sa.Connection, rows: Sequence[Row], pieces: Sequence[tuple[int, int, bytes]]
) -> None:
    """Add rows, and the parts of those that have many changes."""
    insert(db, entries, rows)
    for seq, n, body in pieces:
        db.execute(parts.insert().values(seq=seq, n=n, body=body))


def insert(db: sa.Connection, table: sa.Table, rows: Sequence[NamedTuple]) -> None:
    """Add rows that have the table's own columns, past what makes of any value one.

    They are many, each of a few plain values, and an Answer waits for them.
    """
    statement = _insert(table, db.dialect)
    if db.dialect.positional:
        db.exec_driver_sql(statement, list(map(tuple, rows)))
    else:
        db.exec_driver_sql(statement, [row._asdict() for row in rows])


@lru_cache
def _insert(table: sa.Table, dialect: sa.Dialect) -> str:
    """Write the statement that adds one row, in the words of a database."""
    return str(table.insert().compile(dialect=dialect))


def last(db: sa.Connection) -> Row | None:
    """Give the newest row."""
    found = db.execute(_HEAD).first()
    return Row(*found) if found else None


def row_at(db: sa.Connection, seq: int) -> Row | None:
    """Give the row of one sequence."""
    if not 0 < seq < BEYOND:
        return None
    found = db.execute(sa.select(entries).where(entries.c.seq == seq)).first()
    return Row(*found) if found else None


def seq_on(db: sa.Connection, day: date) -> int:
    """Give the sequence of the last entry that counts from a day or one before."""
    asked = sa.select(sa.func.max(entries.c.seq)).where(
        entries.c.on
        == sa.select(sa.func.max(entries.c.on))
        .where(entries.c.on <= day.isoformat())
        .scalar_subquery()
    )
    return db.execute(asked).scalar() or 0


def by_keys(db: sa.Connection, keys: Iterable[str]) -> dict[tuple[str, str], Row]:
    """Give the rows written under idempotency keys, by key and actor."""
    wanted = sorted(set(keys))
    found: dict[tuple[str, str], Row] = {}
    for n in range(0, len(wanted), PAGE):
        asked = sa.select(entries).where(
            entries.c.key != "", entries.c.key.in_(wanted[n : n + PAGE])
        )
        found.update({(r.key, r.actor): Row(*r) for r in db.execute(asked)})
    return found


def page(
    db: sa.Connection, after: int, before: int | None, most: int, *, newest_first: bool
) -> list[Row]:
    """Give some rows between two sequences, neither of which is among them."""
    order = entries.c.seq.desc() if newest_first else entries.c.seq
    asked = sa.select(entries).where(entries.c.seq > min(max(after, 0), BEYOND))
    if before is not None:
        asked = asked.where(entries.c.seq < min(max(before, 0), BEYOND))
    return list(map(Row._make, db.execute(asked.order_by(order).limit(most)).all()))


def of_deed(db: sa.Connection, name: str) -> list[Row]:
    """Give the rows of all deeds of a name, the first one first."""
    asked = sa.select(entries).where(entries.c.deed == name).order_by(entries.c.seq)
    return list(map(Row._make, db.execute(asked).all()))


def parts_of(db: sa.Connection, row: Row) -> Iterator[bytes]:
    """Give the parts of an entry in their order, one at a time."""
    if row.changes <= WHOLE:
        return
    seq = row.seq
    asked = sa.select(parts.c.body).where(parts.c.seq == seq)
    numbers = sa.select(parts.c.n).where(parts.c.seq == seq).order_by(parts.c.n)
    for n in db.execute(numbers).scalars().all():
        yield bytes(db.execute(asked.where(parts.c.n == n)).scalar_one())


def entry(db: sa.Connection, row: Row) -> Entry:
    """Give the entry that a row and its parts hold.

    Raises InputError where they cannot be read.
    """
    try:
        return entry_with(row, unpack(row.deed, row.body, parts_of(db, row)))
    except InputError as error:
        raise unreadable(row.seq, error) from error


def entry_with(row: Row, deed: Deed) -> Entry:
    """Give the entry of a row whose deed has been read."""
    return Entry(
        seq=row.seq,
        at=datetime.fromisoformat(row.at),
        on=date.fromisoformat(row.on),
        actor=row.actor,
        behalf=row.behalf,
        deed=deed,
        key=row.key,
    )


def heading(_: sa.Connection, row: Row) -> Heading:
    """Give what a list of entries shows of a row."""
    told = glimpse(row)
    asked = told.decision.request if told.decision else None
    return Heading(
        seq=row.seq,
        at=datetime.fromisoformat(row.at),
        on=date.fromisoformat(row.on),
        actor=row.actor,
        behalf=row.behalf,
        deed=row.deed,
        note=told.note,
        counts=told.counts,
        verdict=told.decision.verdict if told.decision else "",
        mission=asked.mission if asked else "",
        act=asked.act if asked else "",
    )


def changes_in(
    db: sa.Connection, row: Row, kinds: Container[str] = KINDS
) -> Iterator[Change]:
    """Give the changes that a row and its parts hold, of some kinds of records.

    Raises InputError where they cannot be read, so that nothing is built on them.
    """
    try:
        yield from only_changes(row.body, parts_of(db, row), kinds)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise unreadable(row.seq, error) from error


def changing(db: sa.Connection, after: int, upto: int) -> Iterator[Row]:
    """Give the rows that change the firm, in order, from past `after` to `upto`."""
    asked = (
        sa.select(entries)
        .where(entries.c.changes > 0, entries.c.seq <= upto)
        .order_by(entries.c.seq)
        .limit(PAGE)
    )
    while rows := list(
        map(Row._make, db.execute(asked.where(entries.c.seq > after)).all())
    ):
        yield from rows
        after = rows[-1].seq


def replay(db: sa.Connection, firm: Firm, upto: int) -> Firm:
    """Give the firm after entry `upto`, from a firm at or before it.

    Decisions change nothing and are not read; changes are applied many at a
    time, which gives the same firm as one by one.
    """
    end = row_at(db, upto)
    if end is None or upto <= firm.seq:
        return firm
    changes = (c for row in changing(db, firm.seq, upto) for c in changes_in(db, row))
    at, on = datetime.fromisoformat(end.at), date.fromisoformat(end.on)
    return replace(change(firm, changes), seq=upto, at=at, on=on)
