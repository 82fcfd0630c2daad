"""The fit of the way work goes today, with its error before any what-if."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from weft.app.working.fits import fitted
from weft.web.context import Html, Page
from weft.web.pages.working.flow import day_of
from weft.web.soon import soon


@get("/flow/{log:str}/fit", sync_to_thread=True, operation="work")
@soon
def one(
    page: NamedDependency[Page], log: FromPath[str], since: FromQuery[str] = ""
) -> Html:
    """Show how well the fit tells the cases that it has not seen."""
    day = day_of(since)
    found = fitted(page.desk, page.view, page.month, log, since=day)
    return page.show("fit.html", found=found, log=log, since=since if day else "")


HANDLERS = [one]
