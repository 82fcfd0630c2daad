"""The skills: what can be known, and who claims to know it."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from weft.app.records import record
from weft.core.indexes import claims_by_skill
from weft.web.context import Page
from weft.web.pages.choices import matching
from weft.web.pages.paging import part


@get("/skills", sync_to_thread=True, operation="look")
def several(
    page: NamedDependency[Page],
    q: FromQuery[str] = "",
    discipline: FromQuery[str] = "",
    n: FromQuery[int] = 1,
) -> Template:
    """List the skills with how many people claim each."""
    firm = page.view.firm
    found = sorted(
        (
            skill
            for skill in firm.skills.values()
            if matching(q, skill.title, *skill.synonyms)
            and (not discipline or skill.discipline == discipline)
        ),
        key=lambda s: (s.discipline, s.title),
    )
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
def one(page: NamedDependency[Page], key: FromPath[str]) -> Template:
    """Show one skill and who claims it, by name: people are not ranked."""
    firm = page.view.firm
    claims = claims_by_skill(firm).get(key, ())
    return page.show(
        "skill.html",
        skill=record(page.view, "skills", key),
        claims=sorted(claims, key=lambda c: page.view.name(c.person).casefold()),
        needing=sorted({n.mission for n in firm.needs.values() if n.skill == key}),
        keeping=[a for a in firm.assets.values() if key in a.needs],
    )


HANDLERS = [several, one]
