"""A batch: deeds decided one after the other, then written as one commit."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import UTC, date, datetime

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace

from weft.core.entries import Deed, Entry
from weft.core.firm import Firm, apply
from weft.core.people import Profile
from weft.core.roles import Actor
from weft.engines.guardrails import settled
from weft.errors import ConflictError, InputError, NothingChanges, UnknownName
from weft.store import profiles
from weft.store.facts.intake import Intake
from weft.store.head import Head
from weft.store.head import put as put_profiles
from weft.store.journal import decisions, rows, versions
from weft.store.journal.bodies import Row, chain, pack, reread
from weft.store.journal.bulk import in_bulk
from weft.store.journal.touched import Touched

MANY = 10_000
"""Changes of a deed that is large."""


class Task(msgspec.Struct, frozen=True, eq=False):
    """A deed that somebody waits for: decided on the firm as it then stands.

    erases: the person whose profile is to be gone, if any.
    """

    decide: Callable[[Firm], Deed]
    at: datetime
    actor: Actor
    key: str
    intent: bytes
    profiles: tuple[Profile, ...]
    erases: str
    future: Future[Entry]


class Batch:
    """Deeds on top of a head that are not yet in the journal.

    known: the rows already written under the keys of these tasks.
    """

    def __init__(
        self,
        head: Head,
        touched: Touched,
        intake: Intake,
        secret: bytes,
        known: Mapping[tuple[str, str], Row],
    ) -> None:
        self.head = head
        self.done: list[tuple[Task, Entry]] = []
        self._touched, self._intake = touched, intake
        self._secret, self._known = secret, dict(known)
        self._rows: list[Row] = []
        self._versions: list[versions.Line] = []
        self._pieces: list[tuple[int, int, bytes]] = []
        self._entries: dict[int, Entry] = {}
        self._profiles: dict[str, Profile | None] = {}

    def add(self, task: Task, db: Callable[[Row], Entry]) -> None:
        """Decide one deed and put it in; raise what refuses it, and stay as it was.

        db: reads the entry of a row that is already in the journal.
        """
        intent = self._digest(task)
        if first := self._known.get((task.key, task.actor.person)):
            if first.intent != intent:
                raise ConflictError(
                    f"The key {task.key!r} was used for something else, "
                    f"in entry {first.seq}.",
                    do="Take a new key for a new deed.",
                )
            self.done.append((task, self._entries.get(first.seq) or db(first)))
            return
        deed, put = self._deed(task)
        if len(deed.changes) > MANY:
            with in_bulk():
                self._write(task, deed, put, intent)
        else:
            self._write(task, deed, put, intent)

    def save(self, db: sa.Connection) -> None:
        """Write all of it; the caller commits."""
        rows.append(db, self._rows, self._pieces)
        decisions.add(db, self._rows)
        versions.add(db, self._versions)
        profiles.save(db, self._profiles)
        self._intake.save(db)

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to write."""
        return not self._rows

    def _write(
        self, task: Task, deed: Deed, put: Mapping[str, Profile | None], intent: bytes
    ) -> None:
        """Put one more entry on top of the head."""
        head = self.head
        at = task.at.astimezone(UTC)
        at = max(at, head.firm.at or at)
        on = _day(deed, at, head.firm)
        taken = self._intake.take(deed)
        deed = replace(deed, facts=(), brought=taken.brought)
        if not (_says(deed) or taken.rows):
            raise NothingChanges
        body, pieces = pack(deed)
        deed = reread(deed, body, pieces)
        self._touched.check(deed, head.firm.seq)
        seq = head.firm.seq + 1
        row = Row(
            seq=seq,
            at=rows.instant(at),
            on=on.isoformat(),
            actor=task.actor.person,
            behalf=task.actor.behalf,
            deed=deed.name,
            key=task.key,
            intent=intent,
            changes=len(deed.changes),
            hash=b"",
            body=body,
        )
        row = row._replace(hash=chain(head.hash, row))
        entry = rows.entry_with(row, deed)
        self.head = Head(
            apply(head.firm, entry), row.hash, put_profiles(head.profiles, put)
        )
        self._touched.note(seq, deed.changes)
        self._intake.put(seq, taken)
        self._versions += versions.lines(seq, deed.changes)
        self._rows.append(row)
        self._pieces += [(seq, n, piece) for n, piece in enumerate(pieces)]
        self._entries[seq] = entry
        self._profiles.update(put)
        if task.key:
            self._known[task.key, task.actor.person] = row
        self.done.append((task, entry))

    def _deed(self, task: Task) -> tuple[Deed, dict[str, Profile | None]]:
        """Decide a deed; give it with the profiles that it really changes."""
        firm, people = self.head.firm, self.head.profiles
        deed = task.decide(firm)
        deed = replace(deed, changes=settled(firm, deed.changes, task.at))
        last = {profile.id: profile for profile in task.profiles}
        put: dict[str, Profile | None] = {
            i: profile for i, profile in last.items() if people.get(i) != profile
        }
        if task.erases:
            if task.erases not in people and task.erases not in firm.people:
                raise UnknownName("person", task.erases, firm.people)
            put = {task.erases: None}
        deed = replace(deed, profiles=tuple(sorted(put)))
        if not (_says(deed) or deed.facts):
            raise NothingChanges
        return deed, put

    def _digest(self, task: Task) -> bytes:
        """Give the keyed digest of what was meant, which tells nothing of it."""
        return hmac.digest(self._secret, task.intent, "sha256") if task.key else b""


def _says(deed: Deed) -> bool:
    """Tell whether a deed is worth an entry, whatever facts it brings."""
    return bool(deed.changes or deed.decision or deed.profiles)


def _day(deed: Deed, at: datetime, firm: Firm) -> date:
    """Give the day that a deed counts from, which never goes back."""
    last = firm.on or date.min  # an empty journal may begin on any day
    if deed.on is not None and deed.on < last:
        raise InputError(
            f"The deed counts from {deed.on}, and the journal is at {last} already.",
            do=f"Give {last} or a later day.",
        )
    return deed.on or max(at.date(), last)
