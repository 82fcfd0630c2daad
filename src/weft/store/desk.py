"""The desk: the one place from which a store is read and written."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Self

import msgspec
import sqlalchemy as sa

from weft.core.entries import Change, Deed, Draft, Entry
from weft.core.firm import Firm
from weft.core.people import Profile
from weft.core.records import read
from weft.core.roles import Actor
from weft.errors import InputError, Unavailable
from weft.store import drafts, kept, profiles
from weft.store import head as heads
from weft.store.accounts import Accounts
from weft.store.database import Database
from weft.store.facts.reading import Facts
from weft.store.head import Head
from weft.store.history import History
from weft.store.hooks import Hooks
from weft.store.journal import versions
from weft.store.journal.batch import Task
from weft.store.journal.reader import JournalReader
from weft.store.journal.writer import Writer
from weft.store.keeper import Keeper
from weft.store.looks import Looks
from weft.store.pen import Pen

logger = logging.getLogger(__name__)


def open_desk(
    url: str,
    *,
    writes: bool = True,
    holder: str = "",
    checkpoints: Path | None = None,
) -> Desk:
    """Open the store at an address, making its tables where they are absent.

    url: sqlite:///FILE or postgresql://USER@HOST/DATABASE. writes: as its one
    writer, until it is closed; else to read what others write. holder: who that
    is, for those who are refused meanwhile. checkpoints: a file outside the
    database to which the head is exported, every minute or thousand entries.
    Raises ConflictError where another writes, InputError for a bad address.
    """
    database = Database(url, writes=writes)
    pen = None
    try:
        pen = Pen(database, holder) if writes else None
        return Desk(database, pen, checkpoints)
    except BaseException:
        if pen is not None:
            pen.close()
        database.close()
        raise


class Desk(JournalReader):
    """An open store: the firm, its journal, and what is kept beside it.

    May be used by any number of threads. accounts: who may sign in. hooks: which tools
    may report. facts: what came in bulk. drafting: held while a draft is read and then
    written, so that nothing is put into it meanwhile.
    """

    def __init__(
        self, database: Database, pen: Pen | None, checkpoints: Path | None = None
    ) -> None:
        super().__init__(database)
        self.accounts = Accounts(database, writes=pen is not None)
        self.looks = Looks(database, writes=pen is not None)
        self.facts = Facts(database)
        self.hooks = Hooks(database, self.changing)
        self._pen = pen
        self._history = History(database)
        self._turn = threading.Lock()
        self.drafting = threading.Lock()
        self._found: Head | None = None  # by who only reads
        self._writer: Writer | None = None
        if pen is not None:
            self._keeper = Keeper(database, checkpoints)
            self._writer = self._begin(pen)

    # The firm

    def firm(self, as_of: int | date | None = None) -> Firm:
        """Give the firm as it stands, or stood after an entry or on a day."""
        head = self._head().firm
        return head if as_of is None else self._history.firm(head, as_of)

    def profiles(self) -> Mapping[str, Profile]:
        """Give what is personal about people, by their id, as it stands."""
        return self._head().profiles

    def _head(self) -> Head:
        """Give the newest state; who only reads looks whether others moved it."""
        if self._writer is not None:
            return self._writer.head
        with self._turn, self.database.reading() as db:
            found = self._found
            self._found = heads.follow(db, found) if found else heads.find(db)
            return self._found

    def _begin(self, pen: Pen) -> Writer:
        """Start the writer on what the store holds, and end what was broken off."""
        try:
            profiles.scrub(self.database, patience=0)
        except Unavailable as error:
            logger.warning("Erasing is not done yet: %s", error)
        with self.database.reading() as db:
            head = heads.find(db)
            filled = versions.filled(db)
        if not filled:  # the store comes from an older Weft
            with pen.writing() as db:
                versions.fill(db, head.firm.seq)
        return Writer(self.database, pen, head, self._keeper.after)

    # Writing

    def write(
        self,
        decide: Callable[[Firm], Deed],
        *,
        at: datetime,
        actor: Actor,
        key: str = "",
        intent: bytes = b"",
        profiles: Sequence[Profile] = (),
    ) -> Entry:
        """Put a deed into the journal and give its entry, once it is durable.

        decide: makes the deed from the firm as it then stands, or raises.
        key: a repeated one gives the first entry and has no second effect, if
        `intent` is the same; each actor has keys of their own.
        profiles: what is personal about people, put beside the journal.
        Raises ConflictError where the deed overwrites what came after `seen`, or
        the key was used for something else; InputError where nothing changes;
        Unavailable where it is not known to be written: try again with the key.
        """
        return self.submit(
            decide, at=at, actor=actor, key=key, intent=intent, profiles=profiles
        ).result()

    def submit(
        self,
        decide: Callable[[Firm], Deed],
        *,
        at: datetime,
        actor: Actor,
        key: str = "",
        intent: bytes = b"",
        profiles: Sequence[Profile] = (),
    ) -> Future[Entry]:
        """Do as `write` does, without waiting."""
        return self._writing().submit(
            _task(decide, at, actor, key=key, intent=intent, put=profiles)
        )

    def erase(self, person: str, *, at: datetime, actor: Actor) -> Entry:
        """Erase what is personal about a person, for good, and put that on record.

        The entry has the id alone. Accounts of the person go too.
        Raises UnknownName for nobody, Unavailable where traces could remain.
        """
        deed = Deed(name="erase")
        self.looks.forget(person)
        task = _task(lambda _: deed, at, actor, erases=person)
        entry = self._writing().submit(task).result()
        profiles.scrub(self.database)
        return entry

    @property
    def writable(self) -> bool:
        """Tell whether deeds are written now; after trouble, the next one tries."""
        return self._writer is not None and self._writer.sound

    def _writing(self) -> Writer:
        """Give the writer, where this desk has one."""
        if self._writer is None:
            raise Unavailable(
                "This Weft reads the store and does not write it.",
                do="Turn to the one that does.",
            )
        return self._writer

    # Drafts

    def drafts(self) -> list[Draft]:
        """Give every draft, by id."""
        with self.database.reading() as db:
            return drafts.all_drafts(db)

    def draft(self, name: str) -> tuple[Draft, tuple[Change, ...]]:
        """Give one draft and its changes, or raise NotFound."""
        with self.database.reading() as db:
            return drafts.find(db, name)

    def save_draft(self, draft: Draft, changes: Sequence[Change]) -> None:
        """Keep a draft in the place of the one that has its id."""
        with self.changing() as db:
            drafts.save(db, draft, tuple(changes))

    def drop_draft(self, name: str) -> None:
        """Throw a draft away, if it is there."""
        with self.changing() as db:
            drafts.drop(db, name)

    # What is worked out

    def keep(self, name: str, seq: int, body: bytes) -> None:
        """Keep what was worked out of the entries up to one, for the next start."""
        with self.changing() as db:
            kept.keep(db, name, seq, body)

    def kept(self, name: str) -> bytes:
        """Give what is kept under a name; empty where nothing is, or of no use."""
        with self.database.reading() as db:
            return kept.found(db, name)

    def kept_at(self, name: str) -> int:
        """Give the entry up to which that was worked out; 0 where nothing is kept."""
        with self.database.reading() as db:
            return kept.upto(db, name)

    @contextmanager
    def changing(self) -> Iterator[sa.Connection]:
        """Open a transaction on what stands beside the journal."""
        self._writing()
        with self.database.writing() as db:
            yield db

    def close(self) -> None:
        """Write what waits, and let go of the store; what was read stays."""
        with self._turn:
            pen, self._pen = self._pen, None
        if self._writer is not None and pen is not None:
            self.looks.close()
            self._writer.close()
            self._keeper.close(self._writer.head)
            pen.close()
        self.database.close()

    def __enter__(self) -> Self:
        """Use it in a `with`, which closes it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()


_LONGEST = 200


@lru_cache
def _checked(actor: Actor) -> Actor:
    """Read an actor as if it came from outside: the same few act again and again."""
    return read(Actor, msgspec.structs.asdict(actor))


def _task(
    decide: Callable[[Firm], Deed],
    at: datetime,
    actor: Actor,
    *,
    key: str = "",
    intent: bytes = b"",
    put: Sequence[Profile] = (),
    erases: str = "",
) -> Task:
    """Check what comes from outside, so that no deed can spoil a batch."""
    if at.tzinfo is None:
        raise InputError("The instant has no time zone.", do="Give it in UTC.")
    if len(key) > _LONGEST or not (key.isascii() and key.isprintable()):
        raise InputError(
            "The key is too long, or holds what cannot be printed.",
            do=f"Give at most {_LONGEST} letters, digits and signs of ASCII.",
        )
    return Task(
        decide=decide,
        at=at,
        actor=_checked(actor),
        key=key,
        intent=intent,
        profiles=tuple(profiles.checked(put)),
        erases=erases,
        future=Future(),
    )
