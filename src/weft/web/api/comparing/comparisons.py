"""Comparisons over HTTP: begun, looked at as they grow, stopped; and the models."""

from __future__ import annotations

from litestar import get, post
from litestar.datastructures import State
from litestar.di import NamedDependency

from weft.app.comparing.comparing import Comparing, comparison
from weft.app.comparing.models import Shown, every_model, model_called, shown
from weft.app.permissions import permit
from weft.app.views import View
from weft.core.records import Record
from weft.core.roles import Actor
from weft.engines.simulation.comparing import Report
from weft.engines.simulation.models import Model
from weft.errors import NotFound
from weft.store.desk import Desk
from weft.web.api.comparing.jobs import Job, Jobs
from weft.web.params import Key, Number


class Comparison(Record, frozen=True, kw_only=True):
    """A comparison and how far it is. report: what there is of it so far.

    left: seconds, about. wrong: what was wrong with what was asked.
    """

    number: int
    asked: Comparing
    running: bool
    done: float
    left: int | None = None
    wrong: str = ""
    report: Report | None = None


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
    sent: NamedDependency[Comparing],
    state: State,
) -> Comparison:
    """Begin a comparison of operating models on the firm; look at it by its number."""
    comparison(desk, actor, sent)  # what is wrong with it is told at once
    job = _jobs(state).start(sent, lambda m: comparison(desk, actor, sent, m))
    return _told(job)


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


def _jobs(state: State) -> Jobs:
    found: Jobs = state.comparisons
    return found


def _job(state: State, number: int) -> Job:
    job = _jobs(state).of(number)
    if job is None:
        raise NotFound(
            "comparison", str(number), (), do="Begin one: POST /api/comparisons."
        )
    return job


def _told(job: Job) -> Comparison:
    wrong = job.wrong
    return Comparison(
        number=job.number,
        asked=job.asked,
        running=job.running and not job.stopped.is_set(),
        done=job.done,
        left=job.left,
        wrong=f"{wrong.what} {wrong.do}" if wrong else "",
        report=job.report,
    )


HANDLERS = [models, model, begin, show, stop]
