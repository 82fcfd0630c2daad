"""Ready-made guardrails over HTTP: read, tried on the firm, taken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from litestar import get, post
from litestar.di import NamedDependency

from weft.app.published import ready
from weft.app.published.ready import Outlook, Taken
from weft.app.views import View
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import Line, Name
from weft.ready import ReadySet, read_renames, ready_set, ready_sets
from weft.store.desk import Desk
from weft.web.params import Idempotency, Key


class InYourWords(Record, frozen=True, kw_only=True):
    """What a firm calls otherwise: `roles/security` or `vocabulary/tls:none`.

    words: each word of the set with the firm's own. draft: the draft to put it into,
    where it is not to hold at once.
    """

    words: Mapping[Line, Name] = {}
    draft: Name | None = None


@get("/ready-sets", sync_to_thread=True, operation="look")
def several() -> list[ReadySet]:
    """List the ready sets, each with its guardrails, words and situations."""
    return list(ready_sets())


@get("/ready-sets/{name:str}", sync_to_thread=True, operation="look")
def one(name: Key) -> ReadySet:
    """Give a ready set."""
    return ready_set(name)


@post(
    "/ready-sets/{name:str}/try",
    status_code=200,
    sync_to_thread=True,
    operation="try",
)
def try_out(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    sent: NamedDependency[InYourWords],
    now: NamedDependency[datetime],
    name: Key,
) -> Outlook:
    """Tell what taking a ready set would change and break; nothing is written."""
    return ready.outlook(desk, view, name, read_renames(sent.words), now)


@post(
    "/ready-sets/{name:str}/load",
    status_code=200,
    sync_to_thread=True,
    operation="change",
)
def load(
    *,
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[InYourWords],
    now: NamedDependency[datetime],
    name: Key,
    idempotency_key: Idempotency = "",
) -> Taken:
    """Take a ready set as one deed: what the firm has stays, what it lacks is added."""
    return ready.load(
        desk,
        actor,
        name,
        read_renames(sent.words),
        now,
        draft=sent.draft or "",
        key=idempotency_key,
    )


HANDLERS = [several, one, try_out, load]
