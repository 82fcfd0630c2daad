"""The pen: who holds it writes the journal, and nobody else does."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from weft.errors import ConflictError, InputError, StoreTaken, Unavailable
from weft.store.database import Database, unavailable
from weft.store.schema import LOCK


class Pen:
    """The right to write the journal, held from opening to closing.

    On SQLite it is a lock on a file beside the store; on PostgreSQL a lock of the
    very connection that writes, so that who loses the one has lost the other.
    """

    def __init__(self, database: Database, holder: str) -> None:
        self._database, self._holder = database, holder
        self._lock = _lock_file(database.file, holder) if database.file else None
        try:
            self._connection = self._connect()
        except BaseException:
            self._unlock()
            raise

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Open a transaction of the one writer."""
        if self._connection.invalidated:  # it would connect anew, without the lock
            raise Unavailable("The connection was lost.", do="Try again.")
        with self._database.writing(self._connection) as db:
            yield db

    def reopen(self) -> None:
        """Begin afresh after trouble: what the disk holds is then what is read.

        A commit that failed may have reached the disk all the same, so that every
        connection that could remember otherwise is closed first.
        Raises Unavailable where the store cannot be had now.
        """
        self._drop()
        self._database.close()
        try:
            self._connection = self._connect()
        except ConflictError as error:  # our own old connection, or another's
            raise Unavailable(error.what, do="Try again in a moment.") from error

    def close(self) -> None:
        """Let go of the right to write."""
        self._drop()
        self._unlock()

    def _connect(self) -> sa.Connection:
        """Connect; on PostgreSQL, take the lock in the same breath."""
        try:
            db = self._database.engine.connect().execution_options(writes=True)
            if self._database.file is None:
                self._take(db)
        except sa.exc.DBAPIError as error:
            raise unavailable(error, "written to") from error
        return db

    def _take(self, db: sa.Connection) -> None:
        """Take the advisory lock of this database and schema, or say who has it."""
        with db.begin():
            taken = db.exec_driver_sql(f"SELECT pg_try_advisory_lock({_LOCK})").scalar()
            if taken:
                db.execute(_SIGN, {"holder": self._holder[:60]})
                return
            holder = db.execute(_HOLDER).scalar()
        db.close()
        raise StoreTaken(holder or "")

    def _drop(self) -> None:
        """Close the connection, whatever state it is in."""
        if not self._connection.closed:
            self._connection.invalidate()
            self._connection.close()

    def _unlock(self) -> None:
        """Let go of the lock on the file."""
        if self._lock is not None:
            os.ftruncate(self._lock, 0)
            os.close(self._lock)
            self._lock = None


def _lock_file(file: Path, holder: str) -> int:
    """Lock the file beside a SQLite store, and sign it; give its descriptor."""
    try:
        lock = os.open(f"{file}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise InputError(
            f"{file}.lock cannot be opened: {error.strerror}.",
            do="Let Weft write in that folder.",
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        found = os.pread(lock, 1000, 0).decode(errors="replace").strip()
        os.close(lock)
        raise StoreTaken(found) from error
    os.ftruncate(lock, 0)
    os.pwrite(lock, holder.encode(), 0)
    return lock


_LOCK = f"{LOCK}, hashtext(current_schema())"
_SIGN = sa.text(
    "SELECT set_config('application_name', :holder, false), "
    "set_config('synchronous_commit', CASE current_setting('synchronous_commit') "
    "WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false)"
)
_HOLDER = sa.text("""
    SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)
    WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = :lock
      AND objid = (hashtext(current_schema())::bigint & 4294967295)::oid
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
""").bindparams(lock=LOCK)
