"""Coverage over HTTP: holes, what hangs on one person, what leaves with whom."""

from __future__ import annotations

from datetime import datetime

from litestar import get
from litestar.di import NamedDependency

from weft.app.knowing import coverage
from weft.app.knowing.coverage import Covering
from weft.app.views import View
from weft.engines.knowledge import Covered, Leaving
from weft.web.params import Key


@get("/skills/coverage", sync_to_thread=True, operation="look")
def several(
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    shown: NamedDependency[str],
) -> Covering:
    """Give how all missions and assets are covered."""
    return coverage.coverage(view, now, shown)


@get("/skills/coverage/missions/{key:str}", sync_to_thread=True, operation="look")
def mission(
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    shown: NamedDependency[str],
    key: Key,
) -> Covered:
    """Give how a mission is covered, skill by skill."""
    return coverage.covered(view, now, shown, "missions", key)


@get("/skills/coverage/assets/{key:str}", sync_to_thread=True, operation="look")
def asset(
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    shown: NamedDependency[str],
    key: Key,
) -> Covered:
    """Give how an asset is covered, skill by skill."""
    return coverage.covered(view, now, shown, "assets", key)


@get("/skills/coverage/without/{key:str}", sync_to_thread=True, operation="look")
def without(
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    shown: NamedDependency[str],
    key: Key,
) -> Leaving:
    """Give what leaves with a person, with a partner's people or with a unit."""
    return coverage.leaving(view, now, shown, key)


HANDLERS = [several, mission, asset, without]
