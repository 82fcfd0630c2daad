"""Past work over HTTP: sent as JSON or as a table, and held against its promises."""

from __future__ import annotations

from datetime import datetime

from litestar import get, post
from litestar.di import NamedDependency

from weft.app.outcomes import past
from weft.app.outcomes.past import Sent
from weft.app.outcomes.readings import Brought
from weft.app.views import View
from weft.core.outcomes.past import PastWork
from weft.core.roles import Actor
from weft.engines.outcomes.past import PastReport
from weft.store.desk import Desk
from weft.web.gate import MOST_UPLOAD, Upload
from weft.web.params import Idempotency

FIELDS = {"correct": "`yes` where it puts right what is there under its id"}
"""What the form may hold beside the file."""


@get("/past-work", sync_to_thread=True, operation="look")
def several(desk: NamedDependency[Desk], view: NamedDependency[View]) -> list[PastWork]:
    """List the past work, what ended first at the top."""
    return past.works(desk, view)


@get("/past-work/report", sync_to_thread=True, operation="look")
def report(desk: NamedDependency[Desk], view: NamedDependency[View]) -> PastReport:
    """Tell whether on time and on budget went with reaching the outcome."""
    return past.report(desk, view)


@post("/past-work", status_code=200, sync_to_thread=True, operation="import")
def send(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Sent],
    now: NamedDependency[datetime],
    idempotency_key: Idempotency = "",
) -> Brought:
    """Put past work on record; what is there already is left out and counted."""
    return past.bring(
        desk, actor, sent.works, now, corrects=sent.corrects, key=idempotency_key
    )


@post(
    "/past-work/import",
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="import",
    form=FIELDS,
)
def bring(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    upload: NamedDependency[Upload],
    idempotency_key: Idempotency = "",
) -> Brought:
    """Bring in a table with the columns id and ended, and what else is known."""
    found, places, misread = past.from_file(upload.name, upload.raw)
    return past.bring(
        desk,
        actor,
        found,
        now,
        places=places,
        misread=misread,
        corrects=upload.fields.get("correct", "") == "yes",
        key=idempotency_key,
    )


HANDLERS = [several, report, send, bring]
