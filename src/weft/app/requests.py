"""Requests: "may we?", answered at once and on record."""

from __future__ import annotations

from datetime import datetime

from weft.app.permissions import belongs, outside, permit
from weft.core.entries import Deed
from weft.core.firm import Firm
from weft.core.records import Record, show
from weft.core.requests import Decision, Request
from weft.core.roles import Actor
from weft.engines.guardrails import check_request, decide
from weft.errors import NotFound, Problems
from weft.store.desk import Desk


class Answer(Record, frozen=True, kw_only=True):
    """A decision and the number under which the journal keeps it."""

    number: int
    decision: Decision


class Replay(Record, frozen=True, kw_only=True):
    """A past decision, and what its request gets when it is judged again.

    same: the decision as kept and as worked out again are equal to the byte.
    """

    number: int
    same: bool
    kept: Decision
    again: Decision


def _deed(actor: Actor, request: Request, at: datetime, firm: Firm) -> Deed:
    """Decide a request on the firm as it stands when the writer comes to it."""
    permit(firm, actor, "ask", request.mission)
    if problems := check_request(firm, request):
        raise Problems(problems)
    return Deed(
        name="ask",
        decision=decide(firm, request, asked_by=actor.person, at=at),
    )


def ask(
    desk: Desk, actor: Actor, request: Request, at: datetime, key: str = ""
) -> Answer:
    """Decide a request now and put the answer on record.

    key: the caller's own, so that asking twice has one effect.
    """
    entry = desk.write(
        lambda firm: _deed(actor, request, at, firm),
        at=at,
        actor=actor,
        key=key,
        intent=show(request).encode(),
    )
    assert entry.deed.decision is not None
    return Answer(number=entry.seq, decision=entry.deed.decision)


def try_out(firm: Firm, actor: Actor, request: Request, at: datetime) -> Decision:
    """Tell what the answer would be on any firm, a draft too; nothing is kept."""
    deed = _deed(actor, request, at, firm)
    assert deed.decision is not None
    return deed.decision


def answer(desk: Desk, actor: Actor, number: int) -> Answer:
    """Find a past decision by its number."""
    entry = desk.entry(number)
    decision = entry.deed.decision
    if decision is None or not _may_see(desk.firm(), actor, decision):
        raise NotFound("decision", str(number), ())
    return Answer(number=number, decision=decision)


def decisions(
    desk: Desk,
    actor: Actor,
    *,
    most: int = 50,
    before: int | None = None,
    mission: str = "",
    verdict: str = "",
) -> list[Answer]:
    """List decisions, the newest first."""
    firm = desk.firm()
    found = desk.decisions(most=most, before=before, mission=mission, verdict=verdict)
    return [
        Answer(number=number, decision=decision)
        for number, decision in found
        if _may_see(firm, actor, decision)
    ]


def replay(desk: Desk, actor: Actor, number: int) -> Replay:
    """Judge a past request again, on the firm of that moment."""
    kept = answer(desk, actor, number).decision
    firm = desk.firm(kept.firm)
    again = decide(firm, kept.request, asked_by=kept.asked_by, at=kept.at)
    return Replay(
        number=number, same=show(kept) == show(again), kept=kept, again=again
    )


def _may_see(firm: Firm, actor: Actor, decision: Decision) -> bool:
    """Tell whether an actor may see a decision: all do, partners their missions'."""
    return not outside(firm, actor) or belongs(firm, actor, decision.request.mission)
