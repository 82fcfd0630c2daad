"""How missions deliver, and which tools report it."""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from weft.app.delivering import bringing, hooks, measuring
from weft.app.permissions import OPERATIONS
from weft.core.records import read_texts
from weft.engines.delivering import FEWEST
from weft.web.context import Html, Page
from weft.web.gate import MOST_UPLOAD, Upload

Form = URLEncodedBody[dict[str, str]]


@get("/deliveries", sync_to_thread=True, operation="look")
def several(page: NamedDependency[Page], show: FromQuery[str] = "") -> Html:
    """Show how each mission delivers, and what is reported of nobody's."""
    found = measuring.board(page.desk, page.view, page.now)
    told = [each for each in found.missions if not each.measures.silent]
    silent = [each for each in found.missions if each.measures.silent]
    return page.show(
        "deliveries.html",
        board=found,
        told=told,
        silent=silent,
        fewest=FEWEST,
        all_silent=show == "silent",
        may_import=not OPERATIONS["import"].lacks(
            page.desk.firm(), page.actor, page.actor.person
        ),
        may_connect=page.actor.owner,
    )


@post(
    "/deliveries",
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="import",
)
def bring(page: NamedDependency[Page], upload: NamedDependency[Upload]) -> Html:
    """Bring in a file of exported events, and tell what came of it."""
    found = bringing.bring_file(
        page.desk, page.actor, upload.raw, upload.name, page.now
    )
    return page.show("deliveries-brought.html", brought=found, file=upload.name)


@get("/hooks", sync_to_thread=True, operation="accounts")
def connected(page: NamedDependency[Page]) -> Html:
    """Show which tools may report."""
    return page.show("hooks.html", hooks=hooks.hooks(page.desk, page.actor), added=None)


@post("/hooks", sync_to_thread=True, operation="accounts")
def connect(page: NamedDependency[Page], data: Form) -> Html:
    """Add a hook, and tell its secret, this once."""
    names = hooks.Adding.__struct_fields__
    sent = read_texts(hooks.Adding, {k: v for k, v in data.items() if k in names})
    added = hooks.add(page.desk, page.actor, sent, page.now)
    found = hooks.hooks(page.desk, page.actor)
    return page.show("hooks.html", hooks=found, added=added)


@post("/hooks/{key:str}/drop", sync_to_thread=True, operation="accounts")
def disconnect(page: NamedDependency[Page], key: FromPath[str]) -> Redirect:
    """Take a hook away."""
    hooks.drop(page.desk, page.actor, key)
    return Redirect("/hooks", status_code=303)


HANDLERS = [several, bring, connected, connect, disconnect]
