"""Closing a month and bringing a bill in: looked at first, then one entry.

Nothing is written before somebody has seen what it comes to, whose it is, and what is
nobody's.
"""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from weft.app.money import bills, closing
from weft.app.money.asking import month_of
from weft.app.permissions import OPERATIONS
from weft.core.funding.months import after
from weft.web.context import Html, Page
from weft.web.gate import MOST_UPLOAD, Upload
from weft.web.pages.changing.uploads import Uploads
from weft.web.soon import soon

SHOWN = 60
"""So many missions of a bill are shown; the command and the API have them all."""


@get("/money/close", sync_to_thread=True, operation="money")
@soon
def look_close(page: NamedDependency[Page]) -> Html:
    """Show what closing a month would post: by itself the month before this one."""
    asked = page.call.query_params.get("month")
    this = f"{page.now:%Y-%m}"
    month = page.month if asked else after(this, -1)
    missing = OPERATIONS["money.book"].lacks(page.desk.firm(), page.actor, "")
    found = None
    if not missing and page.view.now and month <= this:
        found = closing.close(page.desk, page.actor, month, page.now, dry_run=True)
    return page.show(
        "money-close.html",
        asked=month,
        around=(after(month, -1), after(month, 1)),
        found=found,
        missing=missing,
        begun=month <= this,
        this=this,
    )


@post("/money/close", sync_to_thread=True, operation="money.book")
def close(
    page: NamedDependency[Page], data: URLEncodedBody[dict[str, str]]
) -> Redirect:
    """Post a month as one entry."""
    month = month_of(data.get("month", ""))
    closing.close(page.desk, page.actor, month, page.now)
    return Redirect(f"/money/close?month={month}", status_code=303)


@get("/money/bill", sync_to_thread=True, operation="money")
def choose(page: NamedDependency[Page]) -> Html:
    """Show the form for a bill."""
    missing = OPERATIONS["money.book"].lacks(page.desk.firm(), page.actor, "")
    return page.show("money-bill.html", missing=missing)


@post(
    "/money/bill",
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="money.book",
)
def send(page: NamedDependency[Page], upload: NamedDependency[Upload]) -> Redirect:
    """Keep a bill for a while, and go on to what it says."""
    name = _bills(page).keep(upload, page.actor.person, page.now)
    return Redirect(f"/money/bill/{name}", status_code=303)


@get("/money/bill/{name:str}", sync_to_thread=True, operation="money.book")
def look(page: NamedDependency[Page], name: FromPath[str]) -> Html:
    """Show what a bill comes to, whose it is and what is nobody's yet."""
    told = _brought(page, name, dry_run=True)
    return page.show("money-bill-look.html", told=told, name=name, shown=SHOWN)


@post("/money/bill/{name:str}/apply", sync_to_thread=True, operation="money.book")
def apply(page: NamedDependency[Page], name: FromPath[str]) -> Html:
    """Bring a bill in as one entry."""
    told = _brought(page, name, dry_run=False)
    _bills(page).drop(name)
    return page.show("money-bill-look.html", told=told, name="", shown=SHOWN)


def _brought(page: Page, name: str, *, dry_run: bool) -> bills.BillTold:
    sent = _bills(page).find(name, page.actor.person, page.now)
    key = "" if dry_run else name
    return bills.bring_sent(
        page.desk, page.actor, sent.raw, sent.name, page.now, dry_run=dry_run, key=key
    )


def _bills(page: Page) -> Uploads[Upload]:
    """Give the bills that wait in this server."""
    state = page.call.app.state
    if "bills" not in state:
        state["bills"] = Uploads()
    found: Uploads[Upload] = state["bills"]
    return found


HANDLERS = [look_close, close, choose, send, look, apply]
