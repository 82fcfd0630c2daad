"""The report nobody likes: on time and on budget against what was reached."""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect

from weft.app.outcomes import past
from weft.app.permissions import OPERATIONS
from weft.engines.outcomes.past import FEWEST, FEWEST_OUTCOMES, kept
from weft.engines.outcomes.past import report as told
from weft.web.context import Html, Page
from weft.web.gate import MOST_UPLOAD, Upload
from weft.web.pages.paging import part


@get("/past-work", sync_to_thread=True, operation="look")
def report(page: NamedDependency[Page], n: FromQuery[int] = 1) -> Html:
    """Show whether kept promises went with a reached outcome, and each piece."""
    works = past.works(page.desk, page.view)
    shown, paging = part(list(reversed(works)), n)
    lacks = OPERATIONS["import"].lacks
    return page.show(
        "past-work.html",
        found=told(works),
        shown=[(w, kept(w, "time"), kept(w, "budget")) for w in shown],
        paging=paging,
        fewest=(FEWEST, FEWEST_OUTCOMES),
        may=page.view.now and not lacks(page.desk.firm(), page.actor, ""),
    )


@post(
    "/past-work",
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="import",
)
def bring(page: NamedDependency[Page], upload: NamedDependency[Upload]) -> Redirect:
    """Bring in a table of past work."""
    found, places, misread = past.from_file(upload.name, upload.raw)
    past.bring(
        page.desk,
        page.actor,
        found,
        page.now,
        places=places,
        misread=misread,
        note=upload.name,
    )
    return Redirect("/past-work", status_code=303)


HANDLERS = [report, bring]
