"""Who knows what, over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypeAlias

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from weft.app.knowing import looking
from weft.app.knowing import who as app
from weft.app.views import View
from weft.engines.knowledge import Knowers
from weft.store.desk import Desk
from weft.web.params import Most

Skill: TypeAlias = Annotated[
    str,
    QueryParameter(max_length=200, description="its id, title or a word for it"),
]
AtLeast: TypeAlias = Annotated[int, QueryParameter(ge=1, le=5)]
Begins: TypeAlias = Annotated[
    str, QueryParameter(max_length=80, description="where the ways begin: its id")
]


@get("/who", sync_to_thread=True, operation="look")
def who(
    *,
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    shown: NamedDependency[str],
    skill: Skill,
    level: AtLeast = 3,
    mission: Begins = "",
    person: Begins = "",
    most: Most = 10,
) -> Knowers:
    """Find who knows a skill, the nearest first, with the way to each."""
    found = app.who(
        view,
        skill,
        now,
        shown,
        level=level,
        mission=mission,
        person=person,
        most=most,
    )
    people = (each.person for each in found.people)
    looking.looked(desk, view.actor, people, now, found.skill)
    return found


HANDLERS = [who]
