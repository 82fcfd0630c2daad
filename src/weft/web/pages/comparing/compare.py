"""The page of the comparison: asked for, shown as it grows, and taken along."""

from __future__ import annotations

from typing import Any, Final

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Response
from markupsafe import Markup

from weft.app.comparing.comparing import Comparing, comparison
from weft.app.comparing.models import USUAL, every_model
from weft.app.permissions import OPERATIONS, permit
from weft.core.records import read_texts, show
from weft.engines.simulation.comparing import MEASURES, Report, short_of
from weft.engines.simulation.comparing.files import csv_of
from weft.engines.simulation.comparing.picture import svg_of, tornado_of
from weft.errors import NotFound
from weft.web.api.comparing.jobs import Job, Jobs
from weft.web.context import Html, Page

Form = URLEncodedBody[dict[str, str | list[str]]]
AGAIN: Final = "2"
"""Seconds after which the browser asks again how far it is."""
COLUMNS: Final = (
    *("lead_p50", "lead_p85", "lead_p95", "decision", "handoffs", "wip"),
    *("flow", "throughput", "use", "scarce", "effort", "delay", "redundancy"),
)
KINDS: Final = {
    "csv": ("text/csv", csv_of),
    "json": ("application/json", show),
    "svg": ("image/svg+xml", svg_of),
}


@get("/compare", sync_to_thread=True, operation="look")
def compare(page: NamedDependency[Page]) -> Html:
    """Show the latest comparison, and what may be compared."""
    cannot = OPERATIONS["compare"].lacks(page.view.firm, page.actor, "")
    job = None if cannot else _jobs(page).latest
    report = job.report if job else None
    models = every_model()
    told = page.show(
        "compare.html",
        cannot=cannot,
        job=job,
        report=report,
        picture=Markup(svg_of(report)) if report else "",  # noqa: S704, drawn by us
        tornado=Markup(tornado_of(report)) if report else "",  # noqa: S704
        measures=MEASURES,
        columns=COLUMNS,
        short=short_of,
        models={name: models[name] for name in (*USUAL, *models)},
        usual=job.asked.models or USUAL if job else USUAL,
        by={f.about: f.says for f in report.findings} if report else {},
    )
    if job is not None and job.running and not job.stopped.is_set():
        told.headers["Refresh"] = AGAIN
    return told


@post("/compare", sync_to_thread=True, operation="compare")
def begin(page: NamedDependency[Page], data: Form) -> Redirect:
    """Begin a comparison in the background."""
    permit(page.view.firm, page.actor, "compare")
    plain: dict[str, Any] = {
        name: data[name] for name in ("runs", "years", "seed") if data.get(name)
    }
    named = data.get("model", [])
    plain["models"] = [named] if isinstance(named, str) else named
    asked = read_texts(Comparing, plain, "form")
    desk, actor = page.desk, page.actor
    comparison(desk, actor, asked)  # what is wrong with it is told at once
    _jobs(page).start(asked, lambda mapper: comparison(desk, actor, asked, mapper))
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
    job: Job | None = _jobs(page).latest
    report: Report | None = job.report if job else None
    _, _, kind = file.partition("comparison.")
    if report is None or kind not in KINDS:
        raise NotFound("file", file, ["comparison.csv", "comparison.json"])
    media, write = KINDS[kind]
    return Response(
        write(report),
        media_type=media,
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )


def _jobs(page: Page) -> Jobs:
    found: Jobs = page.call.app.state.comparisons
    return found


HANDLERS = [compare, begin, stop, take]
