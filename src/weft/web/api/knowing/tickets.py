"""Logs of tickets over HTTP: evidence of what people know, from work."""

from __future__ import annotations

from datetime import datetime

from litestar import post
from litestar.di import NamedDependency

from weft.app.knowing import tickets
from weft.app.knowing.tickets import Evidence
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.web.gate import MOST_UPLOAD, Upload
from weft.web.params import Flag, Idempotency

_COLUMNS = ("ticket", "person", "about", "closed")
FIELDS = {
    "ticket": "the column of the ticket; told by its name where it is not sent",
    "person": "the column of who closed it",
    "about": "the column of what it was about",
    "closed": "the column of when it was closed",
    "make": "a discipline: things that no skill is called by become skills of it",
}


@post(
    "/import/tickets",
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
    dry_run: Flag = False,
    idempotency_key: Idempotency = "",
) -> Evidence:
    """Bring in a log of tickets as claims that rest on work, not shared."""
    sent = upload.fields
    return tickets.bring(
        desk,
        actor,
        upload.raw,
        upload.name,
        now,
        columns={field: sent[field] for field in _COLUMNS if sent.get(field)},
        discipline=sent.get("make", ""),
        dry_run=dry_run,
        key=idempotency_key,
    )


HANDLERS = [bring]
