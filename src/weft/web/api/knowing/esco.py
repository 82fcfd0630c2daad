"""ESCO over HTTP: the European list of skills brought in."""

from __future__ import annotations

from datetime import datetime

from litestar import post
from litestar.di import NamedDependency

from weft.app.knowing import esco
from weft.app.knowing.esco import Vocabulary
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.web.gate import MOST_UPLOAD, Upload
from weft.web.params import Flag, Idempotency

FIELDS = {
    "discipline": "the discipline of the skills that are new",
    "only": "words, with blanks between; only skills with one of them",
}


@post(
    "/import/esco",
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
) -> Vocabulary:
    """Bring in skills from ESCO's list (CSV), or only show the change."""
    return esco.bring(
        desk,
        actor,
        upload.raw,
        upload.name,
        now,
        discipline=upload.fields.get("discipline", ""),
        words=upload.fields.get("only", "").split(),
        dry_run=dry_run,
        key=idempotency_key,
    )


HANDLERS = [bring]
