"""How work flowed: leads, waits and handoffs, each figure with its cases."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from weft.app.permissions import OPERATIONS
from weft.app.working import handoffs as app
from weft.app.working.handoffs import Which
from weft.errors import Malformed, Where
from weft.web.context import Html, Page
from weft.web.pages.paging import part
from weft.web.soon import soon

Many = Annotated[str, QueryParameter(pattern=r"^[0-4]?$")]
WAITS = {
    "queue": "Waiting for somebody to take it up",
    "held": "Held by a group: waiting and work, which a log cannot tell apart",
    "asker": "Waiting for who asked",
    "other": "Waiting for somebody else",
    "done": "Done, but it came back",
}


@get("/flow", sync_to_thread=True, operation="work")
@soon
def several(page: NamedDependency[Page]) -> Html:
    """List the logs, with the form to bring one in."""
    missing = OPERATIONS["import"].lacks(page.desk.firm(), page.actor, "")
    logs = app.logs(page.desk, page.view)
    return page.show("flow-logs.html", logs=logs, missing=missing)


@get("/flow/{log:str}", sync_to_thread=True, operation="work")
@soon
def one(
    page: NamedDependency[Page], log: FromPath[str], split: FromQuery[str] = ""
) -> Html:
    """Show how work flowed by a log."""
    found = app.handoffs(page.desk, page.view, page.month, log, day_of(split))
    return page.show("flow.html", found=found, log=log, split=split, waits=WAITS)


@get("/flow/{log:str}/cases", sync_to_thread=True, operation="work")
@soon
def cases(
    *,
    page: NamedDependency[Page],
    log: FromPath[str],
    handoffs: Many = "",
    opened: FromQuery[str] = "",
    group: FromQuery[str] = "",
    crossing: FromQuery[bool] = False,
    across: FromQuery[bool] = False,
    n: FromQuery[int] = 1,
) -> Html:
    """List the cases behind a figure."""
    many = int(handoffs) if handoffs else None
    which = Which(
        handoffs=many, month=opened, group=group, crossing=crossing, across=across
    )
    found = app.rows(page.desk, page.view, page.month, log, which)
    asked: dict[str, str] = {
        "handoffs": handoffs,
        "opened": opened,
        "group": group,
        "crossing": "true" if crossing else "",
        "across": "true" if across else "",
    }
    rows, paging = part(found, n, **asked)  # type: ignore[arg-type]
    return page.show("flow-cases.html", log=log, rows=rows, paging=paging, which=which)


def day_of(text: str) -> date | None:
    """Read the day that a page is split at."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Malformed(
            f"{text!r} is no day.",
            do="Write it as 2026-11-21.",
            where=Where("address", 0, "split"),
        ) from error


HANDLERS = [several, one, cases]
