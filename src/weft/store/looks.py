"""Who looked at what is recorded of whom: personal, for the one looked at alone.

A look is noted in memory and written with many others, so that nobody waits for it: a
search shows ten people, and writes nothing. It is kept once a day for each who looked,
whom at, and what at; and for a year.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from datetime import date, timedelta

import sqlalchemy as sa

from weft.core.records import Record
from weft.errors import Unavailable
from weft.store.database import Database
from weft.store.schema import looks, looks_there

LOG = logging.getLogger("weft")
KEPT = timedelta(days=365)
"""How long it is known who looked."""
MANY = 10_000
"""So many looks are written by who looks, where nothing has written them before."""

_Noted = tuple[str, str, str, date]
"""Whom at, who, what at, and on which day."""


class Look(Record, frozen=True, kw_only=True):
    """Somebody was shown what is recorded of a person, on a day.

    by: who looked. about: the skill that was asked for; empty for all of the page.
    """

    by: str
    about: str = ""
    on: date


class Looks:
    """Who looked at whom: noted in passing, written together.

    writes: whether this process may write them.
    """

    def __init__(self, database: Database, *, writes: bool) -> None:
        self._database, self._writes = database, writes
        self._turn = threading.Lock()
        self._noted: set[_Noted] = set()

    def note(self, by: str, people: Iterable[str], about: str, on: date) -> None:
        """Note that somebody is shown what is recorded of people; not of themselves."""
        if not self._writes:
            return
        with self._turn:
            self._noted.update((p, by, about, on) for p in people if p != by)
            full = len(self._noted) >= MANY
        if full:
            self._try()

    def _try(self) -> None:
        """Write what was noted; whoever looks is not kept from it by trouble."""
        try:
            self.write()
        except Unavailable as error:
            LOG.warning("Who looked could not be kept: %s", error)

    def write(self) -> None:
        """Write what was noted, and forget what is older than a year."""
        with self._turn:
            noted, self._noted = self._noted, set()
        if not noted:
            return
        oldest = max(day for *_, day in noted) - KEPT
        rows = [
            {"person": person, "looker": by, "about": about, "day": day.isoformat()}
            for person, by, about, day in sorted(noted)
        ]
        with self._database.writing() as db:
            db.execute(_PUT, rows)
            db.execute(looks.delete().where(looks.c.day < oldest.isoformat()))

    def close(self) -> None:
        """Write what is left, if that can be: to let go of a store comes first."""
        self._try()

    def of(self, person: str, most: int = 200) -> list[Look]:
        """Give who looked at what is recorded of a person, the latest first."""
        if self._writes:
            self.write()
        asked = (
            sa.select(looks.c.looker, looks.c.about, looks.c.day)
            .where(looks.c.person == person)
            .order_by(looks.c.day.desc(), looks.c.looker, looks.c.about)
            .limit(most)
        )
        with self._database.reading() as db:
            if not looks_there(db):  # an older Weft wrote it, and noted none
                return []
            return [
                Look(by=row.looker, about=row.about, on=date.fromisoformat(row.day))
                for row in db.execute(asked)
            ]

    def forget(self, person: str) -> None:
        """Forget what was noted of a person and not written yet."""
        with self._turn:
            self._noted = {n for n in self._noted if person not in n[:2]}


_PUT = sa.text(
    "INSERT INTO looks (person, looker, about, day) "
    "VALUES (:person, :looker, :about, :day) ON CONFLICT DO NOTHING"
)
