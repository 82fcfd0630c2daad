"""Drafts over HTTP: begun, looked at, applied as one deed or dropped.

Changes are put into a draft at /api/firm/..., with `?draft=NAME`; everything that
reads can be asked about the firm with a draft over it, in the same way.
"""

from __future__ import annotations

from datetime import datetime

from litestar import delete, get, post
from litestar.di import NamedDependency

from weft.app import drafts
from weft.core.entries import Change, Draft
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import Line, Name
from weft.store.desk import Desk
from weft.web.api.firm import Written
from weft.web.params import Idempotency, Key


class Begin(Record, frozen=True, kw_only=True):
    """A draft to begin, by its name."""

    id: Name
    title: Line = ""


class Changes(Record, frozen=True, kw_only=True):
    """A draft, and what it would change in the firm as it stands."""

    draft: Draft
    changes: tuple[Change, ...]


@get("/drafts", sync_to_thread=True, operation="draft")
def several(desk: NamedDependency[Desk], actor: NamedDependency[Actor]) -> list[Draft]:
    """List the drafts."""
    return drafts.drafts(desk, actor)


@post("/drafts", sync_to_thread=True, operation="draft")
def begin(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Begin],
) -> Draft:
    """Begin an empty draft on the firm as it stands."""
    return drafts.new(desk, actor, sent.id, sent.title or sent.id)


@get("/drafts/{name:str}", sync_to_thread=True, operation="draft")
def one(
    desk: NamedDependency[Desk], actor: NamedDependency[Actor], name: Key
) -> Changes:
    """Give a draft and what it would change."""
    draft, changes = drafts.changes(desk, actor, name)
    return Changes(draft=draft, changes=changes)


@post(
    "/drafts/{name:str}/apply", status_code=200, sync_to_thread=True, operation="draft"
)
def apply(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    name: Key,
    idempotency_key: Idempotency = "",
) -> Written:
    """Write a draft as one deed; refused where the firm has moved under it."""
    entry = drafts.apply(desk, actor, name, now, idempotency_key)
    return Written(entry=entry.seq)


@delete("/drafts/{name:str}", sync_to_thread=True, operation="draft")
def drop(desk: NamedDependency[Desk], actor: NamedDependency[Actor], name: Key) -> None:
    """Throw a draft away."""
    drafts.drop(desk, actor, name)


HANDLERS = [several, begin, one, apply, drop]
