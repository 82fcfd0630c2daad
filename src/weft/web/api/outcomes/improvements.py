"""Improvements over HTTP: what was improved, and what the evidence carries."""

from __future__ import annotations

from datetime import datetime

from litestar import get
from litestar.di import NamedDependency

from weft.app.outcomes import improvements
from weft.app.outcomes.improvements import Improved, Improving
from weft.app.views import View
from weft.store.desk import Desk
from weft.web.params import Key, Word


@get("/improvements", sync_to_thread=True, operation="look")
def several(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    mission: Word = "",
) -> Improving:
    """Tell what was improved by month, what shows it, and who improved nothing."""
    return improvements.improving(desk, view, now, mission)


@get("/improvements/{key:str}", sync_to_thread=True, operation="look")
def one(desk: NamedDependency[Desk], view: NamedDependency[View], key: Key) -> Improved:
    """Give an improvement with the grade that its evidence carries."""
    return improvements.improvement(desk, view, key)


HANDLERS = [several, one]
