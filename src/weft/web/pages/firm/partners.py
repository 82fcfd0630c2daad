"""The partners: other organisations, what they supply and who of them sits here."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from weft.app.records import record
from weft.web.context import Html, Page
from weft.web.pages.paging import part


@get("/partners", sync_to_thread=True, operation="look")
def several(page: NamedDependency[Page]) -> Html:
    """List the partners."""
    firm = page.view.firm
    people: dict[str, int] = {}
    for person in firm.people.values():
        if person.partner:
            people[person.partner] = people.get(person.partner, 0) + 1
    assets: dict[str, int] = {}
    for asset in firm.assets.values():
        if asset.supplier:
            assets[asset.supplier] = assets.get(asset.supplier, 0) + 1
    partners = sorted(firm.partners.values(), key=lambda p: p.title)
    return page.show("partners.html", partners=partners, people=people, assets=assets)


@get("/partners/{key:str}", sync_to_thread=True, operation="look")
def one(page: NamedDependency[Page], key: FromPath[str], n: FromQuery[int] = 1) -> Html:
    """Show one partner."""
    firm = page.view.firm
    supplied = (a for a in firm.assets.values() if a.supplier == key)
    assets, paging = part(sorted(supplied, key=lambda a: (a.title, a.id)), n)
    return page.show(
        "partner.html",
        partner=record(page.view, "partners", key),
        people=[p for p in firm.people.values() if p.partner == key],
        assets=assets,
        paging=paging,
        contracts=[c for c in firm.contracts.values() if c.partner == key],
    )


HANDLERS = [several, one]
