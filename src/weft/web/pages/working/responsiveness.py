"""The pages of responsiveness: how long who asks waits, and each request behind it."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from weft.app.working.responsiveness import responsiveness, waited
from weft.web.context import Html, Page
from weft.web.soon import soon

_SHOWN = 50


@get("/responsiveness", sync_to_thread=True, operation="look")
@soon
def several(page: NamedDependency[Page]) -> Html:
    """Show how long missions wait for a yes, and until it is done."""
    found = responsiveness(page.desk, page.view, page.now)
    return page.show(
        "responsiveness.html",
        found=found,
        several=tuple(each for each in found.missions if each.wants > 1),
        single=tuple(each for each in found.missions if each.wants == 1),
    )


@get("/responsiveness/{mission:str}", sync_to_thread=True, operation="look")
@soon
def one(
    page: NamedDependency[Page], mission: FromPath[str], show: FromQuery[str] = ""
) -> Html:
    """Show how long one mission waits, with each request behind its figures."""
    found = waited(page.desk, page.view, mission, page.now)
    most = len(found.wants) if show == "all" else _SHOWN
    return page.show("waited.html", found=found, shown=found.wants[:most])


HANDLERS = [several, one]
