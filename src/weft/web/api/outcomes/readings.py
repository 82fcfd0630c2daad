"""Readings over HTTP: sent as JSON, as a table, or as an event by a webhook."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import get, post
from litestar.di import NamedDependency
from msgspec import Meta

from weft.app.outcomes import readings
from weft.app.outcomes.readings import Brought, Sent
from weft.app.records import record
from weft.app.views import View
from weft.core.outcomes.reading import Reading
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import Line, Name
from weft.store.desk import Desk
from weft.web.gate import MOST_UPLOAD, Upload
from weft.web.params import Idempotency, Key

FIELDS = {"correct": "`yes` where it puts right what is there with another value"}
"""What the form may hold beside the file."""


class Value(Record, frozen=True, kw_only=True):
    """The data of an event: what was read."""

    value: float
    note: Line = ""


class Event(Record, frozen=True, kw_only=True):
    """A CloudEvent (1.0, structured) that says what a metric was.

    subject: the metric. time: when it was read; its day counts, in UTC. source and id
    together are what a repeat is known by.
    """

    specversion: Line = "1.0"
    id: Annotated[str, Meta(min_length=1, max_length=80)]
    source: Line
    type: Line = "weft.reading"
    subject: Name
    time: Annotated[datetime, Meta(tz=True)]
    datacontenttype: Line = "application/json"
    data: Value


@post("/readings", status_code=200, sync_to_thread=True, operation="measure")
def send(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Sent],
    now: NamedDependency[datetime],
    idempotency_key: Idempotency = "",
) -> Brought:
    """Put readings on record; those that are there already are left out and counted."""
    return readings.bring(
        desk, actor, sent.readings, now, corrects=sent.corrects, key=idempotency_key
    )


@post("/readings/events", status_code=200, sync_to_thread=True, operation="measure")
def event(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Event],
    now: NamedDependency[datetime],
) -> Brought:
    """Take one reading from a webhook as a CloudEvent; a repeat has no effect."""
    reading = Reading(
        metric=sent.subject,
        on=sent.time.astimezone(now.tzinfo).date(),
        value=sent.data.value,
        source=sent.source,
        note=sent.data.note,
    )
    return readings.bring(desk, actor, [reading], now)


@post(
    "/readings/import",
    status_code=200,
    sync_to_thread=True,
    request_max_body_size=MOST_UPLOAD,
    operation="measure",
    form=FIELDS,
)
def bring(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    upload: NamedDependency[Upload],
    idempotency_key: Idempotency = "",
) -> Brought:
    """Bring in a table with the columns metric, on and value."""
    found, places, misread = readings.from_file(upload.name, upload.raw)
    return readings.bring(
        desk,
        actor,
        found,
        now,
        places=places,
        misread=misread,
        corrects=upload.fields.get("correct", "") == "yes",
        key=idempotency_key,
    )


@get("/readings/{key:str}", sync_to_thread=True, operation="look")
def of_metric(
    desk: NamedDependency[Desk], view: NamedDependency[View], key: Key
) -> list[Reading]:
    """Give the readings of a metric, the oldest first."""
    record(view, "metrics", key)
    return readings.readings(desk, view, [key])[key]


HANDLERS = [send, event, bring, of_metric]
