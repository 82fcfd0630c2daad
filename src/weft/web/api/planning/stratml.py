"""StratML over HTTP: plans in, how they stand, and out again.

A document comes as a form (multipart/form-data) in the field `file`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from weft.app.planning import plans
from weft.app.planning.plans import Brought, Told
from weft.app.views import View
from weft.core.roles import Actor
from weft.interop.stratml import Part
from weft.store.desk import Desk
from weft.web.gate import MOST_UPLOAD, Upload
from weft.web.params import Flag, Idempotency, Key

FIELDS = {
    "name": "what the firm calls the plan; made of its title where it is not sent"
}


@post(
    "/import/stratml",
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="import",
    form=FIELDS,
)
def bring(
    *,
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    upload: NamedDependency[Upload],
    missions: Flag = False,
    dry_run: Flag = False,
    idempotency_key: Idempotency = "",
) -> Brought:
    """Bring in a plan (StratML, XML), or only show the change."""
    return plans.bring(
        desk,
        actor,
        upload.raw,
        upload.name,
        now,
        name=upload.fields.get("name", ""),
        found=missions,
        dry_run=dry_run,
        key=idempotency_key,
    )


@get("/plans/{key:str}/standing", sync_to_thread=True, operation="look")
def standing(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    key: Key,
) -> Told:
    """Tell how each goal of a plan stands: figures, missions, last readings."""
    return plans.told(desk, view, now, key)


@get(
    "/export/stratml",
    sync_to_thread=True,
    media_type="application/xml",
    operation="look",
)
def give(
    *,
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    plan: Annotated[
        str, QueryParameter(max_length=80, description="one of several plans")
    ] = "",
    part: Annotated[
        Literal["", "1", "2"], QueryParameter(description="as it came, if left out")
    ] = "",
    report: Flag = False,
) -> Response[bytes]:
    """Give a plan, or the firm itself as one, as a StratML document."""
    wanted: Part | None = 1 if part == "1" else 2 if part == "2" else None
    raw = plans.give(desk, view, now, name=plan, part=wanted, report=report)
    name = f"{plan or 'plan'}.stratml.xml"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(raw, media_type="application/xml", headers=headers)


HANDLERS = [bring, standing, give]
