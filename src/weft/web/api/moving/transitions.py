"""Moves over HTTP: begun, looked at as they grow, stopped, and opened from record."""

from __future__ import annotations

from datetime import datetime

from litestar import get, post
from litestar.datastructures import State
from litestar.di import NamedDependency

from weft.app.comparing.keeping import Listed, listed, moves
from weft.app.moving.keeping import (
    OpenedMove,
    ask_of_move,
    keep_move,
    move_called,
    moving_again,
    opened_move,
)
from weft.app.moving.moving import Moving, move_asked_for
from weft.app.permissions import permit
from weft.core.records import Record
from weft.core.roles import Actor
from weft.engines.simulation.moving import Ask, Transition
from weft.errors import NotFound
from weft.store.desk import Desk
from weft.web.api.comparing.jobs import Job, Jobs, Keep
from weft.web.params import Key, Number

Moves = Jobs[Moving, Ask, Transition]


class Move(Record, frozen=True, kw_only=True):
    """A move and how far it is simulated. report: what there is of it so far.

    left: seconds, about. wrong: what was wrong with what was asked. kept: the record of
    it, once it is whole; identical: whether it is as it was when it was made before.
    """

    number: int
    asked: Moving
    running: bool
    done: float
    left: int | None = None
    wrong: str = ""
    report: Transition | None = None
    kept: Listed | None = None
    identical: bool | None = None


@post("/transitions", status_code=201, sync_to_thread=True, operation="compare")
def begin(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    sent: NamedDependency[Moving],
    state: State,
) -> Move:
    """Begin to simulate a move to another operating model; look at it by its number."""
    ask = move_asked_for(desk, actor, sent)  # what is wrong with it is told at once
    keep = move_keeper(desk, actor, ask, now, sent)
    return _told(_jobs(state).start(sent, ask, keep))


@get("/transitions", sync_to_thread=True, operation="compare")
def kept(desk: NamedDependency[Desk], actor: NamedDependency[Actor]) -> list[Listed]:
    """List the moves on record, the newest first."""
    return [listed(each) for each in moves(desk, actor)]


@get("/transitions/kept/{name:str}", sync_to_thread=True, operation="compare")
def open_kept(
    desk: NamedDependency[Desk], actor: NamedDependency[Actor], name: Key
) -> OpenedMove:
    """Open a move on record as it was, with all that it was made from."""
    return opened_move(desk, move_called(desk, actor, name))


@post(
    "/transitions/kept/{name:str}/repeat",
    status_code=201,
    sync_to_thread=True,
    operation="compare",
)
def repeat(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    name: Key,
    state: State,
) -> Move:
    """Simulate a move again from its record; it ends by saying if it is identical."""
    before = move_called(desk, actor, name)
    asked, ask = moving_again(before), ask_of_move(before)
    keep = move_keeper(desk, actor, ask, now, asked)
    return _told(_jobs(state).start(asked, ask, keep))


@get("/transitions/{number:int}", sync_to_thread=True, operation="compare")
def show(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    number: Number,
    state: State,
) -> Move:
    """Show a move as far as it is simulated."""
    permit(desk.firm(), actor, "compare")
    return _told(_job(state, number))


@post(
    "/transitions/{number:int}/stop",
    status_code=200,
    sync_to_thread=True,
    operation="compare",
)
def stop(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    number: Number,
    state: State,
) -> Move:
    """Stop to simulate a move; what there is of it stays."""
    permit(desk.firm(), actor, "compare")
    job = _job(state, number)
    job.stopped.set()
    return _told(job)


def move_keeper(
    desk: Desk, actor: Actor, ask: Ask, now: datetime, asked: Moving
) -> Keep[Transition]:
    """Give what puts a move on record, once it is whole."""
    return lambda report: keep_move(
        desk, actor, ask, report, at=now, draft=asked.draft or ""
    )


def _jobs(state: State) -> Moves:
    found: Moves = state.transitions
    return found


def _job(state: State, number: int) -> Job[Moving, Ask, Transition]:
    job = _jobs(state).of(number)
    if job is None:
        raise NotFound(
            "transition", str(number), (), do="Begin one: POST /api/transitions."
        )
    return job


def _told(job: Job[Moving, Ask, Transition]) -> Move:
    wrong = job.wrong
    return Move(
        number=job.number,
        asked=job.asked,
        running=job.running and not job.stopped.is_set(),
        done=job.done,
        left=job.left,
        wrong=f"{wrong.what} {wrong.do}" if wrong else "",
        report=job.report,
        kept=listed(job.kept) if job.kept else None,
        identical=job.kept.identical if job.kept else None,
    )


HANDLERS = [begin, kept, open_kept, repeat, show, stop]
