"""The experiments: what is tried, how it stands, and what was learnt."""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from weft.app.outcomes import experiments
from weft.app.outcomes.experiments import Ending
from weft.app.permissions import OPERATIONS
from weft.core.outcomes.experiment import Spending
from weft.core.records import read_texts
from weft.web.context import Html, Page
from weft.web.pages.paging import part
from weft.web.soon import soon

Form = URLEncodedBody[dict[str, str]]
TONES = {
    "won": ("yes", "yes"),
    "running": ("", "clock"),
    "planned": ("", ""),
    "harm": ("no", "no"),
    "spent": ("no", "no"),
}
"""The colour and the sign of a state; a failed experiment is no alarm."""


@get("/experiments", sync_to_thread=True, operation="look")
@soon
def several(page: NamedDependency[Page], n: FromQuery[int] = 1) -> Html:
    """List the experiments, those that run first."""
    every = experiments.several(page.desk, page.view, page.now)
    shown, paging = part(every, n)
    return page.show("experiments.html", shown=shown, paging=paging, tones=TONES)


@get("/experiments/{key:str}", sync_to_thread=True, operation="look")
@soon
def one(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show one experiment, and offer what can be done with it."""
    found = experiments.one(page.desk, page.view, key, page.now)
    lacks = OPERATIONS["measure"].lacks
    mission = found.experiment.mission
    mine = not lacks(page.view.firm, page.actor, mission)
    return page.show(
        "experiment.html", found=found, may=page.view.now and mine, tones=TONES
    )


@post("/experiments/{key:str}/start", sync_to_thread=True, operation="measure")
def start(page: NamedDependency[Page], key: FromPath[str]) -> Redirect:
    """Start an experiment."""
    experiments.start(page.desk, page.actor, key, page.now)
    return Redirect(f"/experiments/{key}", status_code=303)


@post("/experiments/{key:str}/spend", sync_to_thread=True, operation="measure")
def spend(page: NamedDependency[Page], key: FromPath[str], data: Form) -> Redirect:
    """Put on record what an experiment cost."""
    told = {k: data.get(k, "").strip() for k in ("on", "amount", "says")}
    spending = read_texts(Spending, {k: v for k, v in told.items() if v})
    experiments.spend(page.desk, page.actor, key, spending, at=page.now)
    return Redirect(f"/experiments/{key}", status_code=303)


@post("/experiments/{key:str}/close", sync_to_thread=True, operation="measure")
def close(page: NamedDependency[Page], key: FromPath[str], data: Form) -> Redirect:
    """Close an experiment with what was learnt."""
    told = {k: data[k].strip() for k in ("learnt", "cost") if data.get(k, "").strip()}
    experiments.close(page.desk, page.actor, key, read_texts(Ending, told), page.now)
    return Redirect(f"/experiments/{key}", status_code=303)


HANDLERS = [several, one, start, spend, close]
