"""Requests: "may we?", answered at once and on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from weft.app.permissions import belongs, outside, permit
from weft.app.views import shared_with
from weft.core.entries import Deed, Entry
from weft.core.firm import Firm
from weft.core.records import Record, show
from weft.core.requests import Asked, Core, Decision, Recorded, Request
from weft.core.roles import Actor
from weft.engines.guardrails import check_request, core_of, decide
from weft.errors import NotFound, Problems
from weft.store.desk import Desk


class Answer(Record, frozen=True, kw_only=True):
    """A decision and the number under which the journal keeps it."""

    number: int
    decision: Decision


class Explained(Answer, frozen=True, kw_only=True):
    """An answer shown by itself, with what is worked out only where somebody looks.

    core: where no change turns it into a yes, what cannot be met together.
    """

    core: Core | None = None


class Replay(Record, frozen=True, kw_only=True):
    """A past decision, and what its request gets when it is judged again.

    same: the decision as kept and as worked out again are equal to the byte.
    """

    number: int
    same: bool
    kept: Decision
    again: Decision


def answer_in(entry: Entry) -> Answer:
    """Give the answer that an entry holds."""
    if entry.deed.decision is None:
        raise _nothing(entry.seq)
    return Answer(number=entry.seq, decision=entry.deed.decision)


def _decided(actor: Actor, request: Request, at: datetime, firm: Firm) -> Decision:
    """Decide a request on a firm, if the actor may ask and it is well put."""
    permit(firm, actor, "ask", request.mission)
    known = shared_with(firm, actor) if outside(firm, actor) else firm
    if problems := check_request(known, request):  # names nothing they may not see
        raise Problems(problems)
    return decide(firm, request, asked_by=actor.person, at=at)


def asking(actor: Actor, request: Request, at: datetime) -> Callable[[Firm], Deed]:
    """Give the deed of asking: the writer decides it on the firm as it then is."""
    return lambda firm: Deed(name="ask", decision=_decided(actor, request, at, firm))


def ask(
    desk: Desk, actor: Actor, request: Request, at: datetime, key: str = ""
) -> Answer:
    """Decide a request now and put the answer on record.

    key: the caller's own, so that asking twice has one effect.
    """
    entry = desk.write(
        asking(actor, request, at),
        at=at,
        actor=actor,
        key=key,
        intent=show(request).encode(),
    )
    return answer_in(entry)


def try_out(firm: Firm, actor: Actor, request: Request, at: datetime) -> Decision:
    """Tell what the answer would be on any firm, a draft too; nothing is kept."""
    return _decided(actor, request, at, firm)


def tried(firm: Firm, actor: Actor, request: Request, at: datetime) -> Explained:
    """Give the answer that there would be on any firm, explained: its number is 0."""
    decision = try_out(firm, actor, request, at)
    return Explained(number=0, decision=decision, core=core_of(firm, decision))


def answer(desk: Desk, actor: Actor, number: int) -> Answer:
    """Find a past decision by its number."""
    found = answer_in(desk.entry(number))
    if not _may_see(desk.firm(), actor, found.decision):
        raise _nothing(number)
    return found


def explained(desk: Desk, found: Answer) -> Explained:
    """Explain an answer, on the firm that it was decided on."""
    decision = found.decision
    core = core_of(desk.firm(decision.firm), decision) if decision.no_way else None
    return Explained(number=found.number, decision=decision, core=core)


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


def recorded(
    desk: Desk, actor: Actor, *, most: int, before: int | None = None
) -> list[tuple[int, Recorded]]:
    """Give of decisions, the newest first, what it takes to judge them again."""
    firm = desk.firm()
    found = desk.recorded(most=most, before=before)
    return [each for each in found if _may_see(firm, actor, each[1])]


def replay(desk: Desk, actor: Actor, number: int) -> Replay:
    """Judge a past request again, on the firm of that moment."""
    kept = answer(desk, actor, number).decision
    firm = desk.firm(kept.firm)
    again = decide(firm, kept.request, asked_by=kept.asked_by, at=kept.at)
    return Replay(number=number, same=show(kept) == show(again), kept=kept, again=again)


def _nothing(number: int) -> NotFound:
    """Say that no decision has this number, or none for this actor's eyes."""
    do = "Its number is told with each answer; see `weft journal`."
    return NotFound("decision", str(number), (), do=do)


def _may_see(firm: Firm, actor: Actor, decision: Decision | Recorded) -> bool:
    """Tell whether an actor may see a decision: all do, partners their missions'."""
    return not outside(firm, actor) or belongs(firm, actor, decision.request.mission)


def asked(desk: Desk, actor: Actor, upto: int) -> list[Asked]:
    """Give what was asked up to an entry, in order, as far as an actor may see it.

    For the firm's own people the same list, until more is asked.
    """
    firm, told = desk.firm(), desk.asked(upto)
    if not outside(firm, actor):
        return told
    mine = {m for m in {a.mission for a in told} if belongs(firm, actor, m)}
    return [each for each in told if each.mission in mine]
