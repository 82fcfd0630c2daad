"""Bringing evidence in from closed tickets: sent, understood, looked at, applied.

Nothing is written before somebody has seen what each column was taken for. No person
is told of, and no figure of fewer than five; what comes in is not shared.
"""

from __future__ import annotations

from collections.abc import Mapping

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from weft.app.knowing import tickets
from weft.app.knowing.tickets import LEAST, Evidence
from weft.errors import InputError, Malformed, Where
from weft.interop.sheets import read_table
from weft.interop.sheets.writing import write_csv
from weft.interop.tickets import ticket_sheet
from weft.web.context import Html, Page
from weft.web.gate import MOST_UPLOAD, Upload
from weft.web.pages.changing.uploads import to_look, waiting

TITLES: Mapping[str, str] = {
    "ticket": "The number of the ticket",
    "person": "Who closed it",
    "about": "What it was about",
    "closed": "When it was closed",
}
MOST_THINGS = 60
MOST_LEAST = 1000


@post(
    "/import/tickets",
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="import",
)
def send(page: NamedDependency[Page], upload: NamedDependency[Upload]) -> Redirect:
    """Take a log of tickets, and go on to what it seems to say."""
    read_table(upload.name, upload.raw)
    name = waiting(page, "tickets").keep(upload, page.actor.person, page.now)
    return to_look(f"/import/tickets/{name}", upload.fields, ("make", "least"))


@get(
    "/import/tickets/{name:str}",
    sync_to_thread=True,
    operation="import",
    any_query=True,
)
def look(page: NamedDependency[Page], name: FromPath[str]) -> Html:
    """Show what each column was taken for, and what would change."""
    sent, told = _sent(page, name), _told(page)
    shown, wrong = None, None
    try:
        shown = _bring(page, sent, told)
    except InputError as error:
        wrong = error
    return page.show(
        "tickets-look.html",
        name=name,
        file=sent.name,
        told=told,
        least=LEAST,
        heads=ticket_sheet(read_table(sent.name, sent.raw)).columns,
        titles=TITLES,
        shown=shown,
        wrong=wrong,
        most=MOST_THINGS,
    )


@get(
    "/import/tickets/{name:str}/no-skill",
    sync_to_thread=True,
    operation="import",
    any_query=True,
)
def no_skill(page: NamedDependency[Page], name: FromPath[str]) -> Response[bytes]:
    """Give the things that no skill is called by, as CSV."""
    shown = _bring(page, _sent(page, name), _told(page))
    return Response(
        write_csv((("about",), *((each,) for each in shown.nameless))),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="no-skill.csv"'},
    )


@post("/import/tickets/{name:str}/apply", sync_to_thread=True, operation="import")
def apply(
    page: NamedDependency[Page],
    name: FromPath[str],
    data: URLEncodedBody[dict[str, str]],
) -> Html:
    """Bring the log in as one deed."""
    sent = _sent(page, name)
    done = _bring(page, sent, data, key=name)
    waiting(page, "tickets").drop(name)
    return page.show("knowledge-brought.html", file=sent.name, done=done, of="claims")


def _sent(page: Page, name: str) -> Upload:
    """Find a log that the actor has sent."""
    found: Upload = waiting(page, "tickets").find(name, page.actor.person, page.now)
    return found


def _told(page: Page) -> dict[str, str]:
    """Give what the address says."""
    query = page.call.query_params
    return {key: value for key in query if isinstance(value := query[key], str)}


def _bring(
    page: Page, sent: Upload, told: Mapping[str, str], key: str = ""
) -> Evidence:
    """Bring a log in, or without a key only show what that would change."""
    return tickets.bring(
        page.desk,
        page.actor,
        sent.raw,
        sent.name,
        page.now,
        columns={field: told[field] for field in TITLES if told.get(field)},
        discipline=told.get("make", ""),
        least=_least(told.get("least", "")),
        dry_run=not key,
        key=key,
    )


def _least(text: str) -> int:
    """Read how many tickets make a claim; five where nothing is said."""
    if text and not (
        text.isdecimal() and text.isascii() and 0 < int(text) <= MOST_LEAST
    ):
        raise Malformed(
            f"{text!r} is no number of tickets.",
            do=f"Give a whole number from 1 to {MOST_LEAST}.",
            where=Where("form", 0, "least"),
        )
    return int(text or LEAST)


HANDLERS = [send, look, no_skill, apply]
