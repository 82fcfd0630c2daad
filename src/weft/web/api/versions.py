"""The versions of what holds for all, over HTTP."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency

from weft.app.framework.versions import Version, versions
from weft.app.views import View
from weft.store.desk import Desk
from weft.web.params import Key, Named


@get("/versions/{kind:str}/{name:str}", sync_to_thread=True, operation="journal")
def several(
    desk: NamedDependency[Desk], view: NamedDependency[View], kind: Named, name: Key
) -> list[Version]:
    """Give every version of a guardrail, principle, decision record or named set.

    The newest first, each with what changed, how many decisions were taken while it
    stood, and how many waivers were asked for that are for it.
    """
    return [each.version for each in versions(desk, view, kind, name)]


HANDLERS = [several]
