"""What guardrails cost, over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from weft.app.framework import costs
from weft.app.framework.costs import Effect
from weft.app.requests import Answer
from weft.app.views import View
from weft.engines.guardrails import Cost, Costs
from weft.store.desk import Desk
from weft.web.params import LAST, Before, Key, Most

Which = Annotated[Effect, QueryParameter(description="what became of the requests")]


@get("/guardrails/costs", sync_to_thread=True, operation="costs")
def several(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
) -> Costs:
    """Give what all guardrails cost the firm, the dearest first."""
    return costs.costs(desk, view, now)


@get("/guardrails/{name:str}/cost", sync_to_thread=True, operation="costs")
def one(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    name: Key,
) -> Cost:
    """Give what one guardrail costs the firm."""
    return costs.cost(desk, view, name, now)


@get("/guardrails/{name:str}/answers", sync_to_thread=True, operation="costs")
def behind(
    *,
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    name: Key,
    effect: Which = "refused",
    most: Most = 50,
    before: Before = LAST,
) -> list[Answer]:
    """Give the answers behind a figure of a guardrail, the newest first."""
    return costs.answers(desk, view, name, effect, most=most, before=before)


HANDLERS = [several, one, behind]
