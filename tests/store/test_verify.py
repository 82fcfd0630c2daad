"""Verification finds every edit behind Weft's back, and names its sequence.

WEFT_LONG=1 makes a thousand edits on each database.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from weft.core.entries import Deed, put
from weft.core.people import Unit
from weft.core.requests import Decision, Request
from weft.core.roles import Actor
from weft.errors import InputError, Unavailable
from weft.store import snapshots
from weft.store.checkpoints import read_checkpoints
from weft.store.database import Database
from weft.store.desk import Desk, open_desk
from weft.store.journal.bodies import START, Row, chain
from weft.store.journal.decisions import line
from weft.store.schema import decisions, entries, parts, snapshot_rows
from weft.store.schema import snapshots as snapshot_heads
from weft.store.verify import Verified, export_checkpoint, rebuild, verify

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
ADA = Actor(person="ada")
COUNT, LARGE = 40, 10
SHORT = {"sqlite": 260, "postgresql": 52}
LONG = bool(os.environ.get("WEFT_LONG"))
EDITS = dict.fromkeys(["sqlite", "postgresql"], 1000) if LONG else SHORT
KEPT = (entries, parts, decisions, snapshot_heads, snapshot_rows)


def fill(desk: Desk, first: int, count: int) -> None:
    """Write changes, decisions and now and then something large."""
    for n in range(first, first + count):
        many = tuple(put(Unit(id=f"u{n}-{m}", title="T")) for m in range(1100))
        few = (put(Unit(id=f"u{n % 7}", title=f"Title {n}")),)
        asked = Request(mission=f"m{n % 3}", act="buy")
        decision = Decision(
            request=asked, asked_by="ada", at=AT, firm=n, verdict="allowed"
        )
        deed = (
            Deed(name="load", changes=many)
            if n == LARGE - 1
            else Deed(name="put", changes=few)
            if n % 2
            else Deed(name="ask", decision=decision)
        )
        desk.write(lambda _, deed=deed: deed, at=AT, actor=ADA, key=f"k{n}")  # type: ignore[misc]


@pytest.fixture
def desk(db_url: str) -> Iterator[Desk]:
    with open_desk(db_url) as desk:
        fill(desk, 0, COUNT)
        yield desk


def test_an_untouched_store_verifies(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "checkpoints.jsonl"
    first = export_checkpoint(desk, file, AT)
    found = verify(desk, file)
    assert (found.entries, found.bad, found.checkpoints) == (COUNT, None, 1)
    assert (found.open, found.hash) == (0, first.hash)
    desk.write(lambda _: Deed(name="x", changes=CHANGE), at=AT, actor=ADA)
    assert verify(desk, file).open == 1


def test_what_is_worked_out_can_be_made_anew(desk: Desk) -> None:
    snapshots.write(desk.database, desk.firm())
    with desk.database.reading() as db:
        kept = [db.execute(table.select()).all() for table in KEPT]
    rebuild(desk)
    with desk.database.reading() as db:
        assert [db.execute(table.select()).all() for table in KEPT] == kept
    with desk.database.writing() as db:
        for table in (decisions, snapshot_heads, snapshot_rows):
            db.execute(table.delete())
    assert verify(desk).bad == 1
    rebuild(desk)
    with desk.database.reading() as db:
        assert [db.execute(table.select()).all() for table in KEPT] == kept
    assert verify(desk).what == ""


CHANGE = (put(Unit(id="late", title="Late")),)


def test_an_empty_journal_verifies_and_has_no_head(db_url: str, tmp_path: Path) -> None:
    with open_desk(db_url) as desk:
        assert verify(desk, tmp_path / "none.jsonl") == Verified(
            entries=0, hash=START.hex()
        )
        with pytest.raises(InputError, match="empty"):
            export_checkpoint(desk, tmp_path / "none.jsonl", AT)


def test_the_journal_refuses_to_be_edited(desk: Desk) -> None:
    for edit in (
        entries.update().values(actor="eve"),
        entries.delete().where(entries.c.seq == 3),
        parts.update().values(body=b""),
        parts.delete(),
    ):
        with (
            pytest.raises(Unavailable, match="stays as it is"),
            desk.database.writing() as db,
        ):
            db.execute(edit)
    assert verify(desk).bad is None


class Thief:
    """Somebody with every right on the database, and its code at hand."""

    def __init__(self, database: Database, seed: int) -> None:
        self.database, self.draw = database, random.Random(seed)  # noqa: S311
        self.kept: dict[sa.Table, sa.Table] = {}
        with database.writing() as db:
            for table in ("entries", "parts"):
                for verb in ("update", "delete", "truncate"):
                    _drop_guard(db, table, verb)
            for each in KEPT:
                copy = sa.Table(f"kept_{each.name}", sa.MetaData(), *_columns(each))
                copy.create(db)
                db.execute(
                    copy.insert().from_select(each.columns.keys(), each.select())
                )
                self.kept[each] = copy

    def restore(self) -> None:
        """Put everything back as it was."""
        with self.database.writing() as db:
            for table in KEPT:
                db.execute(table.delete())
                names = table.columns.keys()
                db.execute(table.insert().from_select(names, self.kept[table].select()))

    def rows(self, db: sa.Connection) -> list[Row]:
        """Give all rows of the journal."""
        return [Row(*r) for r in db.execute(sa.select(entries).order_by(entries.c.seq))]

    def rewrite(self, db: sa.Connection, rows: list[Row]) -> None:
        """Write another history, numbered, chained and projected as it should be."""
        for table in (entries, decisions):
            db.execute(table.delete())
        previous = START
        for seq, old in enumerate(rows, 1):
            row = old._replace(seq=seq)
            row = row._replace(hash=chain(previous, row))
            previous = row.hash
            db.execute(entries.insert().values(row._asdict()))
            if told := line(row):
                db.execute(decisions.insert().values(told._asdict()))

    def other(self, value: object) -> object:
        """Give another value of the same type."""
        if isinstance(value, bytes):
            at = self.draw.randrange(len(value)) if value else 0
            return (
                value[:at] + bytes([(value[at] if value else 0) ^ 1]) + value[at + 1 :]
            )
        if isinstance(value, int):
            return value + self.draw.choice([1, 1000])
        return f"{value or ''}x"


def _columns(table: sa.Table) -> list[sa.Column[object]]:
    return [sa.Column(column.name, column.type) for column in table.columns]


def _drop_guard(db: sa.Connection, table: str, verb: str) -> None:
    if db.dialect.name == "postgresql":
        db.exec_driver_sql(f"DROP TRIGGER {table}_no_{verb} ON {table}")
    elif verb != "truncate":
        db.exec_driver_sql(f"DROP TRIGGER {table}_no_{verb}")


# Each edit gives the first sequence that is bad after it, or None where only a
# checkpoint can tell that one is.


def flip(thief: Thief, db: sa.Connection) -> int | None:
    row = thief.draw.choice(thief.rows(db))
    column = thief.draw.choice(Row._fields)
    value = thief.other(getattr(row, column))
    change = entries.update().where(entries.c.seq == row.seq)
    if column == "seq":
        value = row.seq + 1000
    db.execute(change.values({column: value}))
    return row.seq


def delete(thief: Thief, db: sa.Connection) -> int | None:
    seq = thief.draw.randint(1, COUNT)
    db.execute(entries.delete().where(entries.c.seq == seq))
    return seq


def insert(thief: Thief, db: sa.Connection) -> int | None:
    rows = thief.rows(db)
    at = thief.draw.randrange(COUNT)
    thief.rewrite(db, [*rows[:at], rows[at]._replace(key=""), *rows[at:]])
    return None


def append(thief: Thief, db: sa.Connection) -> int | None:
    row = thief.rows(db)[-1]
    db.execute(entries.insert().values(row._replace(seq=COUNT + 1, key="")._asdict()))
    return COUNT + 1


def reorder(thief: Thief, db: sa.Connection) -> int | None:
    rows = thief.rows(db)
    one, two = sorted(thief.draw.sample(range(COUNT), 2))
    rows[one], rows[two] = rows[two], rows[one]
    thief.rewrite(db, rows)
    return None


def swap(thief: Thief, db: sa.Connection) -> int | None:
    rows = thief.rows(db)
    one, two = sorted(thief.draw.sample(range(COUNT), 2))
    if rows[one].body == rows[two].body:
        two = one + 1 if one + 1 < COUNT else one - 1
    for here, there in ((one, two), (two, one)):
        change = entries.update().where(entries.c.seq == here + 1)
        db.execute(change.values(body=rows[there].body))
    return min(one, two) + 1


def cut(thief: Thief, db: sa.Connection) -> int | None:
    seq = thief.draw.randint(2, COUNT)
    for table in (entries, decisions, parts, snapshot_heads, snapshot_rows):
        db.execute(table.delete().where(table.c.seq >= seq))
    return seq


@pytest.mark.parametrize("size", [0, 1, 2046, 2047, 2048, 4095, 2**16 - 1, 2**16])
def test_an_entry_is_hashed_as_one_piece_whatever_its_size(size: int) -> None:
    body = bytes(n % 251 for n in range(size))
    row = Row(7, "2026-11-21", "2026-11-21", "ada", None, "ask", "k", b"", 0, b"", body)
    columns = msgspec.json.encode([*row[:9]])
    whole = sha256(b"\1" * 32 + columns + b"\n" + body).digest()
    assert chain(b"\1" * 32, row) == whole


def drop_and_chain(thief: Thief, db: sa.Connection) -> int | None:
    rows = thief.rows(db)
    del rows[thief.draw.randrange(LARGE, COUNT - 1)]
    thief.rewrite(db, rows)
    return None


def forge_and_chain(thief: Thief, db: sa.Connection) -> int | None:
    rows = thief.rows(db)
    at = thief.draw.randrange(COUNT)
    column = thief.draw.choice(["at", "on", "actor", "behalf", "deed", "key", "intent"])
    value = thief.other(getattr(rows[at], column))
    if column in {"at", "on"}:
        value = getattr(rows[at], column).replace("2026", "2016")
    rows[at] = Row(**(rows[at]._asdict() | {column: value}))
    thief.rewrite(db, rows)
    return None


def part(thief: Thief, db: sa.Connection) -> int | None:
    kept = db.execute(sa.select(parts.c.n, parts.c.body).order_by(parts.c.n)).all()
    one = thief.draw.choice(kept)
    mine = parts.c.n == one.n
    edit = thief.draw.choice(["flip", "other", "delete", "add", "move"])
    if edit == "flip":
        db.execute(parts.update().where(mine).values(body=thief.other(bytes(one.body))))
    elif edit == "other":  # it reads as well as before
        body = bytes(one.body).replace(b'"T"', b'"S"', 1)
        db.execute(parts.update().where(mine).values(body=body))
    elif edit == "delete":
        db.execute(parts.delete().where(mine))
    elif edit == "add":
        db.execute(parts.insert().values(seq=LARGE, n=9, body=one.body))
    else:
        db.execute(parts.update().where(mine).values(n=7 - one.n))
    return LARGE


def stray_part(thief: Thief, db: sa.Connection) -> int | None:
    seq = thief.draw.choice([n for n in range(1, COUNT) if n != LARGE])
    db.execute(parts.insert().values(seq=seq, n=0, body=b"[]"))
    return seq


def projection(thief: Thief, db: sa.Connection) -> int | None:
    told = thief.draw.choice(db.execute(sa.select(decisions)).all())
    mine = decisions.c.seq == told.seq
    edit = thief.draw.choice(["verdict", "mission", "delete", "add", "far"])
    if edit in {"verdict", "mission"}:
        value = thief.other(getattr(told, edit))
        db.execute(decisions.update().where(mine).values({edit: value}))
        return int(told.seq)
    if edit == "delete":
        db.execute(decisions.delete().where(mine))
        return int(told.seq)
    seq = told.seq + (1 if edit == "add" else 1000)
    db.execute(decisions.insert().values(told._asdict() | {"seq": seq}))
    return int(seq)


def snapshot(thief: Thief, db: sa.Connection) -> int | None:
    seqs = db.execute(sa.select(snapshot_heads.c.seq)).scalars().all()
    seq = thief.draw.choice(seqs)
    table = thief.draw.choice([snapshot_heads, snapshot_rows])
    column = thief.draw.choice([c for c in table.columns if not c.primary_key])
    mine = table.c.seq == seq
    value = db.execute(sa.select(column).where(mine)).scalars().first()
    db.execute(table.update().where(mine).values({column.name: thief.other(value)}))
    return int(seq)


def retype(thief: Thief, db: sa.Connection) -> int | None:
    if db.dialect.name == "postgresql":  # it takes no value of another type
        return flip(thief, db)
    table, column = thief.draw.choice(
        [
            *(("entries", name) for name in Row._fields[1:]),
            *(("decisions", name) for name in ("mission", "verdict")),
            *(("parts", "body"), ("snapshot_rows", "body")),
        ]
    )
    told = db.exec_driver_sql(f'SELECT rowid, seq, "{column}" FROM {table}').all()  # noqa: S608
    rowid, seq, value = thief.draw.choice(told)
    other: object = "x" if isinstance(value, int) else str(value).encode()
    if isinstance(value, bytes):
        other = thief.draw.choice([value.decode("latin-1"), 7, 1.5])
    db.exec_driver_sql(
        f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?',  # noqa: S608
        (other, rowid),
    )
    return int(seq)


EVERY_EDIT: list[Callable[[Thief, sa.Connection], int | None]] = [
    *(flip, delete, insert, append, reorder, swap, cut, drop_and_chain),
    *(forge_and_chain, part, stray_part, projection, snapshot, retype),
]


@pytest.mark.slow
def test_every_edit_behind_its_back_is_found(db_url: str, tmp_path: Path) -> None:
    file = tmp_path / "checkpoints.jsonl"
    with open_desk(db_url) as desk:
        for first in (0, COUNT // 2):
            fill(desk, first, COUNT // 2)
            export_checkpoint(desk, file, AT)
            snapshots.write(desk.database, desk.firm())
        assert verify(desk, file).what == ""
        thief = Thief(Database(db_url), 1)
    assert len(read_checkpoints(file)) == 2
    missed = []
    for n in range(EDITS[db_url.partition(":")[0]]):
        edit = EVERY_EDIT[n % len(EVERY_EDIT)]
        with thief.database.writing() as db:
            bad = edit(thief, db)
        found = verify(Desk(thief.database, None), file)
        if found.bad is None or bad not in {None, found.bad}:
            missed.append((n, edit.__name__, bad, found))
        thief.restore()
    assert missed == []
    with open_desk(db_url, writes=False) as desk:
        assert verify(desk, file).what == "", "the test itself did the harm"
    thief.database.close()
