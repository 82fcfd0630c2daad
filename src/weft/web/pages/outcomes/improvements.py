"""The improvements: what was improved, month by month, and what shows it."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from weft.app.outcomes.improvements import improving
from weft.web.context import Html, Page
from weft.web.pages.paging import part
from weft.web.soon import soon


@get("/improvements", sync_to_thread=True, operation="look")
@soon
def several(
    page: NamedDependency[Page], mission: FromQuery[str] = "", n: FromQuery[int] = 1
) -> Html:
    """Show what was improved, the latest first, and who improved nothing."""
    every = improving(page.desk, page.view, page.now, mission)
    shown, paging = part(every.improvements, n, mission=mission)
    return page.show(
        "improvements.html", every=every, shown=shown, paging=paging, mission=mission
    )


HANDLERS = [several]
