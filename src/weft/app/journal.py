"""The journal: read, verified, and a person's data erased beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from weft.app.knowing import consent
from weft.app.permissions import permit
from weft.core.entries import Entry
from weft.core.roles import Actor
from weft.errors import NotFound
from weft.store.desk import Desk
from weft.store.journal.rows import Heading
from weft.store.verify import Checkpoint, Verified, export_checkpoint, verify


def headings(
    desk: Desk, actor: Actor, *, most: int = 50, before: int | None = None
) -> Iterator[Heading]:
    """List what entries are about, the newest first, without what is in them."""
    permit(desk.firm(), actor, "journal")
    return desk.headings(before=before, most=most, newest_first=True)


def entry(desk: Desk, actor: Actor, seq: int) -> Entry:
    """Find an entry by its sequence, without the claims that people do not share."""
    head = desk.firm()
    permit(head, actor, "journal")
    found = desk.entry(seq)
    changes = consent.told(found.deed.changes, head, actor.person)
    return replace(found, deed=replace(found.deed, changes=changes))


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
