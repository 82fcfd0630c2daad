"""A roll-out planned in a form: looked at first, then started."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect

from weft.app.framework import rollouts
from weft.app.framework.rollouts import Plan, Preview
from weft.app.permissions import OPERATIONS
from weft.app.texts import as_text, from_text
from weft.core.records import read, show
from weft.core.sources import Source
from weft.errors import ConflictError, InputError
from weft.web.context import Html, Page

Form = URLEncodedBody[dict[str, str]]
DAY = "day:"
"""The day of a mission is called `day:MISSION`."""


@get("/rollouts/new", sync_to_thread=True, operation="try")
def begin(page: NamedDependency[Page], guardrail: FromQuery[str] = "") -> Html:
    """Show the form, with a guardrail of the firm to begin with."""
    held = page.view.firm.guardrails.get(guardrail)
    return _form(page, {"text": as_text(held) if held else ""})


@post("/rollouts/new", status_code=200, sync_to_thread=True, operation="try")
def look(page: NamedDependency[Page], data: Form) -> Html:
    """Show what the plan in the form would do; nothing is written."""
    try:
        planned = _plan(data)
        found = rollouts.preview(page.desk, page.view, planned, page.now)
    except (InputError, ConflictError) as error:
        return _form(page, data, wrong=error)
    return _form(page, data, found=found)


@post("/rollouts", sync_to_thread=True, operation="rollout")
def start(page: NamedDependency[Page], data: Form) -> Redirect:
    """Bring the guardrail in the form into force, with its baseline."""
    rollout = rollouts.start(page.desk, page.actor, _plan(data), page.now)
    return Redirect(f"/rollouts/{rollout.id}", status_code=303)


def _form(
    page: Page,
    data: Mapping[str, str],
    *,
    found: Preview | None = None,
    wrong: InputError | ConflictError | None = None,
) -> Html:
    """Show the form as it was filled in, with what came of it."""
    told = wrong.problems if isinstance(wrong, InputError) else (wrong,) * bool(wrong)
    firm, cannot = page.view.firm, ""
    if found is not None:
        guardrail = found.radius.guardrail
        owner = firm.guardrails.get(guardrail.id, guardrail).owner
        cannot = OPERATIONS["rollout"].lacks(firm, page.actor, owner)
    return page.show(
        "rollout-plan.html",
        status=422 if told else 200,
        text=data.get("text", ""),
        until=data.get("until", ""),
        reason=data.get("reason", ""),
        found=found,
        wrong=told,
        cannot=cannot,
    )


def _plan(data: Mapping[str, str]) -> Plan:
    """Read a plan from a form; a mission's day that is that of all is left out."""
    guardrail = from_text("guardrails", data.get("text", ""))
    until = data.get("until", "")
    days = {k.removeprefix(DAY): day for k, day in data.items() if k.startswith(DAY)}
    dates = {mission: day for mission, day in days.items() if day not in {"", until}}
    plain: dict[str, Any] = {
        "guardrail": json.loads(show(guardrail)),
        "until": until,
        "dates": dates,
        "reason": data.get("reason", ""),
    }
    return read(Plan, plain, Source("form"))


HANDLERS = [begin, look, start]
