"""Reading the journal: entries, decisions, and what was written under a key."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import NamedTuple, TypeVar

import sqlalchemy as sa

from weft.core.entries import Entry
from weft.core.records import Record
from weft.core.requests import Asked, Decision, Recorded
from weft.core.roles import Actor
from weft.errors import InputError, NotFound
from weft.store.database import Database
from weft.store.journal import decisions, rows, versions
from weft.store.journal.bodies import Row
from weft.store.journal.rows import BEYOND, Heading
from weft.store.journal.walk import Step, walk

T = TypeVar("T")
_PAGE, _MANY = 100, 5000


class Kept(NamedTuple):
    """A version of a record, none where it was taken out, and the entry it came by."""

    entry: Heading
    record: Record | None


class JournalReader:
    """Reads the journal of a store, a page at a time, never all of it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._recorded: dict[int, Recorded] = {}
        self._asked: list[Asked] = []

    def entries(
        self,
        after: int = 0,
        before: int | None = None,
        most: int | None = None,
        *,
        newest_first: bool = False,
    ) -> Iterator[Entry]:
        """Give entries between two sequences, neither of which is among them."""
        return self._paged(rows.entry, after, before, most, newest_first=newest_first)

    def headings(
        self,
        after: int = 0,
        before: int | None = None,
        most: int | None = None,
        *,
        newest_first: bool = False,
    ) -> Iterator[Heading]:
        """Do as `entries` does, without what is in them: quick for the largest."""
        return self._paged(rows.heading, after, before, most, newest_first=newest_first)

    def _paged(
        self,
        read: Callable[[sa.Connection, Row], T],
        after: int,
        before: int | None,
        most: int | None,
        *,
        newest_first: bool,
    ) -> Iterator[T]:
        """Read rows page by page, each in a transaction of its own."""
        left = most
        while left is None or left > 0:
            some = min(left or _PAGE, _PAGE)
            with self.database.reading() as db:
                page = rows.page(db, after, before, some, newest_first=newest_first)
                told = [read(db, row) for row in page]
            yield from told
            if len(page) < some:
                return
            left = None if left is None else left - some
            if newest_first:
                before = page[-1].seq
            else:
                after = page[-1].seq

    def walk(
        self, after: int, upto: int, decision: type[T], kinds: Collection[str]
    ) -> Iterator[Step[T]]:
        """Give in order what entries past `after` change and decide; see walk.py."""
        return walk(self.database, after, upto, decision, kinds)

    def entry(self, seq: int) -> Entry:
        """Give one entry, or raise NotFound."""
        with self.database.reading() as db:
            row = rows.row_at(db, seq)
            if row is None:
                raise NotFound("entry", str(seq), (), do="See `weft journal`.")
            return rows.entry(db, row)

    def erased(self) -> frozenset[str]:
        """Give the people of whom all that is personal was erased, by id."""
        with self.database.reading() as db:
            told = [rows.entry(db, row) for row in rows.of_deed(db, "erase")]
        return frozenset(person for entry in told for person in entry.deed.profiles)

    def versions(self, kind: str, key: str, upto: int = BEYOND) -> list[Kept]:
        """Give every version of a record up to an entry, the newest first.

        Of principles, decision records, sets, guardrails and agreements alone. Raises
        InputError where the store was written by an older Weft, and by none since.
        """
        with self.database.reading() as db:
            return [*self._versions(db, kind, key, upto)]

    def version_at(self, kind: str, key: str, seq: int) -> Kept | None:
        """Give the version of a record that stood after an entry, if it did.

        None, too, where nobody has noted yet where versions are.
        """
        with self.database.reading() as db:
            known = versions.filled(db)
            found = next(self._versions(db, kind, key, seq), None) if known else None
        return found if found and found.record else None

    def _versions(
        self, db: sa.Connection, kind: str, key: str, upto: int
    ) -> Iterator[Kept]:
        """Give versions one by one, so that who wants one reads one."""
        if not versions.filled(db):
            what = "The store is an older Weft's: where versions are is not noted yet."
            raise InputError(what, do="Write once, as with `weft serve`; it is added.")
        for row, change in versions.found(db, kind, key, upto):
            yield Kept(rows.heading(db, row), change.record)

    def decided(self, after: int, before: int | None) -> int:
        """Count the decisions between two entries."""
        with self.database.reading() as db:
            return decisions.count(db, after, before)

    def decided_at(self, upto: int) -> list[tuple[int, datetime]]:
        """Give the sequence and the instant of each decision up to an entry."""
        with self.database.reading() as db:
            return decisions.instants(db, upto)

    def asked(self, upto: int) -> list[Asked]:
        """Give what was asked up to an entry, in order: the same list until more is.

        What was read once is kept, as entries never change.
        """
        known = self._asked
        last = known[-1].number if known else 0
        if last > upto:
            return known[: bisect_right(known, upto, key=lambda each: each.number)]
        new: list[Asked] = []
        while True:
            with self.database.reading() as db:
                some = decisions.asked(db, last, upto, _MANY)
            new += some
            if len(some) < _MANY:
                break
            last = some[-1].number
        if new:
            known = self._asked = [*known, *new]
        return known

    def by_key(self, key: str, actor: Actor) -> Entry | None:
        """Give the entry that an actor wrote under an idempotency key, if any."""
        with self.database.reading() as db:
            row = rows.by_keys(db, [key]).get((key, actor.person))
            return rows.entry(db, row) if row else None

    def decisions(
        self,
        *,
        most: int,
        before: int | None = None,
        mission: str = "",
        verdict: str = "",
        asked_by: str = "",
    ) -> list[tuple[int, Decision]]:
        """Give decisions, the newest first, each with its sequence."""
        wanted = {"mission": mission, "verdict": verdict, "asked_by": asked_by}
        with self.database.reading() as db:
            return decisions.found(db, most, before, **wanted)

    def recorded(
        self, *, most: int, before: int | None = None
    ) -> list[tuple[int, Recorded]]:
        """Give of decisions, the newest first, what it takes to judge them again.

        What was given last is kept: who writes a guardrail asks at every letter.
        """
        with self.database.reading() as db:
            found = decisions.recorded(db, most, before, self._recorded)
        self._recorded = found
        return [*found.items()]
