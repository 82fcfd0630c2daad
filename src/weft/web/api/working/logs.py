"""Logs of tickets over HTTP: brought in as work, event by event."""

from __future__ import annotations

from datetime import datetime

from litestar import post
from litestar.di import NamedDependency

from weft.app import wording
from weft.app.working import logs
from weft.app.working.logs import Bringing, Brought
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.web.gate import MOST_UPLOAD, Upload
from weft.web.params import Flag, Idempotency

FIELDS = {
    "name": "of the log; that of the file where it is not sent",
    "columns": "FIELD=HEAD, a line for each guess that is put right",
    "states": "STATE=MEANING, a line for each guess that is put right",
    "zone": "the time zone of times that name none, such as Europe/Berlin",
    "inside": "a line for each group in the IT unit; * stands for any signs",
    "outside": "a line for each group that is not in it",
    "more": "yes where it goes on with the log of that name, instead of replacing it",
}


@post(
    "/import/log",
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
) -> Brought:
    """Bring in a log of tickets, CSV or XES; no person is kept of it."""
    sent = {
        key: tuple(line.strip() for line in text.splitlines() if line.strip())
        for key, text in upload.fields.items()
    }
    wanted = Bringing(
        file=upload.name,
        raw=upload.raw,
        log=upload.fields.get("name", ""),
        columns=wording.pairs(sent.get("columns", ())),
        states=wording.pairs(sent.get("states", ())),
        zone=upload.fields.get("zone", ""),
        inside=sent.get("inside", ()),
        outside=sent.get("outside", ()),
        more=bool(upload.fields.get("more")),
    )
    return logs.bring(desk, actor, wanted, now, dry_run=dry_run, key=idempotency_key)


HANDLERS = [bring]
