"""The page of a move: asked for, shown as it grows, and taken along."""

from __future__ import annotations

from typing import Any, Final

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Response
from markupsafe import Markup

from weft.app.comparing.keeping import Kept, listed, moves
from weft.app.comparing.models import every_model
from weft.app.moving.keeping import (
    ask_of_move,
    move_called,
    moving_again,
    opened_move,
)
from weft.app.moving.moving import Moving, move_asked_for
from weft.app.permissions import OPERATIONS, permit
from weft.core.records import read_texts, show
from weft.engines.simulation.comparing import short_of
from weft.engines.simulation.moving import KNOWN, SERIES, Ask, Transition, goes
from weft.engines.simulation.moving.files import csv_of
from weft.engines.simulation.moving.picture import pictures, svg_of
from weft.engines.simulation.moving.saying import signed
from weft.web.api.comparing.jobs import Job
from weft.web.api.moving.transitions import Moves, move_keeper
from weft.web.context import Html, Page
from weft.web.pages.comparing.taking import Kinds, taken
from weft.web.params import Key

Form = URLEncodedBody[dict[str, str | list[str]]]
AGAIN: Final = "2"
"""Seconds after which the browser asks again how far it is."""
PLAIN: Final = ("before", "after", "order", "runs", "years", "seed")
ORDERS: Final = {
    "listed": "As the missions are listed",
    "busiest": "Those of whom most is asked",
    "calmest": "Those of whom least is asked",
}
TABLE: Final = ("lead_p50", "lead_p85", "wip", "done")
KINDS: Final[Kinds[Transition]] = {
    "csv": ("text/csv", csv_of),
    "json": ("application/json", show),
    "svg": ("image/svg+xml", svg_of),
}


@get("/transition", sync_to_thread=True, operation="look")
def transition(page: NamedDependency[Page]) -> Html:
    """Show the latest move, and what may be asked for."""
    cannot = OPERATIONS["compare"].lacks(page.view.firm, page.actor, "")
    job = None if cannot else _jobs(page).latest
    every = [] if cannot else moves(page.desk, page.actor)
    if job is None:
        return _show(page, cannot, every, every[0] if every else None)
    told = _show(page, cannot, every, job.kept, job)
    if job.running and not job.stopped.is_set():
        told.headers["Refresh"] = AGAIN
    return told


@get("/transition/kept/{name:str}", sync_to_thread=True, operation="compare")
def open_kept(page: NamedDependency[Page], name: Key) -> Html:
    """Show a move on record, as it was."""
    every = moves(page.desk, page.actor)
    return _show(page, "", every, move_called(page.desk, page.actor, name))


def _show(
    page: Page,
    cannot: str,
    every: list[Kept],
    kept: Kept | None,
    job: Job[Moving, Ask, Transition] | None = None,
) -> Html:
    """Show what a job has so far, or what is on record."""
    report = (
        opened_move(page.desk, kept).report if kept else job.report if job else None
    )
    drawn = pictures(report) if report else {}
    models = every_model()
    return page.show(
        "transition.html",
        cannot=cannot,
        job=job,
        record=listed(kept) if kept else None,
        identical=kept.identical if kept else None,
        every=[listed(each) for each in every],
        files=f"/transition/kept/{kept.compared.id}" if kept else "/transition",
        report=report,
        pictures={n: Markup(each) for n, each in drawn.items()},  # noqa: S704, ours
        series=SERIES,
        table=TABLE,
        known=KNOWN,
        orders=ORDERS,
        short=short_of,
        signed=signed,
        models=models,
        olds=[m for m in models.values() if m.shape == "pools"],
        news=[m for m in models.values() if goes(m)],
        asked=job.asked if job else moving_again(kept) if kept else Moving(),
    )


@post("/transition", sync_to_thread=True, operation="compare")
def begin(page: NamedDependency[Page], data: Form) -> Redirect:
    """Begin to simulate a move in the background. What is left empty stays usual."""
    permit(page.view.firm, page.actor, "compare")
    given = {name: value for name, value in data.items() if value}
    plain: dict[str, Any] = {name: given[name] for name in PLAIN if name in given}
    plain["values"] = {n: v for n, v in given.items() if n.startswith("move.")}
    asked = read_texts(Moving, plain, "form")
    ask = move_asked_for(page.desk, page.actor, asked)  # what is wrong, at once
    return _begun(page, asked, ask)


@post("/transition/kept/{name:str}/repeat", sync_to_thread=True, operation="compare")
def repeat(page: NamedDependency[Page], name: Key) -> Redirect:
    """Simulate a move again from its record, in the background."""
    before = move_called(page.desk, page.actor, name)
    return _begun(page, moving_again(before), ask_of_move(before))


def _begun(page: Page, asked: Moving, ask: Ask) -> Redirect:
    keep = move_keeper(page.desk, page.actor, ask, page.now, asked)
    _jobs(page).start(asked, ask, keep)
    return Redirect("/transition", status_code=303)


@post("/transition/stop", sync_to_thread=True, operation="compare")
def stop(page: NamedDependency[Page]) -> Redirect:
    """Stop to simulate the latest move; what there is of it stays."""
    permit(page.view.firm, page.actor, "compare")
    job = _jobs(page).latest
    if job is not None:
        job.stopped.set()
    return Redirect("/transition", status_code=303)


@get("/transition/{file:str}", sync_to_thread=True, operation="compare")
def take(page: NamedDependency[Page], file: FromPath[str]) -> Response[str]:
    """Give the latest move as a table, as JSON, or as a picture."""
    permit(page.view.firm, page.actor, "compare")
    job = _jobs(page).latest
    return taken(job.report if job else None, file, "transition", KINDS)


@get("/transition/kept/{name:str}/{file:str}", sync_to_thread=True, operation="compare")
def take_kept(
    page: NamedDependency[Page], name: Key, file: FromPath[str]
) -> Response[str]:
    """Give a move on record as a table, as JSON, or as a picture."""
    kept = move_called(page.desk, page.actor, name)
    return taken(opened_move(page.desk, kept).report, file, "transition", KINDS)


def _jobs(page: Page) -> Moves:
    found: Moves = page.call.app.state.transitions
    return found


HANDLERS = [transition, open_kept, begin, repeat, stop, take, take_kept]
