"""The round of seats over HTTP: worked out, put before people, answered."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from litestar import Request as Call
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
from weft.errors import ConflictError, NotFound
from weft.store.desk import Desk
from weft.web.api.rounds.waiting import while_waiting
from weft.web.params import Idempotency, Key, Month


class Taking(Record, frozen=True, kw_only=True):
    """A need that a mission would like to have met, and how a round is asked of it."""

    need: Need
    ask: Ask


def patience(limit: float, gone: Callable[[], bool] = lambda: False) -> Patience:
    """Wait for so many seconds, or until whoever asked is gone."""
    until = time.monotonic() + limit
    return Patience(lambda: max(until - time.monotonic(), 0.0), gone)


@post("/rounds/plan", status_code=200, operation="round")
async def plan(
    request: Call[Any, Any, Any],
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Ask],
    now: NamedDependency[datetime],
) -> Proposal:
    """Work out who could sit where from a month on; nothing is written.

    Whoever hangs up stops it.
    """

    def work(gone: Callable[[], bool]) -> Proposal:
        return work_out(desk, actor, sent, now, patience(sent.limit, gone))

    return await while_waiting(request, work)


@post("/rounds", operation="round.propose")
async def propose(
    *,
    request: Call[Any, Any, Any],
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Ask],
    now: NamedDependency[datetime],
    idempotency_key: Idempotency = "",
) -> Round:
    """Work a round out and put it before people; no seat changes by it.

    Whoever hangs up before it is worked out stops it, and nothing is put before anyone.
    """

    def work(gone: Callable[[], bool]) -> Round:
        found = work_out(desk, actor, sent, now, patience(sent.limit, gone))
        if gone():
            raise ConflictError(
                "Whoever asked is gone: nothing was put before people.",
                do="Ask again, and wait for the reply.",
            )
        return deciding.put_forward(desk, actor, found, now, idempotency_key)

    return await while_waiting(request, work)


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


@post("/rounds/can", status_code=200, operation="round")
async def can(
    request: Call[Any, Any, Any],
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Taking],
    now: NamedDependency[datetime],
) -> Ability:
    """Tell whether a mission can have a need met: yes, no or from when.

    Whoever hangs up stops it.
    """

    def work(gone: Callable[[], bool]) -> Ability:
        wait = patience(sent.ask.limit * 2, gone)
        return can_take_on(desk, actor, sent.need, sent.ask, now=now, patience=wait)

    return await while_waiting(request, work)


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
