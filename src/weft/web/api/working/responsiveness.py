"""Responsiveness over HTTP: how long who asks waits for a yes, and for done."""

from __future__ import annotations

from datetime import datetime

from litestar import get
from litestar.di import NamedDependency

from weft.app.views import View
from weft.app.working.responsiveness import (
    Responsiveness,
    Waited,
    responsiveness,
    waited,
)
from weft.store.desk import Desk
from weft.web.params import Key


@get("/responsiveness", sync_to_thread=True, operation="look")
def several(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
) -> Responsiveness:
    """Tell how long missions wait for a yes, and until it is done."""
    return responsiveness(desk, view, now)


@get("/responsiveness/{key:str}", sync_to_thread=True, operation="look")
def one(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    key: Key,
) -> Waited:
    """Tell how long one mission waits, with each request behind its figures."""
    return waited(desk, view, key, now)


HANDLERS = [several, one]
