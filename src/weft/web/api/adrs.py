"""Decision records over HTTP: Markdown files brought in, and given out again."""

from __future__ import annotations

from datetime import datetime

from litestar import get, post
from litestar.di import NamedDependency

from weft.app.framework import adrs
from weft.app.framework.adrs import Brought, Markdown
from weft.app.views import View, look
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.web.gate import MOST_UPLOAD
from weft.web.params import Flag, Idempotency


@post(
    "/import/adrs",
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="change",
)
def bring(
    *,
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Markdown],
    now: NamedDependency[datetime],
    dry_run: Flag = False,
    idempotency_key: Idempotency = "",
) -> Brought:
    """Bring in decision records from Markdown files (MADR 2 to 4), as one deed.

    The id of each is what its file is called. Names of people are left out, and told.
    """
    view = look(desk, actor)
    files = {name: text.encode() for name, text in sent.files.items()}
    return adrs.bring(desk, view, files, now, dry_run=dry_run, key=idempotency_key)


@get("/export/adrs", sync_to_thread=True, operation="look")
def give(desk: NamedDependency[Desk], view: NamedDependency[View]) -> Markdown:
    """Give the decision records as Markdown files of MADR 4."""
    return adrs.given(desk, view)


HANDLERS = [bring, give]
