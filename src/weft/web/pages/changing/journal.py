"""The journal: every deed in order, one of them whole, and the proof of all."""

from __future__ import annotations

from collections import Counter

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from weft.app import journal
from weft.web.context import Html, Page

SIZE = 40
MOST_CHANGES = 300


@get("/journal", sync_to_thread=True, operation="journal")
def several(page: NamedDependency[Page], before: FromQuery[int] = 0) -> Html:
    """List the entries, the newest first."""
    found = list(
        journal.headings(page.desk, page.actor, most=SIZE, before=before or None)
    )
    return page.show(
        "journal.html",
        entries=found,
        older=found[-1].seq if found and found[-1].seq > 1 else 0,
        before=before,
    )


@get("/journal/{seq:int}", sync_to_thread=True, operation="journal")
def one(page: NamedDependency[Page], seq: FromPath[int]) -> Html:
    """Show one entry."""
    entry = journal.entry(page.desk, page.actor, seq)
    return page.show(
        "entry.html",
        entry=entry,
        changes=entry.deed.changes[:MOST_CHANGES],
        total=len(entry.deed.changes),
        counts=Counter(c.kind for c in entry.deed.changes),
    )


@get("/journal/verify", sync_to_thread=True, operation="journal")
def verify(page: NamedDependency[Page]) -> Html:
    """Prove the journal unchanged, or name the first entry that is not."""
    return page.show(
        "verified.html",
        verified=journal.check(page.desk, page.actor, page.settings.checkpoints),
        kept=page.settings.checkpoints is not None,
    )


@post("/journal/checkpoint", sync_to_thread=True, operation="journal")
def checkpoint(page: NamedDependency[Page]) -> Html:
    """Write the head of the journal to the file outside the database."""
    file = page.settings.checkpoints
    told = journal.checkpoint(page.desk, page.actor, file, page.now) if file else None
    return page.show("checkpoint.html", checkpoint=told)


HANDLERS = [several, verify, one, checkpoint]
