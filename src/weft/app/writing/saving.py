"""A written guardrail put into the firm, or into a draft, under the right version."""

from __future__ import annotations

from datetime import datetime

from weft.app import drafts, records
from weft.app.permissions import permit_change
from weft.core.entries import Entry, put
from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.core.roles import Actor
from weft.core.scalars import slug
from weft.engines.guardrails import numbered
from weft.errors import Forbidden
from weft.store.desk import Desk


def lacks(firm: Firm, actor: Actor, drafted: Guardrail) -> str:
    """Say why the actor may not save it, or nothing where they may."""
    try:
        permit_change(firm, actor, put(drafted))
    except Forbidden as error:
        return error.what
    return ""


def save(
    desk: Desk, actor: Actor, drafted: Guardrail, *, at: datetime, seen: int, key: str
) -> Entry:
    """Let it hold from now on; refused where it was changed by somebody meanwhile."""
    change = put(numbered(desk.firm(), drafted))
    return records.write(
        desk, actor, [change], name="put", at=at, seen=seen, key=key, note=drafted.id
    )


def into_draft(desk: Desk, actor: Actor, drafted: Guardrail, draft: str) -> str:
    """Put it into a draft of the actor's, or a new one; give the draft's id."""
    firm = desk.firm()
    if not draft:
        taken = {each.id for each in desk.drafts()}
        names = (slug(drafted.title)[:60] or drafted.id, drafted.id)
        free = [name for name in names if name not in taken]
        number = len(taken) + 1
        draft = free[0] if free else f"{names[1][:60]}-{number}"
        drafts.new(desk, actor, draft, drafted.title)
    drafts.add(desk, actor, draft, [put(numbered(firm, drafted))])
    return draft
