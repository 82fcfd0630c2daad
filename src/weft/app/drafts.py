"""Drafts: changes looked at before they hold, then applied as one or dropped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from weft.app.knowing import consent
from weft.app.knowing.skills import canonical
from weft.app.permissions import permit
from weft.app.records import effective, write
from weft.core.entries import Change, Draft, Entry
from weft.core.firm import change
from weft.core.roles import Actor
from weft.errors import ConflictError, Forbidden, InputError, NotFound
from weft.store.desk import Desk


def new(desk: Desk, actor: Actor, draft_id: str, title: str) -> Draft:
    """Begin an empty draft on the firm as it stands."""
    firm = desk.firm()
    permit(firm, actor, "draft")
    draft = Draft(id=draft_id, title=title, author=actor.person, base=firm.seq)
    with desk.drafting:
        if any(d.id == draft_id for d in desk.drafts()):
            raise ConflictError(
                f"There is a draft called {draft_id} already.",
                do="Take another name, or drop that draft first.",
            )
        desk.save_draft(draft, ())
    return draft


def drafts(desk: Desk, actor: Actor) -> list[Draft]:
    """List the drafts."""
    permit(desk.firm(), actor, "draft")
    return desk.drafts()


def changes(
    desk: Desk, actor: Actor, draft_id: str
) -> tuple[Draft, tuple[Change, ...]]:
    """Give a draft and what it would change in the firm as it stands."""
    firm = desk.firm()
    permit(firm, actor, "draft")
    draft, kept = desk.draft(draft_id)
    return draft, consent.told(effective(firm, kept), firm, actor.person)


def add(
    desk: Desk, actor: Actor, draft_id: str, more: Iterable[Change]
) -> tuple[Change, ...]:
    """Put more changes into a draft; the last one for a record counts.

    A skill may come by any word for it, as where it is written for good.
    """
    permit(desk.firm(), actor, "draft")
    with desk.drafting:
        draft, kept = desk.draft(draft_id)
        _own(actor, draft)
        held = {(c.kind, c.key): c for c in kept}
        meant = canonical(change(desk.firm(), kept), more)
        held.update({(c.kind, c.key): c for c in meant})
        desk.save_draft(draft, tuple(held.values()))
    return tuple(held.values())


def apply(
    desk: Desk, actor: Actor, draft_id: str, at: datetime, key: str = ""
) -> Entry:
    """Write a draft as one deed; refused where the firm has moved under it."""
    permit(desk.firm(), actor, "draft")
    if key and draft_id not in {d.id for d in desk.drafts()}:
        return _applied(desk, actor, draft_id, key)
    draft, kept = desk.draft(draft_id)
    if not kept:
        raise InputError(
            f"The draft {draft_id} is empty.", do="Put changes into it, or drop it."
        )
    entry = write(
        desk,
        actor,
        kept,
        name="draft.apply",
        at=at,
        seen=draft.base,
        key=key,
        note=draft.id,
    )
    desk.drop_draft(draft_id)
    return entry


def drop(desk: Desk, actor: Actor, draft_id: str) -> None:
    """Throw a draft away."""
    permit(desk.firm(), actor, "draft")
    draft, _ = desk.draft(draft_id)
    _own(actor, draft)
    desk.drop_draft(draft_id)


def _own(actor: Actor, draft: Draft) -> None:
    """Let only the author, or the owner of the machine, change a draft."""
    if not actor.owner and actor.person != draft.author:
        raise Forbidden(
            f"The draft {draft.id} is not yours.",
            do="Ask its author, or begin a draft of your own.",
        )


def _applied(desk: Desk, actor: Actor, draft_id: str, key: str) -> Entry:
    """Find the entry that a draft has become, when it is applied once more."""
    found = desk.by_key(key, actor)
    if found is None or found.deed.note != draft_id:
        raise NotFound("draft", draft_id, (d.id for d in desk.drafts()))
    return found
