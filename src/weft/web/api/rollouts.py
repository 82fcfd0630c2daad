"""Roll-outs over HTTP: a guardrail in force, with dates for what breaks it."""

from __future__ import annotations

from datetime import datetime

from litestar import get, post
from litestar.di import NamedDependency

from weft.app.framework import rollouts
from weft.app.framework.rollouts import Campaign, CampaignItems, Plan, Preview
from weft.app.views import View
from weft.core.framework.rollouts import BaselineItem, Rollout
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.web.params import Idempotency, Key


@get("/rollouts", sync_to_thread=True, operation="look")
def several(
    view: NamedDependency[View], now: NamedDependency[datetime]
) -> list[Campaign]:
    """List the roll-outs with their burn-down, the newest first."""
    return rollouts.campaigns(view, now)


@get("/rollouts/{name:str}", sync_to_thread=True, operation="look")
def one(
    view: NamedDependency[View], now: NamedDependency[datetime], name: Key
) -> CampaignItems:
    """Give one roll-out: its burn-down, and each item of its baseline."""
    return rollouts.campaign(view, name, now)


@post("/rollouts/preview", status_code=200, sync_to_thread=True, operation="try")
def preview(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    sent: NamedDependency[Plan],
    now: NamedDependency[datetime],
) -> Preview:
    """Tell what a roll-out would do, and who gets which day; nothing is written."""
    return rollouts.preview(desk, view, sent, now)


@post("/rollouts", sync_to_thread=True, operation="rollout")
def start(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Plan],
    now: NamedDependency[datetime],
    idempotency_key: Idempotency = "",
) -> Rollout:
    """Bring a guardrail into force, and record what breaks it today as its baseline."""
    return rollouts.start(desk, actor, sent, now, idempotency_key)


@post(
    "/rollouts/{name:str}/prune",
    status_code=200,
    sync_to_thread=True,
    operation="rollout",
)
def prune(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    name: Key,
    idempotency_key: Idempotency = "",
) -> tuple[BaselineItem, ...]:
    """Close what no longer offends and was loaded as if it did."""
    return rollouts.prune(desk, actor, name, now, idempotency_key)


HANDLERS = [several, one, preview, start, prune]
