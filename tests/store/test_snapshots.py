"""Snapshots that were written before records got new fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256

import msgspec
import pytest
import sqlalchemy as sa

from weft.core.entries import Deed, put
from weft.core.people import Unit
from weft.core.records import Record
from weft.core.roles import Actor
from weft.store import snapshots
from weft.store.desk import Desk, open_desk
from weft.store.schema import snapshot_rows
from weft.store.schema import snapshots as snapshot_heads
from weft.store.snapshots import Columns
from weft.store.verify import verify

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)


def write(desk: Desk, name: str) -> None:
    """Put a unit into the firm."""
    deed = Deed(name="put", changes=(put(Unit(id=name, title="T")),))
    desk.write(lambda _: deed, at=AT, actor=Actor(person="ada"))


class Before(Record, frozen=True, kw_only=True):
    """A record as it once was."""

    id: str
    size: int


class After(Record, frozen=True, kw_only=True):
    """The same, with fields added at either end and between."""

    colour: str = "red"
    id: str
    tags: tuple[str, ...] = ()
    size: int
    marks: Mapping[str, int] = {}


class Wanting(Record, frozen=True, kw_only=True):
    """The same, with a field added that has no default."""

    id: str
    size: int
    colour: str


class Otherwise(Record, frozen=True, kw_only=True):
    """The same, with a field of another type."""

    id: str
    size: str
    colour: str = "red"


class Renamed(Record, frozen=True, kw_only=True):
    """The same, with a field that has another name."""

    id: str
    length: int = 0


def test_records_are_read_with_fields_that_they_did_not_have_yet() -> None:
    old = Columns(Before).write([Before(id=str(n), size=n) for n in range(3)])
    new = Columns(After).read(old)
    assert new == [After(id=str(n), size=n) for n in range(3)]
    assert new[0].marks is not new[1].marks
    assert Columns(After).read(Columns(Before).write([])) == []


@pytest.mark.parametrize("kind", [Wanting, Otherwise, Renamed])
def test_what_cannot_be_known_of_older_records_is_not_guessed(
    kind: type[Record],
) -> None:
    old = Columns(Before).write([Before(id="a", size=1)])
    with pytest.raises((ValueError, msgspec.DecodeError), match=r"had|Expected"):
        Columns(kind).read(old)
    newer = Columns(After).write([After(id="a", size=1)])
    with pytest.raises(ValueError, match="fields that are gone"):
        Columns(Before).read(newer)


def test_a_start_from_an_older_snapshot_replays_only_what_came_after(
    db_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with open_desk(db_url) as desk:
        write(desk, "a")
        snapshots.write(desk.database, desk.firm())
        with desk.database.writing() as db:
            older(db)
        write(desk, "b")
        firm = desk.firm()
    with open_desk(db_url) as again:
        assert again.firm() == firm
        assert verify(again).bad is None
    assert "not readable" not in caplog.text


def older(db: sa.Connection) -> None:
    """Write the snapshot as a Weft did that knew fewer fields of units."""
    (row,) = db.execute(snapshot_rows.select()).all()
    fields, *columns = msgspec.msgpack.decode(row.body)
    place = fields.index("it_box")
    del fields[place], columns[place]
    body = msgspec.msgpack.encode([fields, *columns])
    told = sha256(f"units {len(body)}\n".encode() + body).digest()
    db.execute(snapshot_rows.update().values(body=body))
    db.execute(snapshot_heads.update().values(digest=told))
