"""Who knows: a search for a skill first, then the people and the ways to them."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from weft.app.knowing import looking, skills, who
from weft.core.skills import Skill
from weft.engines.knowledge import Knowers
from weft.errors import NotFound
from weft.web.context import Html, Page
from weft.web.pages.choices import mission_called
from weft.web.soon import soon

SHOWN, MORE = 10, 50
"""So many people are shown at first, and when asked for more."""
OFFERED = 12
"""So many skills are offered where the words fit several."""
AtLeast = Annotated[int, QueryParameter(ge=1, le=5)]


@get("/who", sync_to_thread=True, operation="look")
@soon
def knows(
    page: NamedDependency[Page],
    q: FromQuery[str] = "",
    level: AtLeast = 3,
    mission: FromQuery[str] = "",
    more: FromQuery[bool] = False,  # noqa: FBT002 # a word of the address
) -> Html:
    """Show who knows a skill and how to reach them; or offer the skills that fit."""
    skill = _meant(page, q)
    begins = mission_called(page.view.firm, mission)
    return page.show(
        "who.html",
        q=q,
        level=level,
        mission=begins,
        found=_found(page, skill, level, begins, MORE if more else SHOWN),
        most=MORE,
        offered=skills.called(page.view, q)[:OFFERED] if q and not skill else [],
    )


def _meant(page: Page, q: str) -> Skill | None:
    """Give the skill that is called so, or the only one that the words fit."""
    try:
        return skills.the_skill(page.view, q)
    except NotFound:
        fitting = skills.called(page.view, q)
    return fitting[0] if len(fitting) == 1 else None


def _found(
    page: Page, skill: Skill | None, level: int, mission: str, most: int
) -> Knowers | None:
    """Find who knows a skill, where one is meant."""
    if skill is None:
        return None
    found = who.who(
        page.view,
        skill.id,
        page.now,
        page.month,
        level=level,
        mission=mission,
        most=most,
    )
    people = (each.person for each in found.people)
    looking.looked(page.desk, page.actor, people, page.now, found.skill)
    return found


HANDLERS = [knows]
