"""The tables, the same on SQLite and PostgreSQL, and who may not touch which."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from weft.errors import InputError

VERSION = b"4"
"""Rises with each change of the tables that older programs cannot live with."""

OLDER = (b"1", b"2", b"3")
"""Before the second, a store had no table of versions; before the third, none of who
looked; before the fourth, no facts. Whoever writes it adds what it lacks."""

LOCK = 0x57454654
"""The number of Weft's advisory locks on PostgreSQL, so that others' differ."""

tables = sa.MetaData()
_Seq = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # there, the row's own id


def _table(name: str, *columns: sa.schema.SchemaItem, rowid: bool = True) -> sa.Table:
    return sa.Table(name, tables, *columns, sqlite_with_rowid=rowid)


def _text(name: str, **more: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, **{"nullable": False} | more)


def _bytes(name: str, **more: Any) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, **{"nullable": False} | more)


def _number(name: str, **more: Any) -> sa.Column[int]:
    return sa.Column(name, _Seq, **{"nullable": False, "autoincrement": False, **more})


weft = _table("weft", _text("name", primary_key=True), _bytes("value"))
"""What the store says of itself: its version, its secret, work still to be done."""

# The journal. The body comes last, as reading a row's head then stops before it.
entries = _table(
    "entries",
    _number("seq", primary_key=True),
    _text("at"),
    _text("on"),
    _text("actor"),
    _text("behalf", nullable=True),
    _text("deed"),
    _text("key"),
    _bytes("intent"),
    _number("changes"),
    _bytes("hash"),
    _bytes("body"),
)
parts = _table(
    "parts",
    _number("seq", primary_key=True),
    _number("n", primary_key=True),
    _bytes("body"),
)
# Facts: what entries brought in bulk. The columns tell them apart; the body is all.
facts = _table(
    "facts",
    _text("kind", primary_key=True),
    _number("seq", primary_key=True),
    _number("n", primary_key=True),
    _text("subject"),
    _text("when"),
    _text("key"),
    _bytes("body"),
    rowid=False,
)
# Worked out from the journal: may be thrown away and made again.
decisions = _table(
    "decisions",
    _number("seq", primary_key=True),
    _text("mission"),
    _text("act"),
    _text("verdict"),
    _text("asked_by"),
)
versions = _table(
    "versions",
    _text("kind", primary_key=True),
    _text("key", primary_key=True),
    _number("seq", primary_key=True),
    _number("n"),
    rowid=False,
)
snapshots = _table(
    "snapshots",
    _number("seq", primary_key=True),
    _text("at"),
    _text("on"),
    _number("records"),
    _bytes("digest"),
)
snapshot_rows = _table(
    "snapshot_rows",
    _number("seq", primary_key=True),
    _number("n", primary_key=True),
    _text("kind"),
    _bytes("body"),
)

# Beside the journal: what is personal, unfinished or secret.
profiles = _table(
    "profiles", _text("id", primary_key=True), _bytes("body"), rowid=False
)
drafts = _table(
    "drafts",
    _text("id", primary_key=True),
    _text("title"),
    _text("author"),
    _number("base"),
)
draft_parts = _table(
    "draft_parts",
    _text("draft", primary_key=True),
    _number("n", primary_key=True),
    _bytes("body"),
)
accounts = _table(
    "accounts",
    _text("name", primary_key=True),
    _text("person"),
    sa.Column("owner", sa.Boolean, nullable=False),
    _text("password"),
    _text("created"),
    rowid=False,
)
sessions = _table(
    "sessions",
    _bytes("secret", primary_key=True),
    _text("account"),
    _text("created"),
    _text("ends"),
    rowid=False,
)
tokens = _table(
    "tokens",
    _text("id", primary_key=True),
    _bytes("secret", unique=True),
    _text("account"),
    _text("title"),
    _text("created"),
    _text("ends"),
    _text("used", nullable=True),
    rowid=False,
)
looks = _table(
    "looks",
    _text("person", primary_key=True),
    _text("looker", primary_key=True),
    _text("about", primary_key=True),
    _text("day", primary_key=True),
    rowid=False,
)
attempts = _table(
    "attempts",
    _bytes("name", primary_key=True),
    _number("failed"),
    _text("last"),
    rowid=False,
)


def there(db: sa.Connection) -> bool:
    """Tell whether the tables are there.

    Raises InputError where they are of another version, or not Weft's.
    """
    names = set(sa.inspect(db).get_table_names())
    if "weft" in names:
        _check_version(db)
    elif taken := names & set(tables.tables):
        raise InputError(
            f"This database has a table {min(taken)!r} that is not Weft's.",
            do="Name another file or database.",
        )
    return "weft" in names


def create(db: sa.Connection) -> None:
    """Make the tables where they are absent."""
    if db.dialect.name == "postgresql":  # where two may come at once
        db.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    if there(db):
        return
    tables.create_all(db, checkfirst=False)
    db.execute(
        weft.insert(),
        [
            {"name": "version", "value": VERSION},
            {"name": "secret", "value": secrets.token_bytes(32)},
            {"name": "versions", "value": b"1"},
        ],
    )
    if db.dialect.name == "postgresql":
        db.exec_driver_sql(_KEEP)
    for command in INDEXES + FACTS_INDEXES + _guards(db.dialect.name, GUARDED):
        db.exec_driver_sql(command)


def upgrade(db: sa.Connection) -> None:
    """Add to a store of an older Weft the tables that it lacks, yet empty."""
    found = fact(db, "version")
    if found == OLDER[0]:
        versions.create(db)
        db.exec_driver_sql(VERSIONS_SEQ)
    if found in OLDER[:2]:
        looks.create(db)
    if found in OLDER:
        facts.create(db)
        for command in FACTS_INDEXES + _guards(db.dialect.name, ("facts",)):
            db.exec_driver_sql(command)
        for table in (snapshot_rows, snapshots):  # of records as they looked then
            db.execute(table.delete())
        say(db, "version", VERSION)


def _check_version(db: sa.Connection) -> None:
    """Refuse a store whose tables are not those above."""
    found = fact(db, "version")
    if found not in {VERSION, *OLDER}:
        raise InputError(
            f"The store has version {found.decode(errors='replace')} of its tables; "
            f"this Weft knows {VERSION.decode()}.",
            do="Use the Weft that wrote it.",
        )


def fact(db: sa.Connection, name: str) -> bytes:
    """Give what the store says of itself under a name; empty where nothing."""
    row = db.execute(sa.select(weft.c.value).where(weft.c.name == name)).first()
    return bytes(row.value) if row else b""


def looks_there(db: sa.Connection) -> bool:
    """Tell whether a store that is only read has the table of who looked."""
    return fact(db, "version") not in OLDER[:2]


def facts_there(db: sa.Connection) -> bool:
    """Tell whether a store that is only read has the table of facts."""
    return fact(db, "version") not in OLDER


def say(db: sa.Connection, name: str, value: bytes) -> None:
    """Make the store say something of itself; empty takes it back."""
    db.execute(weft.delete().where(weft.c.name == name))
    if value:
        db.execute(weft.insert().values(name=name, value=value))


VERSIONS_SEQ = "CREATE INDEX versions_seq ON versions (seq)"
INDEXES = [
    "CREATE UNIQUE INDEX entries_key ON entries (key, actor) WHERE key <> ''",
    "CREATE INDEX entries_changing ON entries (seq) WHERE changes > 0",
    'CREATE INDEX entries_on ON entries ("on")',
    "CREATE INDEX decisions_mission ON decisions (mission, seq)",
    "CREATE INDEX decisions_asked_by ON decisions (asked_by, seq)",
    "CREATE INDEX decisions_verdict ON decisions (verdict, seq)",
    VERSIONS_SEQ,
]
FACTS_INDEXES = [
    'CREATE INDEX facts_subject ON facts (kind, subject, "when")',
    "CREATE INDEX facts_key ON facts (kind, key) WHERE key <> ''",
]
"""Written out, as SQLAlchemy loads every database it could write them for."""

_KEPT = "what is in the journal stays as it is"
_KEEP = f"""
    CREATE FUNCTION weft_kept() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION '{_KEPT}'; END $$
"""
GUARDED = ("entries", "parts", "facts")
"""What is written once. Defence in depth: a slip of the hand is refused. An
administrator can take a guard away, which is why `verify` compares with checkpoints
kept elsewhere."""


def _guards(dialect: str, names: Sequence[str]) -> list[str]:
    """Give the commands that guard tables against changes, in a database's words."""
    if dialect == "postgresql":
        return [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
            "EXECUTE FUNCTION weft_kept()"
            for table in names
            for verb in ("update", "delete", "truncate")
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"
        for table in names
        for verb in ("update", "delete")
    ]
