"""What a change of a guardrail would do: a form, and what is found out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody

from weft.app import records
from weft.app.texts import as_text, from_text
from weft.app.wording import value
from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.core.records import read, show
from weft.core.sources import Source
from weft.engines.guardrails import Limit, limits, moved
from weft.errors import InputError
from weft.web.context import Html, Page
from weft.web.pages.framework.trial import CHOICES, shown_trial

Form = URLEncodedBody[dict[str, str]]
LIMIT = "limit:"
"""A control for a limit is called `limit:PLACE`."""


class Control(msgspec.Struct, frozen=True):
    """A limit that can be moved: its name in the form, and where it stands."""

    name: str
    limit: Limit
    text: str


@get("/guardrails/{key:str}/try", sync_to_thread=True, operation="try")
def begin(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show the form, and how the guardrail stands as it is."""
    held = _held(page, key)
    return _found(page, held, held)


@post(
    "/guardrails/{key:str}/try", status_code=200, sync_to_thread=True, operation="try"
)
def tried(page: NamedDependency[Page], key: FromPath[str], data: Form) -> Html:
    """Show what the draft in the form would change."""
    held, text = _held(page, key), data.get("text", "")
    try:
        draft = _drafted(page.view.firm, data)
        return _found(page, held, draft)
    except InputError as error:
        wrong = error.problems
        own = {"held": held, "draft": held, "text": text, "controls": (), "found": None}
        return page.show("try.html", status=422, wrong=wrong, **own, **CHOICES)


def _found(page: Page, held: Guardrail, draft: Guardrail) -> Html:
    """Try a draft, and show it."""
    return page.show(
        "try.html",
        held=held,
        text=as_text(draft),
        controls=_controls(page.view.firm, draft),
        wrong=(),
        **shown_trial(page, draft),
        **CHOICES,
    )


def _held(page: Page, key: str) -> Guardrail:
    """Find the guardrail as the firm has it."""
    return cast("Guardrail", records.record(page.view, "guardrails", key))


def _drafted(firm: Firm, data: Mapping[str, str]) -> Guardrail:
    """Make the draft of what the form brings: its text, and what was moved over it."""
    draft = cast("Guardrail", from_text("guardrails", data.get("text", "")))
    told = {name: data[name] for name in ("level", "phase", "harm") if data.get(name)}
    if told:
        plain = {**json.loads(show(draft)), **told}
        draft = read(Guardrail, plain, Source("form"))
    for control in _controls(firm, draft):
        text = data.get(control.name, control.text).strip()
        if text != control.text:
            wanted = value(firm, control.limit.prop.id, text)
            draft = moved(draft, control.limit.place, wanted)
    return draft


def _controls(firm: Firm, draft: Guardrail) -> tuple[Control, ...]:
    """Give a control for each limit of a guardrail."""
    return tuple(
        Control(f"{LIMIT}{limit.place}", limit, str(limit.plain(limit.typed)))
        for limit in limits(firm, draft)
    )


HANDLERS = [begin, tried]
