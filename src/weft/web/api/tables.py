"""Tables over HTTP: a firm brought in from a file that somebody has.

The file comes as a form (multipart/form-data) in the field `file`, with its name.
"""

from __future__ import annotations

from datetime import date, datetime

from litestar import post
from litestar.di import NamedDependency

from weft.app import tables
from weft.app.tables import Bringing, Preview
from weft.core.records import read_json
from weft.core.roles import Actor
from weft.errors import Malformed, Where
from weft.interop.tables import Layout, Table, read_table
from weft.store.desk import Desk
from weft.web.gate import MOST_UPLOAD, Upload
from weft.web.params import Idempotency

FIELDS = {
    "layout": "what each column holds, as JSON; guessed where it is not sent",
    "on": "the day the table speaks of, such as 2026-11-21; else today",
    "partial": "`yes` where it names some of the people only: nobody leaves",
}
"""What the form may hold beside the file."""


@post(
    "/import/guess",
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="import",
)
def guess(upload: NamedDependency[Upload]) -> Layout:
    """Guess what each column of a table is, with the reason."""
    return tables.layout(_table(upload))


@post(
    "/import/preview",
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="import",
    form=FIELDS,
)
def preview(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    upload: NamedDependency[Upload],
) -> Preview:
    """Show what importing a table would change; nothing is kept."""
    return tables.preview(desk, actor, _bringing(upload), now)


@post(
    "/import",
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="import",
    form=FIELDS,
)
def apply(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    upload: NamedDependency[Upload],
    idempotency_key: Idempotency = "",
) -> Preview:
    """Import a table as one deed."""
    return tables.apply(desk, actor, _bringing(upload), now, idempotency_key)


def _bringing(upload: Upload) -> Bringing:
    """Put together what was sent: the table, its layout, the day it speaks of."""
    table = _table(upload)
    return Bringing(
        table=table,
        layout=_layout(upload, table),
        on=_day(upload),
        partial=upload.fields.get("partial", "") == "yes",
    )


def _table(upload: Upload) -> Table:
    """Read the file that was sent."""
    return read_table(upload.name, upload.raw)


def _layout(upload: Upload, table: Table) -> Layout:
    """Take the layout that was sent as JSON, or guess it."""
    text = upload.fields.get("layout", "")
    return read_json(Layout, text, "layout") if text else tables.layout(table)


def _day(upload: Upload) -> date | None:
    """Read the day of which the table speaks, where one was sent."""
    text = upload.fields.get("on", "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Malformed(
            f"{text!r} is no day.",
            do="Write it as 2026-11-21.",
            where=Where("form", 0, "on"),
        ) from error


HANDLERS = [guess, preview, apply]
