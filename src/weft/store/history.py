"""History: the firm as it stood at an entry or on a day."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import date, datetime

import sqlalchemy as sa
from msgspec.structs import replace

from weft.core.firm import Firm
from weft.errors import InputError
from weft.store import snapshots
from weft.store.database import Database
from weft.store.journal import rows

_KEPT = 4


class History:
    """Works out past firms, and remembers the few that were asked for last."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = threading.Lock()
        self._found: OrderedDict[int, Firm] = OrderedDict()

    def firm(self, head: Firm, as_of: int | date) -> Firm:
        """Give the firm after an entry, or after the last one of a day.

        Raises InputError for an entry that the journal does not have.
        """
        if not isinstance(as_of, int):
            with self._database.reading() as db:
                as_of = rows.seq_on(db, as_of)
        if not 0 <= as_of <= head.seq:
            raise InputError(
                f"The journal has no entry {as_of}.",
                do=f"Give a number from 0 to {head.seq}, or a day.",
            )
        with self._turn:
            if as_of not in self._found:
                self._found[as_of] = self._at(head, as_of)
            self._found.move_to_end(as_of)
            while len(self._found) > _KEPT:
                self._found.popitem(last=False)
            return self._found[as_of]

    def _at(self, head: Firm, seq: int) -> Firm:
        """Work out the firm after an entry from the nearest one known."""
        with self._database.reading() as db:
            if not seq:
                return Firm()
            if next(rows.changing(db, seq, head.seq), None) is None:
                return _same(db, head, seq)
            known = [firm for at, firm in self._found.items() if at <= seq]
            near = max(known, key=lambda firm: firm.seq, default=Firm())
            if snapshots.latest(db, seq) > near.seq:
                near = snapshots.newest(db, seq) or near
            return rows.replay(db, near, seq)


def _same(db: sa.Connection, head: Firm, seq: int) -> Firm:
    """Give the head as it was at an earlier entry since which nothing changed."""
    row = rows.row_at(db, seq)
    if row is None:
        return head
    at, on = datetime.fromisoformat(row.at), date.fromisoformat(row.on)
    return replace(head, seq=seq, at=at, on=on)
