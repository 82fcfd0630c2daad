"""The drafts: changes that are looked at before they hold."""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from weft.app import drafts
from weft.app.folder import tally
from weft.app.texts import as_text, from_text
from weft.core.entries import Change, put
from weft.core.firm import KINDS
from weft.core.scalars import slug
from weft.errors import InputError, Where
from weft.web.context import Html, Page

Form = URLEncodedBody[dict[str, str]]
MOST_SHOWN = 200
"""Of a difference so many changes are shown at once."""


@get("/drafts", sync_to_thread=True, operation="draft")
def several(page: NamedDependency[Page]) -> Html:
    """List the drafts."""
    return page.show("drafts.html", drafts=drafts.drafts(page.desk, page.actor))


@post("/drafts", sync_to_thread=True, operation="draft")
def new(page: NamedDependency[Page], data: Form) -> Redirect:
    """Begin a draft."""
    title = data.get("title", "").strip()
    if not title:
        raise InputError(
            "The draft has no title.",
            do="Say in a few words what it tries out.",
            where=Where(path="title"),
        )
    draft = drafts.new(page.desk, page.actor, slug(title) or "draft", title)
    return Redirect(f"/drafts/{draft.id}", status_code=303)


@get("/drafts/{key:str}", sync_to_thread=True, operation="draft")
def one(
    page: NamedDependency[Page],
    key: FromPath[str],
    kind: FromQuery[str] = "",
    record: FromQuery[str] = "",
) -> Html:
    """Show what a draft changes; with a record of the firm, its text to be changed."""
    draft, changes = drafts.changes(page.desk, page.actor, key)
    head = page.desk.firm()
    known = head.table(kind).get(record) if kind in KINDS else None
    shown = [
        (change, _text(head.table(change.kind).get(change.key)), _text(change.record))
        for change in changes[:MOST_SHOWN]
    ]
    return page.show(
        "draft.html",
        draft_=draft,
        head=head,
        changes=shown,
        total=len(changes),
        tallies=tally(head, changes),
        own=page.actor.owner or page.actor.person == draft.author,
        kinds=sorted(KINDS),
        kind=kind,
        text=_text(known),
    )


@post("/drafts/{key:str}/record", sync_to_thread=True, operation="draft")
def write(page: NamedDependency[Page], key: FromPath[str], data: Form) -> Redirect:
    """Put a record into a draft, or take it out of the firm there."""
    kind = data.get("kind", "")
    if data.get("gone"):
        change = Change(kind, data["gone"])
    else:
        change = put(from_text(kind, data.get("text", "")))
    drafts.add(page.desk, page.actor, key, [change])
    return Redirect(f"/drafts/{key}", status_code=303)


@post("/drafts/{key:str}/apply", sync_to_thread=True, operation="draft")
def apply(page: NamedDependency[Page], key: FromPath[str]) -> Redirect:
    """Write a draft as one deed."""
    entry = drafts.apply(page.desk, page.actor, key, page.now)
    return Redirect(f"/journal/{entry.seq}", status_code=303)


@post("/drafts/{key:str}/drop", sync_to_thread=True, operation="draft")
def drop(page: NamedDependency[Page], key: FromPath[str]) -> Redirect:
    """Throw a draft away."""
    drafts.drop(page.desk, page.actor, key)
    return Redirect("/drafts", status_code=303)


def _text(record: object) -> str:
    """Give the text of a record, or nothing where there is none."""
    return as_text(record) if record is not None else ""  # type: ignore[arg-type]


HANDLERS = [several, new, one, write, apply, drop]
