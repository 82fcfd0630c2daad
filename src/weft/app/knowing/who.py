"""Who knows what: people inside and at partners, and the way to each of them."""

from __future__ import annotations

from datetime import date, datetime

from weft.app.knowing.skills import the_skill
from weft.app.views import View
from weft.core.scalars import Level, Month
from weft.engines import knowledge
from weft.engines.knowledge import Knowers, Stop
from weft.errors import NotFound


def who(
    view: View,
    skill: str,
    now: datetime,
    month: Month,
    *,
    level: Level = 3,
    mission: str = "",
    person: str = "",
    most: int = 10,
) -> Knowers:
    """Find who knows a skill, the nearest first, with the way to each.

    skill: its id, its title or another word for it. The ways begin at the mission
    or the person, else at who asks; the owner of the machine is nowhere in the firm.
    """
    return knowledge.who_knows(
        view.firm,
        the_skill(view, skill),
        month=month,
        today=today(view, now),
        level=level,
        begins=_begins(view, mission, person),
        most=most,
    )


def ready(view: View, month: Month) -> None:
    """Work out what finding people rests on, before somebody asks."""
    knowledge.prepare(view.firm, month)


def today(view: View, now: datetime) -> date:
    """Give the day from which age is counted: that looked at, where one looks back."""
    return (view.firm.on if view.as_of else None) or now.date()


def _begins(view: View, mission: str, person: str) -> Stop | None:
    """Say where the ways begin."""
    firm = view.firm
    if mission:
        if mission not in firm.missions:
            raise NotFound("mission", mission, firm.missions)
        return Stop(type="mission", id=mission, title=firm.missions[mission].title)
    if person and person not in firm.people:
        raise NotFound("person", person, firm.people)
    asks = person or view.actor.person
    return Stop(type="person", id=asks) if asks in firm.people else None
