"""Plans: which there are, and how each goal of one stands."""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from weft.app.permissions import OPERATIONS
from weft.app.planning import plans
from weft.web.context import Html, Page
from weft.web.gate import MOST_UPLOAD, Upload


@get("/plans", sync_to_thread=True, operation="look")
def several(page: NamedDependency[Page]) -> Html:
    """List the plans, and let one be brought in."""
    firm = page.view.firm
    return page.show(
        "plans.html",
        plans=[firm.plans[key] for key in sorted(firm.plans)],
        missing=OPERATIONS["import"].lacks(page.desk.firm(), page.actor, ""),
    )


@post(
    "/plans",
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="import",
)
def bring(page: NamedDependency[Page], upload: NamedDependency[Upload]) -> Redirect:
    """Bring in a plan, or a later version of one."""
    brought = plans.bring(
        page.desk,
        page.actor,
        upload.raw,
        upload.name,
        page.now,
        found="missions" in upload.fields,
    )
    return Redirect(f"/plans/{brought.plan}", status_code=303)


@get("/plans/{key:str}", sync_to_thread=True, operation="look")
def one(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show one plan: its goals in order, what measures them, who pursues them."""
    found = plans.told(page.desk, page.view, page.now, key)
    return page.show("plan.html", told=found, plan=found.plan)


HANDLERS = [several, bring, one]
