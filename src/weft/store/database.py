"""The database behind a store: how it is opened, and how transactions begin in it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from weft.errors import InputError, NoStore, Unavailable
from weft.store import schema


class Database:
    """A SQLite file or a PostgreSQL database, with Weft's tables in it.

    file: where the SQLite file is, every link followed; None on PostgreSQL.
    turn: held by whoever writes, as SQLite has one writer and waits clumsily.
    """

    def __init__(self, url: str, *, writes: bool = True) -> None:
        parsed = _parse(url)
        self.file: Path | None = None
        self.turn = threading.Lock()
        if parsed.drivername == "sqlite":
            self.file = _file(parsed.database or "", writes=writes)
            parsed = parsed.set(database=str(self.file))
        self.engine = sa.create_engine(parsed, pool_size=8, max_overflow=40)
        if self.file:
            sa.event.listen(self.engine, "connect", _set_up)
        sa.event.listen(self.engine, "begin", _begin)
        try:
            self._begin(writes=writes)
        except BaseException:
            self.close()
            raise

    def _begin(self, *, writes: bool) -> None:
        """Make the tables where they are absent; who only reads makes none."""
        there = self._there()
        if not there and not writes:
            raise NoStore(self.file or self.engine.url.database)
        if writes and self.file:
            self._log_ahead()
        if writes:
            with self.writing() as db:
                schema.upgrade(db) if there else schema.create(db)

    def _there(self) -> bool:
        """Tell whether the tables are there; say what to look at where nobody can."""
        try:
            with self.reading() as db:
                return schema.there(db)
        except Unavailable as error:
            cause = getattr(error.__cause__, "orig", None)
            if getattr(cause, "sqlite_errorname", "") == "SQLITE_NOTADB":
                what = f"{self.file} is no store of Weft's: {cause}."
                raise InputError(what, do="Name another file with --db.") from error
            do = "Check its address, and that it is running there."
            raise Unavailable(error.what, do=do) from error

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Open a transaction that sees one moment and waits for nobody."""
        try:
            with self.engine.begin() as db:
                yield db
        except _NO_VALUE as error:
            raise _no_value() from error
        except (sa.exc.DBAPIError, sa.exc.TimeoutError) as error:
            raise unavailable(error, "read") from error

    @contextmanager
    def writing(
        self, connection: sa.Connection | None = None
    ) -> Iterator[sa.Connection]:
        """Open a transaction that writes, on `connection` or on any.

        Raises Unavailable where it could not be committed, or nobody knows.
        """
        try:
            with self.turn:
                if connection is not None:
                    with connection.begin():
                        yield connection
                else:
                    with (
                        self.engine.connect() as db,
                        db.execution_options(writes=True).begin(),
                    ):
                        yield db
        except _NO_VALUE as error:
            raise _no_value() from error
        except (sa.exc.DBAPIError, sa.exc.TimeoutError) as error:
            raise unavailable(error, "written to") from error

    def _log_ahead(self) -> None:
        """Let readers and the writer not wait for each other: SQLite remembers it."""
        with self.engine.connect() as db:
            raw: Any = db.connection.driver_connection
            raw.execute("PRAGMA journal_mode = WAL")

    def close(self) -> None:
        """Close every connection that nobody is using."""
        self.engine.dispose()


_NO_VALUE = (sa.exc.DataError, UnicodeEncodeError, OverflowError)


def _no_value() -> InputError:
    """Say that a text or number is none that a database knows."""
    return InputError(
        "A text holds what no text can hold, or a number is too large.",
        do="Send text in UTF-8 without NUL, and numbers of at most 18 digits.",
    )


def unavailable(error: Exception, verb: str) -> Unavailable:
    """Say what the database said, in one line, and what it means for the caller."""
    cause = getattr(error, "orig", None) or error
    told = " ".join(str(cause).split())[:300] or type(cause).__name__
    do = "Try again; what was read before still holds."
    if verb == "written to":
        do = "Try again with the same key: it counts once, whatever became of this."
    if getattr(cause, "sqlite_errorname", "") == "SQLITE_FULL":
        do = "Nothing was written. Make room on the disk, then try again."
    return Unavailable(f"The store cannot be {verb} now: {told}.", do=do)


def _parse(url: str) -> sa.URL:
    """Read the address of a store."""
    do = "Give sqlite:///FILE or postgresql://USER@HOST/DATABASE."
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise InputError("This is no address of a store.", do=do) from error
    kind = parsed.drivername.partition("+")[0]
    if kind in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if kind != "sqlite":
        raise InputError(f"Weft keeps nothing in {kind!r}.", do=do)
    if parsed.database in {None, "", ":memory:"}:
        raise InputError("A store in memory alone would be lost.", do=do)
    return parsed.set(drivername="sqlite")


def _file(name: str, *, writes: bool) -> Path:
    """Give the file of a SQLite store, made for this user's eyes where absent."""
    file = Path(name).resolve()
    if not writes and not file.exists():
        raise NoStore(file)
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise InputError(
            f"The store {file} cannot be opened: {error.strerror}.",
            do="Name a file that you may write, in a folder that is there.",
        ) from error
    return file


def _set_up(connection: Any, _: object) -> None:
    """Leave BEGIN to us, wait for the disk, and overwrite what is deleted."""
    connection.isolation_level = None
    for pragma in ("synchronous = FULL", "secure_delete = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {pragma}")


_BEGIN = {
    ("sqlite", True): "BEGIN IMMEDIATE",
    ("sqlite", False): "BEGIN",
    ("postgresql", False): "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


def _begin(db: sa.Connection) -> None:
    """Begin a transaction as one who writes or as one who only looks."""
    writes = db.get_execution_options().get("writes", False)
    if command := _BEGIN.get((db.dialect.name, writes)):
        db.exec_driver_sql(command)
