"""Addresses that are none, files that are not ours: said clearly, harming nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from weft.errors import InputError, Unavailable
from weft.store import schema
from weft.store.database import Database
from weft.store.desk import open_desk


@pytest.mark.parametrize(
    "url",
    [
        *("", "weft.db", "sqlite://", "sqlite:///:memory:", "sqlite:////", "\0"),
        *("mysql://host/name", "sqlite:////nowhere/to/be/found/weft.db"),
        "postgresql://host:many/name",
    ],
)
@pytest.mark.parametrize("writes", [True, False])
def test_an_address_that_is_none_is_refused(url: str, writes: bool) -> None:  # noqa: FBT001, it is what varies
    with pytest.raises(InputError) as error:
        open_desk(url, writes=writes)
    assert error.value.do


def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    with pytest.raises(Unavailable) as error:
        open_desk("postgresql://ada:secret-word@127.0.0.1:9/none?connect_timeout=2")
    assert "secret-word" not in str(error.value)


def test_a_file_of_others_is_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Dear Sir or Madam, this is no database.")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE accounts (name)")
    db.close()
    for file in (text, other):
        before = file.read_bytes()
        with pytest.raises(InputError):
            open_desk(f"sqlite:///{file}")
        assert file.read_bytes() == before


def test_a_store_of_another_version_is_refused(db_url: str) -> None:
    with open_desk(db_url) as desk, desk.database.writing() as db:
        schema.say(db, "version", b"9")
    for writes in (True, False):
        with pytest.raises(InputError, match="version 9"):
            open_desk(db_url, writes=writes)


def test_the_file_is_for_the_eyes_of_its_owner(tmp_path: Path) -> None:
    with open_desk(f"sqlite:///{tmp_path / 'weft.db'}"):
        modes = {f.name: f.stat().st_mode & 0o777 for f in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}
    assert "weft.db-wal" in modes


def test_a_link_leads_to_the_same_lock(tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(tmp_path / "weft.db")
    with (
        open_desk(f"sqlite:///{tmp_path / 'weft.db'}", holder="the first"),
        pytest.raises(Exception, match="the first"),
    ):
        open_desk(f"sqlite:///{tmp_path / 'link.db'}")


def test_sqlite_waits_for_the_disk_and_overwrites_what_is_deleted(
    tmp_path: Path,
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'weft.db'}")
    with database.reading() as db:
        found = {
            name: db.execute(sa.text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "secure_delete")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}
    database.close()


@pytest.mark.slow
def test_who_looks_at_a_server_cannot_write(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    with pytest.raises(Unavailable, match="read-only"), database.reading() as db:
        db.execute(schema.profiles.delete())
    database.close()
