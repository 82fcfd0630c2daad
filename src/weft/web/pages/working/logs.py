"""Bringing a log of tickets in: sent, understood, put right, applied.

Nothing is written before somebody has seen what each column and state was taken for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect
from msgspec.structs import replace

from weft.app.working import logs
from weft.app.working.logs import Bringing
from weft.errors import InputError
from weft.interop.logs import FIELDS, HOLDINGS
from weft.web.context import Html, Page
from weft.web.gate import MOST_UPLOAD, Upload
from weft.web.pages.changing.uploads import waiting

TITLES: Mapping[str, str] = {
    "case": "The case (needed)",
    "time": "When it happened (needed)",
    "state": "Activity or status (needed)",
    "step": "A finer status",
    "group": "The group that has it",
    "person": "The person who has it: counted, never kept",
    "asker": "Who asked: their unit is kept, never who",
    "product": "What it is about",
    "priority": "Priority",
    "sort": "What sort of case",
    "opened": "When it was opened",
    "done": "When it was done, in a list with one row for each case",
    "closed": "When it was closed, in such a list",
    "change": "What was changed, where a row may be another change than of the state",
    "order": "The order of rows within a case",
}
MEANINGS: Mapping[str, str] = {
    "queue": "Nobody has it yet",
    "held": "A group has it",
    "asker": "Waits for who asked",
    "other": "Waits for somebody else",
    "done": "Done",
    "closed": "Put away",
    "same": "A note: changes nothing",
}
MOST_STATES = 40


@post(
    "/flow/import",
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="import",
)
def send(page: NamedDependency[Page], upload: NamedDependency[Upload]) -> Redirect:
    """Take a log, and go on to what it seems to say."""
    wanted = Bringing(file=upload.name, raw=upload.raw)
    name = waiting(page, "logs").keep(wanted, page.actor.person, page.now)
    return Redirect(f"/flow/import/{name}", status_code=303)


@post("/flow/example", sync_to_thread=True, operation="import")
def invented(page: NamedDependency[Page]) -> Redirect:
    """Take the invented requests, and go on to what they seem to say."""
    wanted = logs.example(page.now)
    name = waiting(page, "logs").keep(wanted, page.actor.person, page.now)
    told = {
        "inside": "\n".join(wanted.inside),
        "outside": "\n".join(wanted.outside),
    }
    return Redirect(f"/flow/import/{name}?{urlencode(told)}", status_code=303)


@get("/flow/import/{name:str}", sync_to_thread=True, operation="import", any_query=True)
def look(page: NamedDependency[Page], name: FromPath[str]) -> Html:
    """Show what a log says: each column, each state, what was found on the way."""
    wanted: Bringing = waiting(page, "logs").find(name, page.actor.person, page.now)
    query = page.call.query_params
    told = {key: value for key in query if isinstance(value := query[key], str)}
    shown, wrong = None, None
    try:
        said = _said(wanted, told)
        shown = logs.bring(page.desk, page.actor, said, page.now, dry_run=True)
    except InputError as error:
        wrong = error
    return page.show(
        "flow-look.html",
        name=name,
        file=wanted.file,
        heads=logs.heads(wanted),
        chosen={c.field: c for c in shown.columns} if shown else {},
        shown=shown,
        wrong=wrong,
        told=told,
        titles=TITLES,
        meanings=MEANINGS,
        most=MOST_STATES,
    )


@post("/flow/import/{name:str}/apply", sync_to_thread=True, operation="import")
def apply(
    page: NamedDependency[Page],
    name: FromPath[str],
    data: URLEncodedBody[dict[str, str]],
) -> Redirect:
    """Bring a log in as one entry, and go to what it tells."""
    wanted: Bringing = waiting(page, "logs").find(name, page.actor.person, page.now)
    said = _said(wanted, data)
    done = logs.bring(page.desk, page.actor, said, page.now, key=name)
    waiting(page, "logs").drop(name)
    return Redirect(f"/flow/{done.log}", status_code=303)


def _said(wanted: Bringing, told: Mapping[str, Any]) -> Bringing:
    """Give a log with what somebody has put right of the guesses."""
    states = {
        str(told[f"state.{n}"]): str(told[f"means.{n}"])
        for n in range(MOST_STATES)
        if told.get(f"state.{n}") and told.get(f"means.{n}") in HOLDINGS
    }
    return replace(
        wanted,
        log=str(told.get("log", "")),
        columns={f: str(told[f"column.{f}"]) for f in FIELDS if f"column.{f}" in told},
        states=states,
        zone=str(told.get("zone", "")),
        inside=_lines(told.get("inside")),
        outside=_lines(told.get("outside")),
        more=bool(told.get("more")),
    )


def _lines(text: object) -> tuple[str, ...]:
    """Give the lines of a field that say something."""
    return tuple(x.strip() for x in str(text or "").splitlines() if x.strip())


HANDLERS = [send, invented, look, apply]
