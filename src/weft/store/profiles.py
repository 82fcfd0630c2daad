"""Profiles: what is personal, kept beside the journal so that it can be erased."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
import sqlalchemy as sa
from immutables import Map

from weft.core.people import Profile
from weft.core.records import decode
from weft.errors import InputError, Unavailable
from weft.store.database import Database
from weft.store.schema import accounts, fact, looks, profiles, say, sessions, tokens

PATIENCE = 10.0
_DUE = "erasing"


def read_all(db: sa.Connection) -> Map[str, Profile]:
    """Give every profile, by person."""
    found = db.execute(sa.select(profiles.c.body)).scalars()
    people = _decode_many(b"[" + b",".join(found) + b"]")
    return Map((person.id, person) for person in people)


def read_some(db: sa.Connection, people: Iterable[str]) -> dict[str, Profile | None]:
    """Give the profiles of some people; None where one has none."""
    found: dict[str, Profile | None] = dict.fromkeys(people)
    if len(found) > _MANY:
        return found | dict(read_all(db))
    for person in found:
        asked = sa.select(profiles.c.body).where(profiles.c.id == person)
        row = db.execute(asked).first()
        found[person] = _decode(row.body) if row else None
    return found


def checked(wanted: Iterable[Profile]) -> list[Profile]:
    """Give profiles as they will be read again.

    Raises InputError where one does not fit its kind.
    """
    try:
        return [decode(Profile, _encode(each)) for each in wanted]
    except (msgspec.ValidationError, UnicodeEncodeError) as error:
        raise InputError(
            f"A profile does not fit: {error}.", do="Mend it, then try again."
        ) from error


def save(db: sa.Connection, wanted: Mapping[str, Profile | None]) -> None:
    """Put profiles in place, and take out those of people with None.

    What is taken out is gone for readers at once and from the disk once `scrub`
    has run, which is owed until then.
    """
    if wanted:
        theirs = profiles.delete().where(profiles.c.id == sa.bindparam("person"))
        db.execute(theirs, [{"person": person} for person in wanted])
    if put := [p for p in wanted.values() if p is not None]:
        rows = [{"id": p.id, "body": _encode(p)} for p in put]
        db.execute(profiles.insert(), rows)
    if gone := [person for person, p in wanted.items() if p is None]:
        _close_accounts(db, gone)
        db.execute(
            looks.delete().where(looks.c.person.in_(gone) | looks.c.looker.in_(gone))
        )
        say(db, _DUE, b"yes")


def scrub(database: Database, patience: float | None = None) -> None:
    """Overwrite every trace of what was erased, if anything was.

    The tables are written anew, as pages that stay in use can keep stale copies.
    patience: seconds to wait for readers of older moments, who hold the log; else
    PATIENCE.
    On PostgreSQL its own log and backups forget by the rules of that server.
    Raises Unavailable where a reader does not let go: erase again, later.
    """
    with database.reading() as db:
        if not fact(db, _DUE):
            return
    if database.file is None:
        with (
            database.engine.connect() as db,
            db.execution_options(isolation_level="AUTOCOMMIT"),
        ):
            for table in (profiles, accounts, sessions, tokens, looks):
                db.exec_driver_sql(f"VACUUM FULL {table.name}")
    else:
        with database.writing() as db:
            for table in (profiles, accounts, sessions, tokens, looks):
                _write_anew(db, table)
        _empty_log(database, PATIENCE if patience is None else patience)
    with database.writing() as db:
        say(db, _DUE, b"")


def _close_accounts(db: sa.Connection, people: Iterable[str]) -> None:
    """Take away the accounts of people, whose names often are theirs."""
    theirs = sa.select(accounts.c.name).where(accounts.c.person.in_(list(people)))
    for table in (sessions, tokens):
        db.execute(table.delete().where(table.c.account.in_(theirs)))
    db.execute(accounts.delete().where(accounts.c.person.in_(list(people))))


def _write_anew(db: sa.Connection, table: sa.Table) -> None:
    """Free every page of a table, which overwrites it, and fill others."""
    kept = [dict(row._mapping) for row in db.execute(sa.select(table))]  # noqa: SLF001, its public name
    db.execute(table.delete())
    if kept:
        db.execute(table.insert(), kept)


def _empty_log(database: Database, patience: float) -> None:
    """Bring the write-ahead log into the file, and cut it to nothing."""
    end = time.monotonic() + patience
    while True:
        with database.engine.connect() as db, database.turn:
            raw: Any = db.connection.driver_connection
            raw.execute("PRAGMA busy_timeout = 50")  # as writers wait for us
            busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            raw.execute("PRAGMA busy_timeout = 5000")
        if not busy:
            return
        if time.monotonic() > end:
            raise Unavailable(
                "The profile is erased, but the log of the database still holds it "
                "while somebody reads an older moment.",
                do="Erase once more when long reads have ended.",
            )
        time.sleep(0.05)


_MANY = 1000
_decode_many = msgspec.json.Decoder(list[Profile]).decode
_decode = msgspec.json.Decoder(Profile).decode


def _encode(profile: Profile) -> bytes:
    """Write a profile."""
    return msgspec.json.encode(profile)
