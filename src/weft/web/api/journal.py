"""The journal over HTTP: read, verified, its head carried elsewhere."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from litestar import delete, get, post
from litestar.di import NamedDependency

from weft.app import journal
from weft.core.entries import Entry
from weft.core.roles import Actor
from weft.errors import InputError
from weft.store.desk import Desk
from weft.store.journal.rows import Heading
from weft.store.verify import Checkpoint, Verified
from weft.web.api.firm import Written
from weft.web.params import LAST, Before, Key, Most, Number
from weft.web.settings import Settings


@get("/journal", sync_to_thread=True, operation="journal")
def several(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    most: Most = 50,
    before: Before = LAST,
) -> list[Heading]:
    """List what entries are about, the newest first; each is told whole by itself."""
    return list(journal.headings(desk, actor, most=most, before=before))


@get("/journal/{number:int}", sync_to_thread=True, operation="journal")
def one(
    desk: NamedDependency[Desk], actor: NamedDependency[Actor], number: Number
) -> Entry:
    """Give one entry."""
    return journal.entry(desk, actor, number)


@get("/journal/verify", sync_to_thread=True, operation="journal")
def verify(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    settings: NamedDependency[Settings],
) -> Verified:
    """Prove the journal unchanged, or name the first entry that is not.

    Up to the last checkpoint in the file that the server was started with.
    """
    return journal.check(desk, actor, settings.checkpoints)


@post("/journal/checkpoints", sync_to_thread=True, operation="journal")
def checkpoint(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    settings: NamedDependency[Settings],
) -> Checkpoint:
    """Write the head of the journal to the server's file of checkpoints."""
    return journal.checkpoint(desk, actor, _file(settings), now)


@delete("/profiles/{key:str}", status_code=200, sync_to_thread=True, operation="erase")
def erase(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    key: Key,
) -> Written:
    """Erase what is personal about a person for good; the journal stays whole."""
    return Written(entry=journal.erase(desk, actor, key, now).seq)


def _file(settings: Settings) -> Path:
    """Give the file of checkpoints, which only the server's start can name."""
    if settings.checkpoints is None:
        raise InputError(
            "This server has no file of checkpoints.",
            do="Start it with --checkpoints FILE, on another disk than the store.",
        )
    return settings.checkpoints


HANDLERS = [several, one, verify, checkpoint, erase]
