"""Outcomes and metrics over HTTP: how each stands, and where it is going."""

from __future__ import annotations

from datetime import datetime

from litestar import get, post
from litestar.di import NamedDependency

from weft.app.outcomes import board, signing
from weft.app.outcomes.board import Board, Known, Measured, Standing
from weft.app.outcomes.touchpoints import Touchpoint, touchpoints
from weft.app.views import View
from weft.core.outcomes.metric import Metric, Stage
from weft.core.outcomes.outcome import Outcome
from weft.core.records import Record
from weft.core.roles import Actor
from weft.engines.outcomes.conflicts import Conflict, conflicts
from weft.engines.outcomes.stages import Proposed, propose
from weft.store.desk import Desk
from weft.web.params import Idempotency, Key, Seen, Word


class Confirmed(Record, frozen=True, kw_only=True):
    """Where the owner says that a metric stands in the value chain."""

    stage: Stage


@get("/outcomes", sync_to_thread=True, operation="look")
def several(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
) -> Board:
    """Give how every outcome stands and where it is going, the least likely first."""
    return board.board(desk, view, now)


@get("/outcomes/conflicts", sync_to_thread=True, operation="look")
def pulls(view: NamedDependency[View]) -> list[Conflict]:
    """Give who pulls against whom, what is not settled first."""
    return conflicts(view.firm)


@get("/outcomes/touchpoints", sync_to_thread=True, operation="look")
def meetings(
    desk: NamedDependency[Desk], view: NamedDependency[View], mission: Word = ""
) -> list[Touchpoint]:
    """Give the touchpoints month by month: never read first, then the weakest."""
    return touchpoints(desk, view, mission)


@get("/outcomes/missions/{key:str}", sync_to_thread=True, operation="look")
def one(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    key: Key,
) -> Standing | None:
    """Give how the outcome of a mission stands; nothing where it states none."""
    return board.outcome(desk, view, key, now)


@post(
    "/outcomes/missions/{key:str}/sign",
    status_code=200,
    sync_to_thread=True,
    operation="change",
)
def sign(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    key: Key,
    seen: Seen = None,
) -> Outcome:
    """Sign the outcome of a mission as one of its two leads."""
    return signing.sign(desk, actor, key, now, seen)


@get("/outcomes/metrics", sync_to_thread=True, operation="look")
def metrics(view: NamedDependency[View], mission: Word = "") -> Known:
    """List the metrics with the stage proposed for each, and what they come to."""
    return board.known(view, mission)


@get("/outcomes/metrics/classify", sync_to_thread=True, operation="look")
def classify(title: Word, unit: Word = "") -> Proposed:
    """Propose a stage of the value chain for a metric, from its words and unit."""
    return propose(title, unit)


@get("/outcomes/metrics/{key:str}", sync_to_thread=True, operation="look")
def metric(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    key: Key,
) -> Measured:
    """Give a metric with its readings, and where it is going."""
    return board.metric(desk, view, key, now)


@post(
    "/outcomes/metrics/{key:str}/confirm",
    status_code=200,
    sync_to_thread=True,
    operation="change",
)
def confirm(
    *,
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Confirmed],
    now: NamedDependency[datetime],
    key: Key,
    idempotency_key: Idempotency = "",
) -> Metric:
    """Confirm at which stage a metric stands, as its owner."""
    return signing.confirm(desk, actor, key, sent.stage, at=now, key=idempotency_key)


HANDLERS = [several, pulls, meetings, one, sign, metrics, classify, metric, confirm]
