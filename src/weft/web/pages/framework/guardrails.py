"""The guardrails: all of them, and one in words and as text."""

from __future__ import annotations

from typing import cast

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from weft.app import records, requests, waivers
from weft.app.framework import challenges, costs
from weft.app.permissions import OPERATIONS
from weft.app.texts import as_text
from weft.app.writing.consistency import about
from weft.core.guardrails import Guardrail
from weft.engines.guardrails import Cost, approver, level_at, resting
from weft.engines.guardrails.grounds import doubts
from weft.web.context import Html, Page
from weft.web.pages.choices import matching
from weft.web.pages.framework.consistency import shown
from weft.web.pages.framework.rules import conditions
from weft.web.soon import soon

LOOKED_THROUGH = 300
"""So many refusals, the newest, are searched for those by one guardrail."""


@get("/guardrails", sync_to_thread=True, operation="look")
def several(
    page: NamedDependency[Page],
    q: FromQuery[str] = "",
    level: FromQuery[str] = "",
    owner: FromQuery[str] = "",
) -> Html:
    """List the guardrails under the principles that they make checkable."""
    firm = page.view.firm
    found = [
        g
        for g in sorted(firm.guardrails.values(), key=lambda g: g.title)
        if matching(q, g.title, g.reason)
        and (not level or g.level == level)
        and (not owner or g.owner == owner)
    ]
    by_principle: dict[str, list[Guardrail]] = {}
    for guardrail in found:
        by_principle.setdefault(guardrail.principle, []).append(guardrail)
    return page.show(
        "guardrails.html",
        groups=sorted(by_principle.items()),
        q=q,
        level=level,
        owner=owner,
    )


@get("/guardrails/{key:str}", sync_to_thread=True, operation="look")
@soon
def one(
    page: NamedDependency[Page], key: FromPath[str], decision: FromQuery[int] = 0
) -> Html:
    """Show one guardrail. decision: the answer that goes with an objection to it."""
    firm = page.view.firm
    guardrail = _found(page, key)
    refused = requests.decisions(
        page.desk, page.actor, most=LOOKED_THROUGH, verdict="refused"
    )
    return page.show(
        "guardrail.html",
        guardrail=guardrail,
        counts=level_at(firm, guardrail, page.now),
        rest=resting(firm, guardrail, page.now),
        hearings=challenges.challenges(page.view, page.now, key),
        missions=_mine(page),
        decision=decision,
        cost=_cost(page, key),
        rollouts=[r for _, r in sorted(firm.rollouts.items()) if r.guardrail == key],
        when=conditions(firm, guardrail, guardrail.when),
        must=conditions(firm, guardrail, guardrail.must),
        text=as_text(guardrail),
        grounds=[firm.adrs[a] for a in guardrail.rests_on if a in firm.adrs],
        doubts=[d for d in doubts(firm) if d.where.file == f"guardrails/{key}"],
        approver=approver(guardrail),
        flaws=[*shown(firm, about(page.view, key, page.now))],
        standings=[
            s for s in waivers.waivers(page.view, page.now) if s.waiver.guardrail == key
        ],
        looked_through=LOOKED_THROUGH,
        refused=[
            a
            for a in refused
            if any(f.guardrail == key and f.blocks for f in a.decision.findings)
        ],
    )


def _mine(page: Page) -> list[str]:
    """Give the missions for which the one who looks may object."""
    lacks, firm = OPERATIONS["challenge.raise"].lacks, page.view.firm
    mine = [key for key in firm.missions if not lacks(firm, page.actor, key)]
    return sorted(mine, key=lambda key: firm.missions[key].title)


def _cost(page: Page, key: str) -> Cost | None:
    """Give what a guardrail costs, to those who may see it."""
    if OPERATIONS["costs"].lacks(page.view.firm, page.actor, key):
        return None
    return costs.cost(page.desk, page.view, key, page.now)


def _found(page: Page, key: str) -> Guardrail:
    """Find a guardrail."""
    return cast("Guardrail", records.record(page.view, "guardrails", key))


HANDLERS = [several, one]
