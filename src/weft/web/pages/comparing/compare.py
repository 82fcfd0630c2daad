"""The page of the comparison: asked for, shown as it grows, and taken along."""

from __future__ import annotations

from typing import Any, Final

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Response
from markupsafe import Markup

from weft.app.comparing.comparing import Comparing, asked_for
from weft.app.comparing.keeping import (
    Kept,
    ask_of,
    asked_again,
    comparison_called,
    comparisons,
    listed,
    opened,
)
from weft.app.comparing.models import USUAL, every_model
from weft.app.permissions import OPERATIONS, permit
from weft.core.records import read_texts, show
from weft.engines.simulation.comparing import MEASURES, MONEY, Ask, Report, short_of
from weft.engines.simulation.comparing.files import csv_of
from weft.engines.simulation.comparing.picture import svg_of, tornado_of
from weft.engines.simulation.models import FACTS
from weft.web.api.comparing.comparisons import Comparisons, keeper
from weft.web.api.comparing.jobs import Job
from weft.web.context import Html, Page
from weft.web.pages.comparing.taking import Kinds, taken
from weft.web.params import Key

Form = URLEncodedBody[dict[str, str | list[str]]]
AGAIN: Final = "2"
"""Seconds after which the browser asks again how far it is."""
OWN: Final = "own.toml"
"""What a model of one's own is called where its text has the name of another."""
COLUMNS: Final = (
    *("lead_p50", "lead_p85", "lead_p95", "decision", "handoffs", "wip"),
    *("flow", "throughput", "use", "scarce", "effort", "delay", "redundancy"),
)
KINDS: Final[Kinds[Report]] = {
    "csv": ("text/csv", csv_of),
    "json": ("application/json", show),
    "svg": ("image/svg+xml", svg_of),
}


@get("/compare", sync_to_thread=True, operation="look")
def compare(page: NamedDependency[Page]) -> Html:
    """Show the latest comparison, and what may be compared."""
    cannot = OPERATIONS["compare"].lacks(page.view.firm, page.actor, "")
    job = None if cannot else _jobs(page).latest
    every = [] if cannot else comparisons(page.desk, page.actor)
    if job is None:
        return _show(page, cannot, every, every[0] if every else None)
    told = _show(page, cannot, every, job.kept, job)
    if job.running and not job.stopped.is_set():
        told.headers["Refresh"] = AGAIN
    return told


@get("/compare/kept/{name:str}", sync_to_thread=True, operation="compare")
def open_kept(page: NamedDependency[Page], name: Key) -> Html:
    """Show a comparison on record, as it was."""
    every = comparisons(page.desk, page.actor)
    return _show(page, "", every, comparison_called(page.desk, page.actor, name))


def _show(
    page: Page,
    cannot: str,
    every: list[Kept],
    kept: Kept | None,
    job: Job[Comparing, Ask, Report] | None = None,
) -> Html:
    """Show what a job has so far, or what is on record."""
    report = opened(page.desk, kept).report if kept else job.report if job else None
    models = every_model()
    return page.show(
        "compare.html",
        cannot=cannot,
        job=job,
        record=listed(kept) if kept else None,
        identical=kept.identical if kept else None,
        every=[listed(each) for each in every],
        files=f"/compare/kept/{kept.compared.id}" if kept else "/compare",
        report=report,
        picture=Markup(svg_of(report)) if report else "",  # noqa: S704, drawn by us
        tornado=Markup(tornado_of(report)) if report else "",  # noqa: S704
        measures=MEASURES,
        money=MONEY,
        facts=FACTS,
        columns=COLUMNS,
        short=short_of,
        models={name: models[name] for name in (*USUAL, *models)},
        asked=job.asked if job else asked_again(kept) if kept else Comparing(),
        usual=USUAL,
    )


@post("/compare", sync_to_thread=True, operation="compare")
def begin(page: NamedDependency[Page], data: Form) -> Redirect:
    """Begin a comparison in the background."""
    permit(page.view.firm, page.actor, "compare")
    plain: dict[str, Any] = {
        name: data[name]
        for name in ("runs", "years", "seed", "delay")
        if data.get(name)
    }
    named = data.get("model", [])
    plain["models"] = [named] if isinstance(named, str) else [*named]
    if text := data.get("text"):
        plain["models"].append(OWN)
        plain["texts"] = {OWN: text}
    asked = read_texts(Comparing, plain, "form")
    ask = asked_for(page.desk, page.actor, asked)  # what is wrong is told at once
    return _begun(page, asked, ask)


@post("/compare/kept/{name:str}/repeat", sync_to_thread=True, operation="compare")
def repeat(page: NamedDependency[Page], name: Key) -> Redirect:
    """Make a comparison again from its record, in the background."""
    before = comparison_called(page.desk, page.actor, name)
    return _begun(page, asked_again(before), ask_of(before))


def _begun(page: Page, asked: Comparing, ask: Ask) -> Redirect:
    keep = keeper(page.desk, page.actor, ask, page.now, asked)
    _jobs(page).start(asked, ask, keep)
    return Redirect("/compare", status_code=303)


@post("/compare/stop", sync_to_thread=True, operation="compare")
def stop(page: NamedDependency[Page]) -> Redirect:
    """Stop the latest comparison; what there is of it stays."""
    permit(page.view.firm, page.actor, "compare")
    job = _jobs(page).latest
    if job is not None:
        job.stopped.set()
    return Redirect("/compare", status_code=303)


@get("/compare/{file:str}", sync_to_thread=True, operation="compare")
def take(page: NamedDependency[Page], file: FromPath[str]) -> Response[str]:
    """Give the latest comparison as a table, as JSON, or as a picture."""
    permit(page.view.firm, page.actor, "compare")
    job = _jobs(page).latest
    return taken(job.report if job else None, file, "comparison", KINDS)


@get("/compare/kept/{name:str}/{file:str}", sync_to_thread=True, operation="compare")
def take_kept(
    page: NamedDependency[Page], name: Key, file: FromPath[str]
) -> Response[str]:
    """Give a comparison on record as a table, as JSON, or as a picture."""
    kept = comparison_called(page.desk, page.actor, name)
    return taken(opened(page.desk, kept).report, file, "comparison", KINDS)


def _jobs(page: Page) -> Comparisons:
    found: Comparisons = page.call.app.state.comparisons
    return found


HANDLERS = [compare, open_kept, begin, repeat, stop, take, take_kept]
