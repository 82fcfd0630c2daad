"""Comparisons over HTTP: begun, looked at as they grow, stopped; and the models."""

from __future__ import annotations

from datetime import datetime

from litestar import get, post
from litestar.datastructures import State
from litestar.di import NamedDependency

from weft.app.comparing.comparing import Comparing, asked_for
from weft.app.comparing.keeping import (
    Listed,
    Opened,
    ask_of,
    asked_again,
    comparison_called,
    comparisons,
    keep,
    listed,
    opened,
)
from weft.app.comparing.models import Shown, every_model, model_called, shown
from weft.app.permissions import permit
from weft.app.views import View
from weft.core.records import Record
from weft.core.roles import Actor
from weft.engines.simulation.comparing import Ask, Report
from weft.engines.simulation.models import Model
from weft.errors import NotFound
from weft.store.desk import Desk
from weft.web.api.comparing.jobs import Job, Jobs, Keep
from weft.web.params import Key, Number

Comparisons = Jobs[Comparing, Ask, Report]


class Comparison(Record, frozen=True, kw_only=True):
    """A comparison and how far it is. report: what there is of it so far.

    left: seconds, about. wrong: what was wrong with what was asked. kept: the record of
    it, once it is whole; identical: whether it is as it was when it was made before.
    """

    number: int
    asked: Comparing
    running: bool
    done: float
    left: int | None = None
    wrong: str = ""
    report: Report | None = None
    kept: Listed | None = None
    identical: bool | None = None


@get("/models", sync_to_thread=True, operation="look")
def models() -> list[Model]:
    """List the operating models that come with Weft."""
    return list(every_model().values())


@get("/models/{name:str}", sync_to_thread=True, operation="look")
def model(view: NamedDependency[View], name: Key) -> Shown:
    """Show an operating model with every parameter, its unit and its source."""
    return shown(model_called(name), view.firm)


@post("/comparisons", status_code=201, sync_to_thread=True, operation="compare")
def begin(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    sent: NamedDependency[Comparing],
    state: State,
) -> Comparison:
    """Begin a comparison of operating models on the firm; look at it by its number."""
    ask = asked_for(desk, actor, sent)  # what is wrong with it is told at once
    return _told(_jobs(state).start(sent, ask, keeper(desk, actor, ask, now, sent)))


@get("/comparisons", sync_to_thread=True, operation="compare")
def kept(desk: NamedDependency[Desk], actor: NamedDependency[Actor]) -> list[Listed]:
    """List the comparisons on record, the newest first."""
    return [listed(each) for each in comparisons(desk, actor)]


@get("/comparisons/kept/{name:str}", sync_to_thread=True, operation="compare")
def open_kept(
    desk: NamedDependency[Desk], actor: NamedDependency[Actor], name: Key
) -> Opened:
    """Open a comparison on record as it was, with all that it was made from."""
    return opened(desk, comparison_called(desk, actor, name))


@post(
    "/comparisons/kept/{name:str}/repeat",
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
) -> Comparison:
    """Make a comparison again from its record; it ends by saying if it is identical."""
    before = comparison_called(desk, actor, name)
    asked, ask = asked_again(before), ask_of(before)
    return _told(_jobs(state).start(asked, ask, keeper(desk, actor, ask, now, asked)))


@get("/comparisons/{number:int}", sync_to_thread=True, operation="compare")
def show(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    number: Number,
    state: State,
) -> Comparison:
    """Show a comparison as far as it is."""
    permit(desk.firm(), actor, "compare")
    return _told(_job(state, number))


@post(
    "/comparisons/{number:int}/stop",
    status_code=200,
    sync_to_thread=True,
    operation="compare",
)
def stop(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    number: Number,
    state: State,
) -> Comparison:
    """Stop a comparison; what there is of it stays."""
    permit(desk.firm(), actor, "compare")
    job = _job(state, number)
    job.stopped.set()
    return _told(job)


def keeper(
    desk: Desk, actor: Actor, ask: Ask, now: datetime, asked: Comparing
) -> Keep[Report]:
    """Give what puts a comparison on record, once it is whole."""
    return lambda report: keep(
        desk, actor, ask, report, at=now, draft=asked.draft or ""
    )


def _jobs(state: State) -> Comparisons:
    found: Comparisons = state.comparisons
    return found


def _job(state: State, number: int) -> Job[Comparing, Ask, Report]:
    job = _jobs(state).of(number)
    if job is None:
        raise NotFound(
            "comparison", str(number), (), do="Begin one: POST /api/comparisons."
        )
    return job


def _told(job: Job[Comparing, Ask, Report]) -> Comparison:
    wrong = job.wrong
    return Comparison(
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


HANDLERS = [models, model, begin, kept, open_kept, repeat, show, stop]
