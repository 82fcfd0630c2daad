"""The page on which a guardrail is written: chosen or as text, tried beside it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect

from weft.app import drafts, records
from weft.app.permissions import outside
from weft.app.texts import as_text
from weft.app.writing import saving
from weft.app.writing.moving import with_limit
from weft.app.writing.reading import Written, written
from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.engines.guardrails import limits, numbered
from weft.errors import InputError, WeftError
from weft.interop.yaml import write_yaml
from weft.web.context import Html, Page
from weft.web.pages.framework.trial import CHOICES, shown_trial
from weft.web.pages.framework.writing.controls import Controls, is_shown
from weft.web.pages.framework.writing.reading import Told, changed, plain_of, typed

Form = URLEncodedBody[dict[str, Any]]
RECENT: Final = 1_000
"""So many past requests, the newest, are judged again while one writes."""
AT_ONCE: Final = 50
"""Against so many guardrails what is written is held at once; against more if asked."""
LIMIT, WAS = "limit:", "was:"
"""A limit on its curve is `limit:PLACE`; `was:PLACE` is where it stood before."""
_NEW: Final = {
    "id": "",
    "title": "",
    "level": "advise",
    "principle": "",
    "owner": "",
    "must": [{"path": ""}],
}


class Editing(msgspec.Struct, frozen=True, kw_only=True):
    """What is being written. of: the guardrail that it changes, if any.

    mode: words or text. seen: the entry of the journal on which it was begun. nonce:
    drawn for each page, so that saving it twice counts once.
    """

    of: str
    mode: str
    read: Written
    seen: int
    nonce: str

    @property
    def key(self) -> str:
        """Give the idempotency key: of this page with just this in it."""
        digest = hashlib.sha256(self.read.text.encode()).hexdigest()
        return f"write-{self.nonce[:32]}-{digest[:16]}"


@get("/write/guardrail", sync_to_thread=True, operation="try")
def begin(page: NamedDependency[Page], of: FromQuery[str] = "") -> Html:
    """Begin a new guardrail, or a change of one that there is."""
    text = as_text(_held(page, of)) if of else write_yaml(_NEW)
    read = written(page.view.firm, text)
    seen, nonce = page.view.head, secrets.token_hex(16)
    editing = Editing(of=of, mode="words", read=read, seen=seen, nonce=nonce)
    return _show(page, editing, fresh=not of)


@post("/write/guardrail", status_code=200, sync_to_thread=True, operation="try")
def go_on(page: NamedDependency[Page], data: Form) -> Html:
    """Show what was written so far, and what it would change."""
    told = _told(data)
    return _show(page, _editing(page, told), fits=_one(told, "do") == "fits")


@post("/write/guardrail/save", sync_to_thread=True, operation="change")
def save(page: NamedDependency[Page], data: Form) -> Html | Redirect:
    """Let it hold; where that cannot be, show the page as it is, and say why."""
    editing = _editing(page, _told(data))
    try:
        drafted = editing.read.whole()
        saving.save(
            page.desk,
            page.actor,
            drafted,
            at=page.now,
            seen=editing.seen,
            key=editing.key,
        )
    except WeftError as error:
        return _show(page, editing, refused=error)
    return Redirect(f"/guardrails/{drafted.id}", status_code=303)


@post("/write/guardrail/draft", sync_to_thread=True, operation="draft")
def put_aside(page: NamedDependency[Page], data: Form) -> Html | Redirect:
    """Put it into a draft."""
    told = _told(data)
    editing = _editing(page, told)
    try:
        drafted = editing.read.whole()
        chosen = _one(told, "draft")
        draft = saving.into_draft(page.desk, page.actor, drafted, chosen)
    except WeftError as error:
        return _show(page, editing, refused=error)
    return Redirect(f"/drafts/{draft}", status_code=303)


def _editing(page: Page, told: Told) -> Editing:
    """Read the page: its text, and over it what was chosen, added or moved."""
    firm, deed = page.view.firm, _one(told, "do")
    mode = _one(told, "mode") or "text"
    text = _one(told, "text").replace("\r\n", "\n")
    read = written(firm, text)
    if mode == "words" and "words" in told:
        plain = plain_of(firm, told, read.plain or {})
        if deed.startswith(("add:", "drop:")):
            changed(plain, deed)
        if plain != read.plain:
            read = written(firm, write_yaml(plain))
    read = _with_limits(firm, read, told)
    seen = _one(told, "seen")
    return Editing(
        of=_one(told, "of"),
        mode=deed if deed in {"words", "text"} else mode,
        read=read,
        seen=int(seen) if seen.isascii() and seen.isdecimal() else page.view.head,
        nonce=_one(told, "nonce") or secrets.token_hex(16),
    )


def _with_limits(firm: Firm, read: Written, told: Told) -> Written:
    """Move the limits that were moved on their curves."""
    moved = {
        name.removeprefix(LIMIT): texts[-1].strip()
        for name, texts in told.items()
        if name.startswith(LIMIT)
        and texts[-1] != _one(told, WAS + name.removeprefix(LIMIT))
    }
    if not moved or read.guardrail is None:
        return read
    text = read.text
    for limit in limits(firm, read.guardrail):
        if limit.place in moved:
            value = typed(limit.prop, moved[limit.place])
            text = with_limit(text, limit.place, value)
    return written(firm, text)


def _show(
    page: Page,
    editing: Editing,
    *,
    refused: WeftError | None = None,
    fresh: bool = False,
    fits: bool = False,
) -> Html:
    """Show the page. fresh: nothing was chosen yet, so nothing is wrong yet.

    fits: tell what would not fit with the others, however many there are.
    """
    firm, read = page.view.firm, editing.read
    drafted = read.guardrail
    words = editing.mode == "words" and is_shown(read.plain)
    controls = Controls(firm, read.plain or {})
    problems = _problems(refused) if refused else read.problems
    return page.show(
        "write.html",
        status=refused.http_status if refused else 200,
        editing=editing,
        words=words,
        stuck=editing.mode == "words" and not words,
        plain=read.plain or {},
        when=controls.clauses("when") if words else [],
        must=controls.clauses("must") if words else [],
        held=firm.guardrails.get(editing.of),
        problems=[] if fresh else problems,
        fresh=fresh,
        **_names(firm),
        **_saving(page, drafted),
        **(_trial(page, drafted, fits=fits) if drafted else {"found": None}),
        **CHOICES,
    )


def _trial(page: Page, drafted: Guardrail, *, fits: bool) -> Mapping[str, Any]:
    """Try it, and where that is quick or was asked for hold it against the others."""
    fits = fits or len(page.view.firm.guardrails) <= AT_ONCE
    return shown_trial(page, drafted, most=RECENT, fits=fits)


def _names(firm: Firm) -> Mapping[str, Any]:
    """Give what can be named, each with its title."""
    return {
        "principles": [(p.id, p.title) for p in firm.principles.values()],
        "roles": [(r.id, r.title) for r in firm.roles.values()],
    }


def _saving(page: Page, drafted: Guardrail | None) -> Mapping[str, Any]:
    """Give how it could be saved: as which version, why not, and into which drafts."""
    firm, actor = page.desk.firm(), page.actor
    saved = numbered(firm, drafted) if drafted else None
    insider = not outside(firm, actor)
    own = drafts.drafts(page.desk, actor) if insider else []
    return {
        "saved": saved,
        "known": saved is not None and saved.id in firm.guardrails,
        "unchanged": saved is not None and firm.guardrails.get(saved.id) == saved,
        "lacks": saving.lacks(firm, actor, saved) if saved else "",
        "insider": insider,
        "drafts": [d for d in own if actor.owner or d.author == actor.person],
    }


def _problems(error: WeftError) -> Sequence[WeftError]:
    """Give each of several things that are wrong."""
    return error.problems if isinstance(error, InputError) else (error,)


def _held(page: Page, key: str) -> Guardrail:
    """Find the guardrail as the firm has it."""
    return cast("Guardrail", records.record(page.view, "guardrails", key))


def _told(data: Mapping[str, Any]) -> Told:
    """Give what a form brings: a control may come more than once."""
    return {
        name: [str(each) for each in raw] if isinstance(raw, list) else [str(raw)]
        for name, raw in data.items()
    }


def _one(told: Told, name: str) -> str:
    """Give the text of one control."""
    return told.get(name, ("",))[-1]


HANDLERS = [begin, go_on, save, put_aside]
