"""The keeper: does what is due after commits, so that nobody has to remember it."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

import sqlalchemy as sa

from weft.core.firm import Firm
from weft.errors import WeftError
from weft.store import snapshots
from weft.store.checkpoints import Checkpoint, add_checkpoint, read_checkpoints
from weft.store.database import Database
from weft.store.head import Head
from weft.store.journal.rows import BEYOND
from weft.store.schema import entries

logger = logging.getLogger(__name__)

MANY_CHANGES, WORTH_IT = 50_000, 5_000
"""Changes after which a snapshot is due: while others write, and at closing."""
MANY_ENTRIES, LONG = 1_000, 60.0
"""Entries, and seconds, after which a checkpoint is due."""


class Keeper:
    """Keeps snapshots of a store, and checkpoints in a file if one is named.

    file: where checkpoints are exported to. Trouble here never stops a write: it
    is logged, and tried again when it is due again.
    """

    def __init__(self, database: Database, file: Path | None) -> None:
        self._database, self._file = database, file
        known = read_checkpoints(file) if file else []
        self._exported = max((each.seq for each in known), default=0)
        self._since = time.monotonic()
        self._thread: threading.Thread | None = None
        with database.reading() as db:
            self._changes = _changes_after(db, snapshots.latest(db, BEYOND))

    def after(self, head: Head, changed: int) -> float | None:
        """Do what is due after a commit, or after a quiet while.

        changed: records since the last call. Gives the seconds after which there
        could be something to do though nobody writes; None where there is not.
        """
        self._changes += changed
        idle = self._thread is None or not self._thread.is_alive()
        if self._changes >= MANY_CHANGES and idle:
            self._changes = 0
            self._thread = threading.Thread(
                target=self._keep, args=[head.firm], name="weft-snapshot", daemon=True
            )
            self._thread.start()
        return self._checkpoint(head)

    def close(self, head: Head) -> None:
        """Do what is worth doing before the store is closed."""
        if self._thread is not None:
            self._thread.join()
        if self._changes >= WORTH_IT:
            self._keep(head.firm)
        if self._file is not None and head.firm.seq > self._exported:
            self._export(self._file, head)

    def _keep(self, firm: Firm) -> None:
        """Keep a snapshot."""
        try:
            snapshots.write(self._database, firm)
        except WeftError as error:
            logger.warning("No snapshot was kept: %s", error)

    def _checkpoint(self, head: Head) -> float | None:
        """Export a checkpoint if one is due; tell when the next one could be."""
        ahead = head.firm.seq - self._exported
        if self._file is None or ahead <= 0:
            self._since = time.monotonic()
            return None
        left = self._since + LONG - time.monotonic()
        if ahead < MANY_ENTRIES and left > 0:
            return left
        self._since = time.monotonic()
        self._export(self._file, head)
        return LONG

    def _export(self, file: Path, head: Head) -> None:
        """Export a checkpoint."""
        seq, at = head.firm.seq, head.firm.at
        if at is None:
            return
        try:
            add_checkpoint(
                file, Checkpoint(seq=seq, hash=head.hash.hex(), at=at, entries=seq)
            )
            self._exported = seq
        except WeftError as error:
            logger.warning("No checkpoint was exported: %s", error)


def _changes_after(db: sa.Connection, seq: int) -> int:
    """Count the records changed after an entry."""
    changes = entries.c.changes
    asked = sa.select(sa.func.coalesce(sa.func.sum(changes), 0))
    found = db.execute(asked.where(changes > 0, entries.c.seq > seq)).scalar()
    return int(found or 0)
