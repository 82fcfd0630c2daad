"""The intake: facts on their way into the journal, none of them twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from weft.core.entries import Deed
from weft.core.facts.fact import Batch
from weft.core.facts.kinds import FACTS
from weft.errors import ConflictError
from weft.store.database import Database
from weft.store.facts.rows import Row, batch_of, row_of
from weft.store.journal.rows import insert
from weft.store.schema import facts

_ASKED = 500


class Taken(NamedTuple):
    """What of a deed's facts is new, in rows without a sequence; and to be said."""

    rows: Sequence[Row] = ()
    brought: tuple[Batch, ...] = ()


class Intake:
    """Takes the facts of deeds that become one commit; nothing is written before."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rows: list[Row] = []
        self._pending: dict[tuple[str, str], Row] = {}

    def take(self, deed: Deed) -> Taken:
        """Give what is new in a deed, and stay as it was.

        Raises ConflictError where a fact is there already with other contents, and the
        deed does not say that it corrects.
        """
        if not deed.facts:
            return Taken()
        wanted = [row_of(fact) for fact in deed.facts]
        known = self._known(wanted)
        fresh: dict[str, list[Row]] = {}
        repeats = dict.fromkeys((row.kind for row in wanted), 0)
        for row in wanted:
            before = known.get((row.kind, row.key)) if row.key else None
            if before is not None and before.body == row.body:
                repeats[row.kind] += 1
                continue
            if before is not None:
                _check_correction(row, before, corrects=deed.corrects)
            if row.key:
                known[row.kind, row.key] = row
            mine = fresh.setdefault(row.kind, [])
            mine.append(row._replace(n=len(mine)))
        brought = (batch_of(k, fresh.get(k, ()), n) for k, n in repeats.items())
        return Taken([row for mine in fresh.values() for row in mine], tuple(brought))

    def put(self, seq: int, taken: Taken) -> None:
        """Let an entry have brought what was taken."""
        rows = [row._replace(seq=seq) for row in taken.rows]
        self._rows += rows
        self._pending.update({(row.kind, row.key): row for row in rows if row.key})

    def save(self, db: sa.Connection) -> None:
        """Write all of it; the caller commits."""
        if self._rows:
            insert(db, facts, self._rows)

    def _known(self, wanted: Iterable[Row]) -> dict[tuple[str, str], Row]:
        """Give the newest fact of each key that is wanted, where there is one."""
        keys: dict[str, set[str]] = {}
        for row in wanted:
            if row.key:
                keys.setdefault(row.kind, set()).add(row.key)
        found: dict[tuple[str, str], Row] = {}
        if keys:
            with self._database.reading() as db:
                for kind, some in keys.items():
                    found.update(_newest(db, kind, sorted(some)))
        mine = {(kind, key) for kind, some in keys.items() for key in some}
        return found | {at: row for at, row in self._pending.items() if at in mine}


def _newest(
    db: sa.Connection, kind: str, keys: Sequence[str]
) -> dict[tuple[str, str], Row]:
    """Read the newest fact of each key."""
    found: dict[tuple[str, str], Row] = {}
    asked = sa.select(facts).where(facts.c.kind == kind, facts.c.key != "")
    asked = asked.order_by(facts.c.seq, facts.c.n)
    for n in range(0, len(keys), _ASKED):
        for row in db.execute(asked.where(facts.c.key.in_(keys[n : n + _ASKED]))):
            found[kind, row.key] = Row._make(row)
    return found


def _check_correction(row: Row, before: Row, *, corrects: bool) -> None:
    """Refuse another fact under a key that is taken, unless it puts the first right."""
    noun = FACTS[row.kind].noun
    where = f"in entry {before.seq}" if before.seq else "further up in what you sent"
    if FACTS[row.kind].final:
        raise ConflictError(
            f"There is a {noun} already, {where}, and it stays as it is.",
            do="Nothing takes its place: leave it out.",
        )
    if not corrects or not before.seq:
        raise ConflictError(
            f"The {noun} {row.key} is there already with other contents, {where}.",
            do=f"Leave the {noun} out, or say that it corrects the earlier one.",
        )
    if (row.subject, row.when) != (before.subject, before.when):
        raise ConflictError(
            f"The {noun} {row.key} was about {before.subject} at {before.when}.",
            do="Give a correction the subject and the time of what it corrects.",
        )
