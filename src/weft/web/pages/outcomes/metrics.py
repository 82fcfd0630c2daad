"""The metrics: what is measured, input or outcome, and one with its readings."""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from weft.app.outcomes import board, signing
from weft.web.context import Html, Page
from weft.web.pages.choices import matching
from weft.web.pages.outcomes.drawing import drawn
from weft.web.pages.outcomes.outcomes import TONES
from weft.web.pages.paging import part
from weft.web.soon import soon

Form = URLEncodedBody[dict[str, str]]


@get("/metrics", sync_to_thread=True, operation="look")
@soon
def several(
    page: NamedDependency[Page], q: FromQuery[str] = "", n: FromQuery[int] = 1
) -> Html:
    """List what is measured, with where it stands in the value chain."""
    every = board.known(page.view)
    pairs = zip(every.metrics, every.proposed, strict=True)
    found = [(m, p) for m, p in pairs if not q or matching(q, m.title)]
    shown, paging = part(found, n, q=q)
    return page.show("metrics.html", every=every, shown=shown, paging=paging, q=q)


@get("/metrics/{key:str}", sync_to_thread=True, operation="look")
@soon
def one(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show one metric: its readings, where it goes, and what took its place."""
    found = board.metric(page.desk, page.view, key, page.now)
    day = board.today(page.view, page.now)
    missions = page.view.firm.missions
    goal = missions[found.missions[0]].outcome if found.missions else None
    return page.show(
        "metric.html",
        found=found,
        goal=goal,
        drawing=drawn(found.readings, found.trajectory, goal, day),
        tones=TONES,
    )


@post("/metrics/{key:str}/confirm", sync_to_thread=True, operation="change")
def confirm(page: NamedDependency[Page], key: FromPath[str], data: Form) -> Redirect:
    """Confirm where a metric stands in the value chain, as its owner."""
    signing.confirm(page.desk, page.actor, key, data.get("stage", ""), at=page.now)
    return Redirect(f"/metrics/{key}", status_code=303)


HANDLERS = [several, one, confirm]
