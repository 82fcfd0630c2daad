"""The skills: what can be known, and who claims to know it."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from weft.app.knowing.skills import called
from weft.app.records import record
from weft.core.indexes import claims_by_skill
from weft.engines.knowledge import unused_by
from weft.web.context import Html, Page
from weft.web.pages.paging import part
from weft.web.soon import soon

SHOWN = 20
"""So many missions and assets stand on the page of a skill; the rest are counted."""


@get("/skills", sync_to_thread=True, operation="look")
@soon
def several(
    page: NamedDependency[Page],
    q: FromQuery[str] = "",
    discipline: FromQuery[str] = "",
    n: FromQuery[int] = 1,
) -> Html:
    """List the skills with how many people claim each."""
    firm = page.view.firm
    every = sorted(firm.skills.values(), key=lambda s: (s.discipline, s.title))
    found = [
        skill
        for skill in (called(page.view, q) if q else every)
        if not discipline or skill.discipline == discipline
    ]
    shown, paging = part(found, n, q=q, discipline=discipline)
    return page.show(
        "skills.html",
        skills=shown,
        paging=paging,
        q=q,
        discipline=discipline,
        claims=claims_by_skill(firm),
    )


@get("/skills/{key:str}", sync_to_thread=True, operation="look")
@soon
def one(page: NamedDependency[Page], key: FromPath[str], n: FromQuery[int] = 1) -> Html:
    """Show one skill and who claims it, by name: people are not ranked."""
    firm = page.view.firm
    claims = claims_by_skill(firm).get(key, ())
    by_name = sorted(claims, key=lambda c: page.view.name(c.person).casefold())
    shown, paging = part(by_name, n)
    keeping = [a for a in firm.assets.values() if key in a.needs]
    needing = {need.mission for need in firm.needs.values() if need.skill == key}
    return page.show(
        "skill.html",
        skill=record(page.view, "skills", key),
        claims=shown,
        resting=unused_by(firm, key, page.now.date()),
        paging=paging,
        needing=sorted(needing)[:SHOWN],
        missions=len(needing),
        keeping=sorted(keeping, key=lambda a: (a.title, a.id))[:SHOWN],
        assets=len(keeping),
    )


HANDLERS = [several, one]
