"""OSCAL over HTTP: catalogues of controls in, documents and coverage out.

A catalogue comes as a form (multipart/form-data) in the field `file`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from weft.app.published import oscal
from weft.app.published.coverage import Coverage, coverage
from weft.app.published.oscal import Brought, Document
from weft.app.views import View
from weft.core.roles import Actor
from weft.errors import NotFound
from weft.store.desk import Desk
from weft.web.gate import MOST_UPLOAD, Upload
from weft.web.params import Flag, Idempotency, Key

FIELDS = {"name": "what the firm calls the catalogue; found out where it is not sent"}
DOCUMENTS: tuple[Document, ...] = ("catalog", "results", "poam")
"""What can be asked for: guardrails, the audit of all assets, what is open."""


@post(
    "/import/oscal",
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
    """Bring in a catalogue of controls (OSCAL, JSON), or only show the change."""
    return oscal.bring(
        desk,
        actor,
        upload.raw,
        upload.name,
        now,
        name=upload.fields.get("name", ""),
        dry_run=dry_run,
        key=idempotency_key,
    )


@get("/oscal/{name:str}", sync_to_thread=True, operation="export")
def give(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    name: Key,
    of: Annotated[
        str, QueryParameter(max_length=80, description="a catalogue brought in")
    ] = "",
) -> dict[str, Any]:
    """Give a document in OSCAL: catalog, results or poam."""
    document = next((d for d in DOCUMENTS if d == name), None)
    if document is None:
        raise NotFound("OSCAL document", name, DOCUMENTS)
    return oscal.give(desk, view, document, now, of)


@get("/coverage", sync_to_thread=True, operation="look")
def covered(view: NamedDependency[View]) -> list[Coverage]:
    """Tell for each catalogue which controls some guardrail works towards."""
    return coverage(view)


HANDLERS = [bring, give, covered]
