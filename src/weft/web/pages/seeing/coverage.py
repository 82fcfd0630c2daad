"""Coverage: what is missing, what hangs on one person, and what leaves with whom."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from weft.app.knowing import coverage
from weft.app.search import find
from weft.web.context import Html, Page
from weft.web.pages.paging import part
from weft.web.soon import soon

OFFERED = 12
"""So many people, partners and units are offered where the words fit several."""
_LEAVE = ("people", "partners", "units")


@get("/coverage", sync_to_thread=True, operation="look")
@soon
def several(page: NamedDependency[Page], n: FromQuery[int] = 1) -> Html:
    """Show the missions and assets that lack something, the most holes first."""
    every = coverage.coverage(page.view, page.now, page.month)
    thin = [c for c in every.covered if c.holes or c.singles]
    thin.sort(key=lambda c: (-c.holes, -c.singles, c.table, c.title))
    shown, paging = part(thin, n, month=page.call.query_params.get("month"))
    return page.show("coverage.html", every=every, thin=shown, paging=paging)


@get("/coverage/without", sync_to_thread=True, operation="look")
@soon
def without(page: NamedDependency[Page], who: FromQuery[str] = "") -> Html:
    """Show what leaves with a person, with a partner's people or with a unit."""
    firm = page.view.firm
    known = any(who in firm.table(table) for table in _LEAVE)
    hits = [] if known or not who else find(page.view, who)
    return page.show(
        "leaving.html",
        who=who,
        left=coverage.leaving(page.view, page.now, page.month, who) if known else None,
        offered=[hit for hit in hits if hit.table in _LEAVE][:OFFERED],
    )


HANDLERS = [several, without]
