"""Guardrails over HTTP: tried before they hold, and held together."""

from __future__ import annotations

from datetime import datetime

from litestar import get, post
from litestar.di import NamedDependency

from weft.app import guardrails
from weft.app.guardrails import Trial
from weft.app.views import View
from weft.app.writing import consistency
from weft.app.writing.consistency import Consistency
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

    And for each of its limits how many assets break at every value, and how it would
    not fit together with the other guardrails. It is compared
    with the guardrail of the same id that the firm has; nothing is written.
    """
    flaws = consistency.of_draft(view, sent, now).flaws
    return guardrails.try_out(desk, view, sent, now).trial(flaws)


@get("/guardrails/consistency", sync_to_thread=True, operation="look")
def consistent(
    view: NamedDependency[View], now: NamedDependency[datetime]
) -> Consistency:
    """Tell which guardrails contradict each other, or could go, and what is unread.

    Each with an example, and with what each of the guardrails asks for there.
    """
    return consistency.consistency(view, now)


HANDLERS = [try_out, consistent]
