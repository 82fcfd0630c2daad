"""The money side of a round over HTTP: worked out, put before people, decided."""

from __future__ import annotations

from datetime import datetime

from litestar import get, post
from litestar.di import NamedDependency

from weft.app.funding import rounds
from weft.app.funding.rounds import Decided, Deciding, MoneyAsk, Replay
from weft.app.views import View
from weft.core.funding.round import MoneyMove, MoneyRound
from weft.core.roles import Actor
from weft.engines.funding.rounds import MoneyProposal
from weft.errors import NotFound
from weft.store.desk import Desk
from weft.web.params import Idempotency, Key


@post("/rounds/money/plan", status_code=200, sync_to_thread=True, operation="money")
def plan(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[MoneyAsk],
    now: NamedDependency[datetime],
) -> MoneyProposal:
    """Work out what each mission and platform would get; nothing is written."""
    return rounds.work_out(desk, actor, sent, now)


@post("/rounds/money", sync_to_thread=True, operation="money.propose")
def propose(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[MoneyAsk],
    now: NamedDependency[datetime],
    idempotency_key: Idempotency = "",
) -> MoneyRound:
    """Put the money of a month before those who decide; no money moves by it."""
    return rounds.put_forward(desk, actor, sent, now, idempotency_key)


@get("/rounds/{name:str}/money", sync_to_thread=True, operation="money")
def moves(view: NamedDependency[View], name: Key) -> list[MoneyMove]:
    """List what the round of a month proposes for the money, and what was said."""
    found = rounds.moves(view, name)
    if not found and name not in view.firm.moneyrounds:
        raise NotFound("money round", name, view.firm.moneyrounds)
    return found


@get("/rounds/{name:str}/money/replay", sync_to_thread=True, operation="money")
def replay(
    desk: NamedDependency[Desk], actor: NamedDependency[Actor], name: Key
) -> Replay:
    """Work a past round out again from the journal: whether it is the same."""
    return rounds.replay(desk, actor, name)


@post(
    "/rounds/money/answer",
    status_code=200,
    sync_to_thread=True,
    operation="money.answer",
)
def answer(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Deciding],
    now: NamedDependency[datetime],
    idempotency_key: Idempotency = "",
) -> Decided:
    """Accept, change or refuse; money moves once those who decide say yes."""
    return rounds.decide(desk, actor, sent, now, idempotency_key)


HANDLERS = [plan, propose, moves, replay, answer]
