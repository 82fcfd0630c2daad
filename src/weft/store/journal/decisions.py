"""Decisions by mission, verdict and asker: a table worked out from the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from sys import intern
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from weft.core.requests import Asked, Decision, Recorded
from weft.store.journal.bodies import Row, unpack, unreadable
from weft.store.journal.rows import BEYOND, insert
from weft.store.schema import decisions, entries


class _Request(msgspec.Struct, frozen=True):
    mission: str
    act: str


class Decided(msgspec.Struct, frozen=True):
    """What the table needs of a decision; the rest is passed over, which is quick."""

    request: _Request
    verdict: str
    asked_by: str


class _Body(msgspec.Struct, frozen=True):
    decision: Decided | None = None


class Line(NamedTuple):
    """What the table says of an entry."""

    seq: int
    mission: str
    act: str
    verdict: str
    asked_by: str


class _Again(msgspec.Struct, frozen=True):
    """What of a body it takes to judge it again; the findings are passed over."""

    decision: Recorded | None = None


class _Thing(msgspec.Struct, frozen=True):
    mission: str
    act: str
    asset: str | None = None
    title: str = ""


class _Finding(msgspec.Struct, frozen=True):
    guardrail: str
    blocks: bool = False


class _Answered(msgspec.Struct, frozen=True):
    request: _Thing
    verdict: str
    findings: tuple[_Finding, ...] = ()


class _Waited(msgspec.Struct, frozen=True):
    """What of a body it takes to tell how long who asked waited."""

    decision: _Answered | None = None


_waited = msgspec.json.Decoder(_Waited).decode
_again = msgspec.json.Decoder(_Again).decode
_read = msgspec.json.Decoder(_Body).decode


def line(row: Row) -> Line | None:
    """Give what the table says of an entry; nothing where it decides nothing.

    Raises InputError where it cannot be read.
    """
    try:
        told = _read(row.body).decision
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise unreadable(row.seq, error) from error
    return line_of(row.seq, told) if told else None


def line_of(seq: int, told: Decided) -> Line:
    """Give what the table says of a decision at a sequence."""
    asked = told.request
    return Line(seq, asked.mission, asked.act, told.verdict, told.asked_by)


def add(db: sa.Connection, some: Iterable[Row]) -> None:
    """Add to the table what rows of the journal decide."""
    if lines := [told for told in map(line, some) if told is not None]:
        insert(db, decisions, lines)


def clear(db: sa.Connection) -> None:
    """Empty the table."""
    db.execute(decisions.delete())


def between(db: sa.Connection, after: int, upto: int) -> dict[int, Line]:
    """Give what the table says of entries past `after` and to `upto`, by sequence."""
    asked = sa.select(decisions).where(decisions.c.seq > after, decisions.c.seq <= upto)
    return {line.seq: line for line in map(Line._make, db.execute(asked).all())}


def without_entry(db: sa.Connection) -> int | None:
    """Give the first sequence that the table has and the journal lacks, if any."""
    asked = sa.select(sa.func.min(decisions.c.seq)).where(
        decisions.c.seq.not_in(sa.select(entries.c.seq))
    )
    return db.execute(asked).scalar()


def count(db: sa.Connection, after: int, before: int | None) -> int:
    """Count the decisions between two entries, neither of which is among them."""
    asked = sa.select(sa.func.count()).where(decisions.c.seq > after)
    if before is not None:
        asked = asked.where(decisions.c.seq < before)
    return int(db.execute(asked).scalar_one())


def instants(db: sa.Connection, upto: int) -> list[tuple[int, datetime]]:
    """Give the sequence and the instant of each decision up to an entry, in order."""
    asked = sa.select(entries.c.seq, entries.c.at).join_from(
        decisions, entries, decisions.c.seq == entries.c.seq
    )
    rows = db.execute(asked.where(entries.c.seq <= upto).order_by(entries.c.seq))
    return [(seq, datetime.fromisoformat(at)) for seq, at in rows]


def found(
    db: sa.Connection, most: int, before: int | None, **wanted: str
) -> list[tuple[int, Decision]]:
    """Give decisions, the newest first, each with its sequence.

    wanted: columns and what is asked of them; empty asks nothing.
    """
    result = db.execute(_newest(most, before, wanted))
    told = ((row.seq, unpack(row.deed, row.body).decision) for row in result)
    return [(seq, decision) for seq, decision in told if decision is not None]


def recorded(
    db: sa.Connection, most: int, before: int | None, known: Mapping[int, Recorded]
) -> dict[int, Recorded]:
    """Give of decisions, the newest first, what it takes to judge them again.

    known: what was read before, by sequence: entries never change.
    """
    asked = _newest(most, before, {})
    numbers = db.scalars(asked.with_only_columns(decisions.c.seq)).all()
    new: dict[int, Recorded] = {}
    if not known.keys() >= set(numbers):
        for row in db.execute(asked).all():
            if row.seq not in known and (told := _judged(row.seq, row.body)):
                new[row.seq] = told
    read = {**known, **new}
    return {seq: read[seq] for seq in numbers if seq in read}


def _judged(seq: int, body: bytes) -> Recorded | None:
    """Read of an entry what it takes to judge it again."""
    try:
        return _again(body).decision
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise unreadable(seq, error) from error


def asked(db: sa.Connection, after: int, upto: int, most: int) -> list[Asked]:
    """Give what was asked past an entry and up to another, in order, so many at most.

    The body is read for what no column tells.
    """
    wanted = sa.select(entries.c.seq, entries.c.at, entries.c.body).join_from(
        decisions, entries, decisions.c.seq == entries.c.seq
    )
    wanted = wanted.where(decisions.c.seq > after, decisions.c.seq <= upto)
    rows = db.execute(wanted.order_by(decisions.c.seq).limit(most))
    return [*_asked((seq, at, body) for seq, at, body in rows)]


def _asked(rows: Iterable[tuple[int, str, bytes]]) -> Iterator[Asked]:
    """Read what was asked; the names of what many ask for are kept once."""
    for seq, at, body in rows:
        try:
            told = _waited(body).decision
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise unreadable(seq, error) from error
        if told:
            thing, yes = told.request, told.verdict != "refused"
            yield Asked(
                seq,
                datetime.fromisoformat(at),
                intern(thing.mission),
                intern(thing.act),
                thing.asset and intern(thing.asset),
                thing.title,
                yes,
                () if yes else tuple(f.guardrail for f in told.findings if f.blocks),
            )


def _newest(
    most: int, before: int | None, wanted: Mapping[str, str]
) -> sa.Select[tuple[int, str, bytes]]:
    """Ask for the entries of decisions, the newest first."""
    asked = sa.select(entries.c.seq, entries.c.deed, entries.c.body).join_from(
        decisions, entries, decisions.c.seq == entries.c.seq
    )
    if before is not None:
        asked = asked.where(decisions.c.seq < min(max(before, 0), BEYOND))
    for name, value in wanted.items():
        if value:
            asked = asked.where(decisions.c[name] == value)
    return asked.order_by(decisions.c.seq.desc()).limit(max(most, 0))
