"""Guardrails over HTTP: tried before they hold."""

from __future__ import annotations

from datetime import datetime

from litestar import post
from litestar.di import NamedDependency

from weft.app import guardrails
from weft.app.guardrails import Trial
from weft.app.views import View
from weft.core.guardrails import Guardrail
from weft.store.desk import Desk


@post("/guardrails/try", status_code=200, sync_to_thread=True, operation="try")
def try_out(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    sent: NamedDependency[Guardrail],
    now: NamedDependency[datetime],
) -> Trial:
    """Tell what a drafted guardrail would change: assets, past requests, waivers.

    And for each of its limits how many assets break at every value. It is compared
    with the guardrail of the same id that the firm has; nothing is written.
    """
    return guardrails.try_out(desk, view, sent, now).trial()


HANDLERS = [try_out]
