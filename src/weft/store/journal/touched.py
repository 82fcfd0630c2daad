"""Which entry changed which record last: what a stale write stumbles over."""

from __future__ import annotations

from collections.abc import Iterable

from weft.core.entries import Change, Deed
from weft.errors import ConflictError, InputError
from weft.store.database import Database
from weft.store.journal import rows

_KEPT = 200_000


class Touched:
    """The records changed since entry `floor`, each with the entry that did it.

    Grows with what is written, and further down the journal when somebody writes
    what was thought out long ago; begins anew where it has grown large.
    """

    def __init__(self, database: Database, floor: int) -> None:
        self._database, self._floor = database, floor
        self._by: dict[tuple[str, str], int] = {}

    def note(self, seq: int, changes: Iterable[Change]) -> None:
        """Remember what an entry changes."""
        self._by.update(((c.kind, c.key), seq) for c in changes)

    def trim(self, head: int) -> None:
        """Begin anew at a head that is in the journal, where this has grown large."""
        if len(self._by) > _KEPT:
            self._floor, self._by = head, {}

    def check(self, deed: Deed, head: int) -> None:
        """Raise ConflictError where the deed overwrites what came after it was seen.

        head: the newest sequence.
        """
        if deed.seen is None or not deed.changes:
            return
        if not 0 <= deed.seen <= head:
            raise InputError(
                f"The deed was thought out on entry {deed.seen}, which is not there.",
                do=f"Look at the firm again: its last entry is {head}.",
            )
        later = self._by if deed.seen >= self._floor else self._since(deed.seen)
        for each in deed.changes:
            if (by := later.get((each.kind, each.key), 0)) > deed.seen:
                raise ConflictError(
                    f"{each.kind} {each.key} was changed by entry {by}, after you "
                    f"looked at it in entry {deed.seen}.",
                    do="Look at it as it is now, then decide again.",
                )

    def _since(self, seen: int) -> dict[tuple[str, str], int]:
        """Read further down the journal; what was known already is newer."""
        older: dict[tuple[str, str], int] = {}
        with self._database.reading() as db:
            for row in rows.changing(db, seen, self._floor):
                older.update(
                    ((c.kind, c.key), row.seq) for c in rows.changes_in(db, row)
                )
        found = {**older, **self._by}
        if len(found) <= _KEPT:
            self._floor, self._by = seen, found
        return found
