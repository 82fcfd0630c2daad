"""The first page: what needs you, and the three doors."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from weft.app import home, requests
from weft.app.framework import costs
from weft.app.search import find
from weft.web.context import Html, Page
from weft.web.pages.choices import matching
from weft.web.soon import soon

MOST_FOUND = 60


@get("/", sync_to_thread=True, operation="look")
def first(page: NamedDependency[Page]) -> Html:
    """Show what needs the one who looks; in an empty store, where to begin."""
    return page.show(
        "home.html",
        needed=home.needed(page.view, page.now),
        signs=costs.owned(page.desk, page.view, page.now),
        answers=requests.decisions(page.desk, page.actor, most=5),
    )


@get("/search", sync_to_thread=True, operation="look")
@soon
def search(page: NamedDependency[Page], q: FromQuery[str] = "") -> Html:
    """Search everything that the one who looks may see."""
    hits = find(page.view, q, MOST_FOUND)
    return page.show("search.html", q=q, hits=hits, most=MOST_FOUND)


@get("/about", sync_to_thread=True, operation="look")
def about(page: NamedDependency[Page]) -> Html:
    """Say what the words mean."""
    return page.show("about.html")


@get("/acting", sync_to_thread=True, operation="look")
def acting(page: NamedDependency[Page], q: FromQuery[str] = "") -> Html:
    """Offer whom to act as, on a machine where nobody signs in."""
    view = page.view
    found = [p for p in view.firm.people if q and matching(q, view.name(p))]
    leads = {
        lead
        for mandate in view.firm.mandates.values()
        for lead in (mandate.business_lead, mandate.technology_lead)
        if lead in view.firm.people
    }
    return page.show(
        "acting.html",
        q=q,
        found=sorted(found, key=view.name)[:MOST_FOUND],
        leads=sorted(leads, key=view.name)[:MOST_FOUND],
        partners=[p.id for p in view.firm.people.values() if p.partner][:4],
    )


HANDLERS = [first, search, about, acting]
