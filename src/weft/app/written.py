"""What nobody writes in the name of somebody else: it comes about by deeds alone."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from weft.core.entries import Change
from weft.core.firm import Firm
from weft.core.framework.challenges import Challenge
from weft.core.framework.rollouts import BaselineItem, Rollout
from weft.core.funding.ask import Ask
from weft.core.funding.fund import Tranche
from weft.core.funding.round import MoneyMove, MoneyRound
from weft.core.guardrails import Waiver
from weft.core.missions import Mandate, Mission
from weft.core.money.bookings import Booking
from weft.core.outcomes.experiment import Experiment
from weft.core.rounds.round import Move, Round


def forged(firm: Firm, change: Change) -> str:
    """Say what a change would write in the name of somebody else; nothing if none.

    Administrators are held to it too: their hands on the records are not the
    consent of those who sign.
    """
    written = change.record is not None or change.kind in _WHOLLY
    if written and change.kind in _BY_DEEDS:
        return _BY_DEEDS[change.kind]
    if isinstance(change.record, Mandate) and change.record.signed_by:
        old = firm.mandates.get(change.key)
        if old is None or replace(change.record, signed_by=old.signed_by) != old:
            return "a changed mandate is signed anew: leave out who signed it."
        if not set(change.record.signed_by) <= set(old.signed_by):
            return "a mandate is signed by its leads, each for themselves."
    return _forged_outcome(firm, change) or _forged_experiment(firm, change)


def _forged_outcome(firm: Firm, change: Change) -> str:
    """Say what a change would sign of an outcome in the name of its leads."""
    goal = getattr(change.record, "outcome", None)
    if not isinstance(change.record, Mission) or not goal or not goal.signed_by:
        return ""
    old = firm.missions.get(change.key)
    known = old.outcome if old else None
    if known is None or replace(goal, signed_by=known.signed_by) != known:
        return "a changed outcome is signed anew: leave out who signed it."
    if not set(goal.signed_by) <= set(known.signed_by):
        return "an outcome is signed by the leads, each for themselves."
    return ""


def _forged_experiment(firm: Firm, change: Change) -> str:
    """Say what a change would have come of an experiment that was not run so."""
    new, old = change.record, firm.experiments.get(change.key)
    if not isinstance(new, Experiment):
        return ""
    if old is not None and old.started:
        told = "it has started: what it is judged by stays as it was set."
        return told if new != old else ""
    if new.started or new.closed or new.verdict:
        return "an experiment is started and closed, never written so."
    return ""


_BY_DEEDS: Final = {
    Waiver.kind: "a waiver is asked for, granted and ended, never written.",
    Challenge.kind: "a challenge is raised, answered and withdrawn, never written.",
    Rollout.kind: "a guardrail is rolled out, and its baseline shrinks by mending.",
    BaselineItem.kind: "a baseline only shrinks by mending what is in it.",
    Round.kind: "a round is put before people, never written.",
    Move.kind: "a move is answered by those who are asked, never written.",
    Tranche.kind: "money is released by those who decide its fund, never written.",
    Ask.kind: "money is asked for and granted, never written.",
    MoneyRound.kind: "a round is put before people, never written.",
    MoneyMove.kind: "money is decided by those who decide its fund, never written.",
    Booking.kind: "a booking stands for postings; it is brought in, never written.",
}
_WHOLLY = {
    *(Rollout.kind, BaselineItem.kind, Round.kind, Move.kind),
    *(Tranche.kind, Ask.kind, MoneyRound.kind, MoneyMove.kind, Booking.kind),
}
"""The kinds that are not taken out by hand either."""
