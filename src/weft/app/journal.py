"""The journal: read, verified, and a person's data erased beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from weft.app.permissions import permit
from weft.core.entries import Entry
from weft.core.records import Record
from weft.core.roles import Actor
from weft.errors import NotFound
from weft.store.desk import Desk
from weft.store.journal import rows
from weft.store.journal.rows import Heading
from weft.store.verify import Checkpoint, Verified, export_checkpoint, verify


class Version(Record, frozen=True, kw_only=True):
    """A record as one entry left it; no text where that entry took it out."""

    seq: int
    at: datetime
    actor: str
    deed: str
    taken_out: bool = False
    version: int | None = None


def headings(
    desk: Desk, actor: Actor, *, most: int = 50, before: int | None = None
) -> Iterator[Heading]:
    """List what entries are about, the newest first, without what is in them."""
    permit(desk.firm(), actor, "journal")
    return desk.headings(before=before, most=most, newest_first=True)


def entry(desk: Desk, actor: Actor, seq: int) -> Entry:
    """Find an entry by its sequence."""
    permit(desk.firm(), actor, "journal")
    return desk.entry(seq)


def check(desk: Desk, actor: Actor, checkpoints: Path | None = None) -> Verified:
    """Prove the journal unchanged, or name the first sequence that is not."""
    permit(desk.firm(), actor, "journal")
    return verify(desk, checkpoints)


def checkpoint(desk: Desk, actor: Actor, file: Path, at: datetime) -> Checkpoint:
    """Write the head of the journal to a file outside the database."""
    permit(desk.firm(), actor, "journal")
    return export_checkpoint(desk, file, at)


def erase(desk: Desk, actor: Actor, person: str, at: datetime) -> Entry:
    """Erase what is personal about a person for good; the journal stays whole."""
    firm = desk.firm()
    permit(firm, actor, "erase")
    if person not in desk.profiles():
        raise NotFound("profile", person, desk.profiles())
    return desk.erase(person, at=at, actor=actor)


def versions(desk: Desk, actor: Actor, kind: str, key: str) -> list[Version]:
    """Give each state that a record has had, the newest first.

    Reads every entry that changes the firm, so it is asked for by itself.
    """
    permit(desk.firm(), actor, "journal")
    found = []
    with desk.database.reading() as db:
        for row in rows.changing(db, 0, desk.firm().seq):
            for change in rows.changes_in(db, row):
                if (change.kind, change.key) == (kind, key):
                    version = Version(
                        seq=row.seq,
                        at=datetime.fromisoformat(row.at),
                        actor=row.actor,
                        deed=row.deed,
                        taken_out=change.record is None,
                        version=getattr(change.record, "version", None),
                    )
                    found.append(version)
    return found[::-1]
