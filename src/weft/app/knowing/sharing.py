"""Sharing what one knows, or not any more."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from weft.app.records import write
from weft.app.views import look
from weft.core.entries import Entry, put
from weft.core.roles import Actor
from weft.errors import NotFound
from weft.store.desk import Desk


def share(
    desk: Desk, actor: Actor, person: str, skill: str, *, shared: bool, at: datetime
) -> Entry:
    """Share a claim with others, or do not any more: for its person to decide."""
    claims = look(desk, actor).firm.claims
    key = f"{person}:{skill}"
    if key not in claims:
        raise NotFound("claim", key, claims)
    changed = put(replace(claims[key], shared=shared))
    return write(desk, actor, [changed], name="claim.share", at=at)
