"""What guardrails cost: counted along the journal, and gone on with from where it was.

The count is kept beside the open store. It can be thrown away at any time: made anew
from the journal it is the same.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from datetime import datetime
from typing import Final, Literal
from weakref import WeakKeyDictionary

import msgspec

from weft.app import requests
from weft.app.permissions import holds, outside, permit
from weft.app.requests import Answer
from weft.app.views import View
from weft.core.entries import Change
from weft.core.firm import Firm, change
from weft.core.guardrails import Guardrail
from weft.engines.guardrails import (
    Cost,
    Costs,
    Ledger,
    Past,
    costs_of,
    rules_on,
    unmet_assets,
)
from weft.errors import NotFound
from weft.store.desk import Desk

Effect = Literal["asked", "met", "refused", "waived", "advised", "unproven"]
_RULES: Final = ("guardrails", "sets", "vocabulary", "acts", "challenges")
"""The kinds of records by which is judged."""


class Count(msgspec.Struct):
    """A ledger, and the rules of the firm at the entry that it has come to."""

    ledger: Ledger
    rules: Firm

    def follow(self, desk: Desk, upto: int) -> None:
        """Count what was answered since, to an entry of the journal."""
        for step in desk.walk(self.ledger.upto, upto, Past, _RULES):
            if step.changes:
                self.rules = change(self.rules, step.changes)
                for each in step.changes:
                    self._note(each, step.at)
            elif step.decision is not None:
                rules = rules_on(self.rules, step.decision.at.date())
                self.ledger.add(step.seq, step.decision, rules)
            self.ledger.upto = step.seq

    def _note(self, each: Change, at: datetime) -> None:
        """Note that a guardrail came, changed or went."""
        if isinstance(each.record, Guardrail):
            self.ledger.put(each.record, at)
        elif each.kind == Guardrail.kind:
            self.ledger.drop(each.key)


def counted(desk: Desk, upto: int) -> Ledger:
    """Count all answers to an entry; on from where it was, if that is not past it."""
    with _turn:
        kept = _kept.get(desk)
        if kept is not None and kept.ledger.upto <= upto:
            kept.follow(desk, upto)
            return kept.ledger
        fresh = Count(Ledger(), Firm())
        fresh.follow(desk, upto)
        if kept is None:
            _kept[desk] = fresh
        return fresh.ledger


_turn = threading.RLock()
_kept: WeakKeyDictionary[Desk, Count] = WeakKeyDictionary()


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
    with _turn:
        ledger = counted(desk, view.firm.seq)
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
    with _turn:
        numbers = _numbers(counted(desk, view.firm.seq), guardrail, effect)
    found = sorted((n for n in numbers if before is None or n < before), reverse=True)
    return [requests.answer(desk, view.actor, n) for n in found[:most]]


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
