"""The round of seats over HTTP: worked out, put before people, answered."""

from __future__ import annotations

import time
from datetime import datetime

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from weft.app.rounds import deciding, mission
from weft.app.rounds.deciding import Answering, Said
from weft.app.rounds.keeping import round_kept
from weft.app.rounds.lending import Lending, lending
from weft.app.rounds.working_out import Ask, Patience, can_take_on, work_out
from weft.app.views import View
from weft.core.missions import Need
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.rounds.round import Move, Round
from weft.engines.allocation import Ability, Proposal, RoundKept, Wanted
from weft.errors import NotFound
from weft.store.desk import Desk
from weft.web.params import Idempotency, Key, Month


class Taking(Record, frozen=True, kw_only=True):
    """A need that a mission would like to have met, and how a round is asked of it."""

    need: Need
    ask: Ask


def patience(limit: float) -> Patience:
    """Wait for so many seconds."""
    until = time.monotonic() + limit
    return Patience(lambda: max(until - time.monotonic(), 0.0))


@post("/rounds/plan", status_code=200, sync_to_thread=True, operation="round")
def plan(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Ask],
    now: NamedDependency[datetime],
) -> Proposal:
    """Work out who could sit where from a month on; nothing is written."""
    return work_out(desk, actor, sent, now, patience(sent.limit))


@post("/rounds", sync_to_thread=True, operation="round.propose")
def propose(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Ask],
    now: NamedDependency[datetime],
    idempotency_key: Idempotency = "",
) -> Round:
    """Work a round out and put it before people; no seat changes by it."""
    found = work_out(desk, actor, sent, now, patience(sent.limit))
    return deciding.put_forward(desk, actor, found, now, idempotency_key)


@get("/rounds/{name:str}/moves", sync_to_thread=True, operation="look")
def moves(view: NamedDependency[View], name: Key) -> list[Move]:
    """List the moves of the round of a month, and what was said to each."""
    found = deciding.moves(view, name)
    if not found and name not in view.firm.rounds:
        raise NotFound("round", name, view.firm.rounds)
    return found


@post("/rounds/answer", status_code=200, sync_to_thread=True, operation="round.answer")
def answer(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Answering],
    now: NamedDependency[datetime],
    idempotency_key: Idempotency = "",
) -> Said:
    """Accept, refuse or change moves; seats change once all who are asked say yes."""
    return deciding.answer(desk, actor, sent, now, idempotency_key)


@post("/rounds/can", status_code=200, sync_to_thread=True, operation="round")
def can(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Taking],
    now: NamedDependency[datetime],
) -> Ability:
    """Tell whether a mission can have a need met: yes, no or from when."""
    return can_take_on(
        desk,
        actor,
        sent.need,
        sent.ask,
        now=now,
        patience=patience(sent.ask.limit * 2),
    )


@get("/rounds/missions/{name:str}", sync_to_thread=True, operation="look")
def wants(
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    shown: NamedDependency[str],
    name: Key,
) -> tuple[Wanted, ...]:
    """Give what a mission wants and what its seats give, for six months."""
    return mission.wants(view, name, shown, now)


@get("/rounds/{name:str}/loans", sync_to_thread=True, operation="look")
def loans(
    view: NamedDependency[View], name: Month, mission: FromQuery[str] = ""
) -> Lending:
    """Give what missions lend each other from a month on, by month and to whom."""
    return lending(view, name, mission=mission)


@get("/rounds/{name:str}/kept", sync_to_thread=True, operation="look")
def kept(
    desk: NamedDependency[Desk], view: NamedDependency[View], name: Key
) -> RoundKept:
    """Give what came of a round: planned seats beside those there are, and why."""
    return round_kept(desk, view, name)


HANDLERS = [wants, plan, propose, moves, loans, kept, answer, can]
