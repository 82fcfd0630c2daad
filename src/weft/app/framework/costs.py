"""What guardrails cost the firm, told to its own people, with the answers behind."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Literal

from weft.app import requests
from weft.app.framework.counting import TURN, counted
from weft.app.permissions import holds, outside, permit
from weft.app.requests import Answer
from weft.app.views import View
from weft.engines.guardrails import Cost, Costs, Ledger, costs_of, unmet_assets
from weft.errors import NotFound
from weft.store.desk import Desk

Effect = Literal["asked", "met", "refused", "waived", "advised", "unproven"]


def costs(desk: Desk, view: View, at: datetime) -> Costs:
    """Give what all guardrails cost the firm, the dearest first."""
    return _costs(desk, view, at, view.firm.guardrails)


def cost(desk: Desk, view: View, guardrail: str, at: datetime) -> Cost:
    """Give what one guardrail costs the firm."""
    if guardrail not in view.firm.guardrails:
        raise NotFound("guardrail", guardrail, view.firm.guardrails)
    return _costs(desk, view, at, (guardrail,)).guardrails[0]


def _costs(desk: Desk, view: View, at: datetime, among: Collection[str]) -> Costs:
    """Give what some guardrails cost the firm."""
    permit(desk.firm(), view.actor, "costs")
    with TURN:
        ledger = _ledger(desk, view)
        unasked = [key for key in among if not _asked(ledger, key)]
        assets = unmet_assets(view.firm, at, among, unasked)
        return costs_of(view.firm, ledger, at, assets, among)


def owned(desk: Desk, view: View, at: datetime) -> list[Cost]:
    """Give the guardrails of the actor's roles whose figures are signs of something."""
    firm = view.firm
    mine = [
        key
        for key, guardrail in firm.guardrails.items()
        if holds(firm, view.actor, guardrail.owner)
    ]
    if not mine or outside(firm, view.actor):
        return []
    return [c for c in _costs(desk, view, at, mine).guardrails if c.signs]


def answers(
    desk: Desk,
    view: View,
    guardrail: str,
    effect: Effect,
    *,
    most: int = 50,
    before: int | None = None,
) -> list[Answer]:
    """Give the answers behind a figure of a guardrail, the newest first."""
    permit(desk.firm(), view.actor, "costs")
    if guardrail not in view.firm.guardrails:
        raise NotFound("guardrail", guardrail, view.firm.guardrails)
    with TURN:
        numbers = _numbers(_ledger(desk, view), guardrail, effect)
    found = sorted((n for n in numbers if before is None or n < before), reverse=True)
    return [requests.answer(desk, view.actor, n) for n in found[:most]]


def _ledger(desk: Desk, view: View) -> Ledger:
    """Give the count up to what is looked at; of now, to the newest answer.

    Who looked a moment ago would else have all counted anew that came since.
    """
    return counted(desk, view.firm.seq if view.as_of else desk.firm().seq)


def _numbers(ledger: Ledger, guardrail: str, effect: Effect) -> set[int]:
    """Give the numbers of the answers behind a figure."""
    found: set[int] = set()
    for tally in ledger.tallies.get(guardrail, {}).values():
        found.update(tally.asked if effect == "met" else getattr(tally, effect))
        if effect == "met":
            found.difference_update(tally.refused, tally.waived, tally.advised)
    return found


def _asked(ledger: Ledger, guardrail: str) -> bool:
    """Tell whether a guardrail applied to any request."""
    return any(tally.asked for tally in ledger.tallies.get(guardrail, {}).values())
