"""Experiments over HTTP: started, watched as they run, closed with what was learnt."""

from __future__ import annotations

from datetime import datetime

from litestar import get, post
from litestar.di import NamedDependency

from weft.app.outcomes import experiments
from weft.app.outcomes.experiments import Ending, Observed, Sent, Tried
from weft.app.views import View
from weft.core.outcomes.experiment import Experiment, Spending
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.web.params import Idempotency, Key


@get("/experiments", sync_to_thread=True, operation="look")
def several(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
) -> list[Tried]:
    """List the experiments, those that run first, each with how it stands."""
    return experiments.several(desk, view, now)


@get("/experiments/{key:str}", sync_to_thread=True, operation="look")
def one(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    key: Key,
) -> Tried:
    """Give an experiment and how it stands."""
    return experiments.one(desk, view, key, now)


@post(
    "/experiments/{key:str}/start",
    status_code=200,
    sync_to_thread=True,
    operation="measure",
)
def start(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    key: Key,
) -> Experiment:
    """Start an experiment that has a hypothesis, a metric and a stop rule."""
    return experiments.start(desk, actor, key, now)


@post(
    "/experiments/{key:str}/observations",
    status_code=200,
    sync_to_thread=True,
    operation="measure",
)
def observe(
    *,
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Sent],
    now: NamedDependency[datetime],
    key: Key,
    idempotency_key: Idempotency = "",
) -> Observed:
    """Put what trials gave on record, and tell what it means for the stop rule."""
    return experiments.observe(
        desk, actor, key, sent.observations, at=now, idempotency=idempotency_key
    )


@post(
    "/experiments/{key:str}/spend",
    status_code=200,
    sync_to_thread=True,
    operation="measure",
)
def spend(
    *,
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Spending],
    now: NamedDependency[datetime],
    key: Key,
    idempotency_key: Idempotency = "",
) -> Tried:
    """Put on record what an experiment cost, and tell what that means for its cap."""
    return experiments.spend(
        desk, actor, key, sent, at=now, idempotency=idempotency_key
    )


@post(
    "/experiments/{key:str}/close",
    status_code=200,
    sync_to_thread=True,
    operation="measure",
)
def close(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Ending],
    now: NamedDependency[datetime],
    key: Key,
) -> Experiment:
    """Close an experiment; one that did not win says what was learnt."""
    return experiments.close(desk, actor, key, sent, now)


HANDLERS = [several, one, start, observe, spend, close]
