"""Drafts: changes that are kept, looked at, and not yet in the journal."""

from __future__ import annotations

import sqlalchemy as sa

from weft.core.entries import Change, Deed, Draft
from weft.core.records import read
from weft.errors import NotFound
from weft.store.journal import bodies
from weft.store.schema import draft_parts, drafts


def all_drafts(db: sa.Connection) -> list[Draft]:
    """Give every draft, by id."""
    found = db.execute(sa.select(drafts).order_by(drafts.c.id))
    return [Draft(**row._mapping) for row in found]  # noqa: SLF001, its public name


def find(db: sa.Connection, name: str) -> tuple[Draft, tuple[Change, ...]]:
    """Give one draft and its changes, or raise NotFound."""
    known = {draft.id: draft for draft in all_drafts(db)}
    if name not in known:
        raise NotFound("draft", name, known)
    asked = sa.select(draft_parts.c.body).where(draft_parts.c.draft == name)
    kept = [bytes(b) for b in db.execute(asked.order_by(draft_parts.c.n)).scalars()]
    body, *parts = kept
    return known[name], bodies.unpack(name, body, parts).changes


def save(db: sa.Connection, draft: Draft, changes: tuple[Change, ...]) -> None:
    """Keep a draft in the place of the one that has its id.

    Raises InputError where it holds what does not fit.
    """
    checked = read(Draft, _plain(draft))
    body, parts = bodies.pack(Deed(name=draft.id, changes=changes))
    bodies.unpack(draft.id, body, parts)
    drop(db, draft.id)
    db.execute(drafts.insert().values(_plain(checked)))
    for n, part in enumerate([body, *parts]):
        db.execute(draft_parts.insert().values(draft=draft.id, n=n, body=part))


def drop(db: sa.Connection, name: str) -> None:
    """Throw a draft away, if it is there."""
    db.execute(draft_parts.delete().where(draft_parts.c.draft == name))
    db.execute(drafts.delete().where(drafts.c.id == name))


def _plain(draft: Draft) -> dict[str, object]:
    """Give a draft as plain data."""
    return {name: getattr(draft, name) for name in Draft.__struct_fields__}
