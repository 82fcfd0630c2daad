"""Bringing skills in from ESCO's list: sent, looked at, applied.

Nothing is written before somebody has seen what would change. The address holds the
discipline and the words, so that a page can be gone back to.
"""

from __future__ import annotations

from collections.abc import Mapping

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from weft.app.knowing import esco
from weft.app.knowing.esco import Vocabulary
from weft.errors import InputError
from weft.interop.sheets import read_table
from weft.interop.sheets.writing import write_csv
from weft.web.context import Html, Page
from weft.web.gate import MOST_UPLOAD, Upload
from weft.web.pages.changing.uploads import to_look, waiting

MOST_SKILLS = 60
MOST_LEFT_OUT = 20


@post(
    "/import/esco",
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="import",
)
def send(page: NamedDependency[Page], upload: NamedDependency[Upload]) -> Redirect:
    """Take a list of skills, and go on to what it would change."""
    read_table(upload.name, upload.raw)
    name = waiting(page, "esco").keep(upload, page.actor.person, page.now)
    return to_look(f"/import/esco/{name}", upload.fields, ("discipline", "only"))


@get("/import/esco/{name:str}", sync_to_thread=True, operation="import")
def look(
    page: NamedDependency[Page],
    name: FromPath[str],
    discipline: FromQuery[str] = "",
    only: FromQuery[str] = "",
) -> Html:
    """Show which skills would come in, which the firm has, and what is left out."""
    sent, told = _sent(page, name), {"discipline": discipline, "only": only}
    shown, wrong = None, None
    try:
        shown = _bring(page, sent, told)
    except InputError as error:
        wrong = error
    return page.show(
        "esco-look.html",
        name=name,
        file=sent.name,
        told=told,
        shown=shown,
        wrong=wrong,
        met=sorted(shown.met, key=lambda m: (not m.new, m.title)) if shown else (),
        most=MOST_SKILLS,
        most_left_out=MOST_LEFT_OUT,
    )


@get("/import/esco/{name:str}/left-out", sync_to_thread=True, operation="import")
def left_out(
    page: NamedDependency[Page], name: FromPath[str], discipline: FromQuery[str] = ""
) -> Response[bytes]:
    """Give the rows whose label cannot be told from the rest, as CSV."""
    shown = _bring(page, _sent(page, name), {"discipline": discipline})
    rows = ((each.row, each.uri, each.text) for each in shown.uncut)
    return Response(
        write_csv((("row", "id", "description"), *rows)),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="left-out.csv"'},
    )


@post("/import/esco/{name:str}/apply", sync_to_thread=True, operation="import")
def apply(
    page: NamedDependency[Page],
    name: FromPath[str],
    data: URLEncodedBody[dict[str, str]],
) -> Html:
    """Bring the skills in as one deed."""
    sent = _sent(page, name)
    done = _bring(page, sent, data, key=name)
    waiting(page, "esco").drop(name)
    return page.show("knowledge-brought.html", file=sent.name, done=done, of="skills")


def _sent(page: Page, name: str) -> Upload:
    """Find a list that the actor has sent."""
    found: Upload = waiting(page, "esco").find(name, page.actor.person, page.now)
    return found


def _bring(
    page: Page, sent: Upload, told: Mapping[str, str], key: str = ""
) -> Vocabulary:
    """Bring a list in, or without a key only show what that would change."""
    return esco.bring(
        page.desk,
        page.actor,
        sent.raw,
        sent.name,
        page.now,
        discipline=told.get("discipline", ""),
        words=told.get("only", "").split(),
        dry_run=not key,
        key=key,
    )


HANDLERS = [send, look, left_out, apply]
