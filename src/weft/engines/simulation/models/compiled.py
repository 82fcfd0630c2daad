"""A model compiled for a firm: stations with people, and the route of every change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from weft.engines.simulation.kernel import Routes, Run, Sharing, Station, simulate
from weft.engines.simulation.models.demand import Demand, draw_demand
from weft.engines.simulation.models.effort import Effort, Lines
from weft.engines.simulation.models.laying import Laying, Layout
from weft.engines.simulation.models.missions import lay_missions, sharing_of
from weft.engines.simulation.models.model import Model
from weft.engines.simulation.models.pools import FOLDS, lay_pools
from weft.engines.simulation.models.setting import YEAR, Setting
from weft.engines.simulation.models.staffing import (
    Offered,
    Shared,
    in_proportion,
    offered,
    staffed,
)
from weft.errors import InputError

PILOT: Final = 987_654_321
"""The seed of the demand on which a model is staffed: none of those it is judged on."""
_PILOT_CHANGES: Final = 20_000


class Staffing(NamedTuple):
    """How a model lays out the people of a firm: its own best.

    people: of each station that is staffed, by name. notes: what had to give.
    """

    layout: Layout
    people: dict[str, int]
    notes: tuple[str, ...] = ()


class Compiled(NamedTuple):
    """What a run is fed with. lines: effort by cause, days a change on average."""

    model: Model
    stations: tuple[Station, ...]
    routes: Routes
    purpose: NDArray[np.int8]
    """[K] what each step is for, as in `Purpose`."""
    sharing: Sharing | None
    lines: Lines
    demand: Demand

    def run(self, enough: float = np.inf) -> Run:
        """Run it to the end of the last change, or of the last that came before."""
        return simulate(self.stations, self.routes, sharing=self.sharing, enough=enough)


def compile_model(
    model: Model,
    setting: Setting,
    demand: Demand,
    staffing: Staffing,
    *,
    days: float,
    start: float = YEAR,
) -> Compiled:
    """Compile a model for a demand. start: the day from which it is looked at."""
    effort = effort_of(model, demand, staffing.layout, start)
    lay = lay_out(model, setting, effort, staffing.layout, days)
    laid = lay.laid()
    stations = tuple(
        station._replace(people=staffing.people.get(station.name, 1))
        if i in lay.free
        else station
        for i, station in enumerate(lay.stations)
    )
    moves = sharing_of(lay, setting.people)
    return Compiled(
        model, stations, laid.routes, laid.purpose, moves, effort.lines, demand
    )


def lay_out(
    model: Model, setting: Setting, effort: Effort, layout: Layout, days: float
) -> Laying:
    """Lay all stations and steps; who stands at them is another matter."""
    lay = Laying(effort, layout, days)
    if model.shape == "pools":
        lay_pools(lay)
    else:
        lay_missions(lay, len(setting.domains))
    return lay


def effort_of(model: Model, demand: Demand, layout: Layout, start: float) -> Effort:
    """Give what changes take under a model in a layout.

    Raises InputError for a model that does not say how people sit.
    """
    if model.shape is None:
        raise InputError(
            f"The model {model.id} has no shape.",
            do='Write shape = "pools" or "missions", or say what it is based_on.',
        )
    if model.shape == "missions":
        return Effort(model, demand, layout.teams, start)
    folded = len(layout.folded)
    mixed = folded / len(FOLDS)
    return Effort(model, demand, 1 + len(FOLDS) - folded, start, mixed=mixed)


def staffing_of(model: Model, setting: Setting, days: float) -> Staffing:
    """Lay out the people of a firm as is best for a model, so that none is favoured.

    Judged on a demand of its own. Pools are put together where that is quicker, though
    those in them then do several things; missions only where there are too few people.
    """
    return staffings([model], setting, days)[0]


def staffings(
    models: Sequence[Model], setting: Setting, days: float
) -> tuple[Staffing, ...]:
    """Lay out the people of a firm as is best for each of several models."""
    days = min(days, max(YEAR, _PILOT_CHANGES / setting.arrivals))
    demand = draw_demand(setting, PILOT, days)
    return tuple(_staffing(model, setting, demand, days) for model in models)


def _staffing(model: Model, setting: Setting, demand: Demand, days: float) -> Staffing:
    people = max(1, setting.people - round(setting.value("specialists")))
    best: tuple[Shared, Laying] | None = None
    for layout in _layouts(model, setting):
        effort = effort_of(model, demand, layout, days)
        lay = lay_out(model, setting, effort, layout, days)
        loads = _evened(lay, offered(lay, days), setting)
        mine = [loads[i] for i in lay.free]
        shares = staffed(mine, people)
        if shares is not None and (best is None or shares.days < best[0].days):
            best = shares, lay
        if best and model.shape == "missions":
            break
    if best is None and len(mine) > people:
        raise InputError(
            f"{people} people are too few for {model.title}.",
            do="Ask for more people.",
        )
    shares, lay = best or (in_proportion(mine, people), lay)
    names = [lay.stations[i].name for i in lay.free]
    notes = _notes(model, setting, lay.layout)
    return Staffing(lay.layout, dict(zip(names, shares.people, strict=True)), notes)


def _evened(lay: Laying, loads: list[Offered], setting: Setting) -> list[Offered]:
    """Give missions what their domains ask on average, not what one demand did."""
    teams = [i for i in lay.free if lay.stations[i].name.startswith("mission ")]
    if not teams:
        return loads
    weights = np.zeros(len(teams))
    for domain, (_, weight) in enumerate(setting.domains):
        weights[domain * len(teams) // len(setting.domains)] += weight
    mine = [loads[i] for i in teams]
    visits = sum(load.visits for load in mine)
    work = sum(load.load for load in mine) / visits if visits else 0.0
    spread = float(np.mean([load.variation for load in mine]))
    found = list(loads)
    for i, weight in zip(teams, weights, strict=True):
        found[i] = Offered(visits * float(weight), work, spread)
    return found


def _layouts(model: Model, setting: Setting) -> list[Layout]:
    """Give the layouts of a model, from what it asks for to all in one group."""
    specialists = round(setting.value("specialists"))
    domains = len(setting.domains)
    teams = max(1, round(domains * model.value("teams")))
    if model.shape == "pools":
        return [Layout(FOLDS[:n], domains, specialists) for n in range(len(FOLDS) + 1)]
    counts = sorted({max(1, round(teams * 0.9**n)) for n in range(60)}, reverse=True)
    return [Layout((), count, specialists) for count in counts]


def _notes(model: Model, setting: Setting, layout: Layout) -> tuple[str, ...]:
    if layout.folded:
        return (f"{', '.join(layout.folded)} done by development",)
    wanted = max(1, round(len(setting.domains) * model.value("teams")))
    if model.shape == "missions" and layout.teams < wanted:
        return (f"{layout.teams} teams for {wanted} missions: too few people",)
    return ()
