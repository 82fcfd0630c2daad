"""JSON Schema over HTTP: taken in as guardrails."""

from __future__ import annotations

from datetime import datetime

from litestar import post
from litestar.di import NamedDependency

from weft.app.framework import jsonschema
from weft.app.framework.jsonschema import Taken
from weft.app.views import look
from weft.core.roles import Actor
from weft.interop.jsonschema.reading import Schema
from weft.store.desk import Desk
from weft.web.params import Flag, Idempotency


@post("/import/schema", status_code=200, sync_to_thread=True, operation="change")
def take_in(
    *,
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Schema],
    now: NamedDependency[datetime],
    dry_run: Flag = False,
    idempotency_key: Idempotency = "",
) -> Taken:
    """Make guardrails of a JSON Schema, and of its properties words.

    They are drafts unless another phase is named. What a guardrail cannot say is
    refused, each with its place in the schema.
    """
    view = look(desk, actor)
    return jsonschema.take_in(
        desk, view, sent, at=now, dry_run=dry_run, key=idempotency_key
    )


HANDLERS = [take_in]
