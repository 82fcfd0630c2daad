"""Deliveries over HTTP: the measures of missions, and events from a file."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypeAlias

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from weft.app.delivering import measuring
from weft.app.delivering.bringing import Brought, bring_file
from weft.app.delivering.measuring import WEEKS, Board, Delivered
from weft.app.views import View
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.web.gate import MOST_UPLOAD, Upload
from weft.web.params import Flag, Idempotency, Key

Weeks: TypeAlias = Annotated[
    int, QueryParameter(ge=1, le=104, description="so many, back from now")
]


@get("/deliveries", sync_to_thread=True, operation="look")
def several(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    weeks: Weeks = WEEKS,
) -> Board:
    """Tell how often, how fast and how safely each mission delivers."""
    return measuring.board(desk, view, now, weeks)


@get("/deliveries/{key:str}", sync_to_thread=True, operation="look")
def one(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    key: Key,
    weeks: Weeks = WEEKS,
) -> Delivered:
    """Tell how one mission delivers."""
    return measuring.of_mission(desk, view, key, now, weeks)


@post(
    "/import/deliveries",
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="import",
    form={},
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
    """Bring in a file of exported events, one JSON document a line."""
    return bring_file(
        desk,
        actor,
        upload.raw,
        upload.name,
        now,
        dry_run=dry_run,
        key=idempotency_key,
    )


HANDLERS = [several, one, bring]
