"""The roll-outs: how far each is, and one with its burn-down and what is left."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from weft.app.framework import rollouts
from weft.engines.guardrails import burn
from weft.errors import UnknownName
from weft.web.context import Html, Page
from weft.web.pages.framework.rolling.burndown import burning
from weft.web.pages.paging import part


@get("/rollouts", sync_to_thread=True, operation="look")
def several(page: NamedDependency[Page]) -> Html:
    """List the roll-outs, the newest first."""
    return page.show("rollouts.html", campaigns=rollouts.campaigns(page.view, page.now))


@get("/rollouts/{key:str}", sync_to_thread=True, operation="look")
def one(
    page: NamedDependency[Page],
    key: FromPath[str],
    mission: FromQuery[str] = "",
    n: FromQuery[int] = 1,
) -> Html:
    """Show one roll-out, of all missions or of one."""
    found = rollouts.campaign(page.view, key, page.now)
    campaign, items = found.campaign, found.items
    total = campaign.total
    if mission:
        if mission not in (known := [b.mission for b in campaign.missions]):
            raise UnknownName("mission of the roll-out", mission, known)
        items = tuple(each for each in items if each.mission == mission)
        total = burn(page.view.firm, campaign.rollout, items, page.now, mission)
    shown, paging = part([i for i in items if i.open], n, mission=mission)
    return page.show(
        "rollout.html",
        campaign=campaign,
        rollout=campaign.rollout,
        mission=mission,
        total=burning(total, page.now.date()),
        burns=[burning(each, page.now.date()) for each in campaign.missions],
        open=shown,
        paging=paging,
        mended=[each for each in items if not each.open],
    )


HANDLERS = [several, one]
