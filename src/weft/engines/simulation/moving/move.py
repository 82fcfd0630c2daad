"""Move a firm from pools to missions, wave by wave, on the demand of staying."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from weft.engines.simulation.comparing.mapping import Mapper, in_turn
from weft.engines.simulation.kernel import Run
from weft.engines.simulation.kernel.draws import Floats
from weft.engines.simulation.models.compiled import Staffing, compile_model, staffing_of
from weft.engines.simulation.models.demand import Demand, draw_demand
from weft.engines.simulation.models.model import Model
from weft.engines.simulation.models.setting import MONTH
from weft.engines.simulation.moving.asking import BEFORE, BEGINS, WARM, Ask
from weft.engines.simulation.moving.crews import TEAM, crews_of
from weft.engines.simulation.moving.plan import (
    facts_of,
    turns,
    waves_of,
    weights_of,
)
from weft.engines.simulation.moving.report import Transition
from weft.engines.simulation.moving.telling import Lot, told
from weft.engines.simulation.moving.walk import walk
from weft.engines.simulation.moving.ways import Both
from weft.errors import InputError, Where

_SHOWN: Final = (2, 3, 5, 8, 12)
FEWEST, MOST, LONGEST = 2, 1000, 10


class Walk(NamedTuple):
    """Staying, moving, and having been there, to be made on one demand."""

    both: Both
    seed: int
    days: float
    horizon: int

    @property
    def size(self) -> float:
        """Give how much there is to do, in days of people."""
        return 3 * self.both.setting.people * self.days


def transition(ask: Ask, mapper: Mapper = in_turn) -> Iterator[Transition]:
    """Give the move as it grows: the last is whole.

    The same ask gives the same figures, whoever makes the runs. Raises InputError for
    what is no move, at once.
    """
    check(ask)
    return _moved(ask, both_of(ask), mapper)


def check(ask: Ask) -> None:
    """Refuse what is no move. Raises InputError."""
    if ask.before.shape != "pools" or not goes(ask.after):
        raise InputError(
            f"From {ask.before.title} to {ask.after.title} nobody moves out of pools"
            " into missions that share a platform and their specialists.",
            do="Move from partnership, lean or bimodal to pervasive, dbs or bbva.",
            where=Where(path="after"),
        )
    if not FEWEST <= ask.runs <= MOST or not 1 <= ask.years <= LONGEST:
        raise InputError(
            f"{ask.runs} runs of {ask.years:g} years are not made.",
            do=f"Ask for {FEWEST} to {MOST} runs of 1 to {LONGEST} years.",
            where=Where(path="runs"),
        )
    both = both_of(ask)
    ends = both.crews.waves[-1].day if both.crews.waves else 0.0
    if ends > BEGINS + ask.horizon * MONTH:
        raise InputError(
            f"The last of {len(both.crews.waves)} waves would come after the"
            f" {ask.horizon} months that are looked at.",
            do="Have more missions in a wave, less time between two, or more years.",
            where=Where(path="values.move.apart"),
        )


def goes(after: Model) -> bool:
    """Tell whether one may move there: missions that share specialists and platform."""
    shared = not (after.value("embedded") or after.value("own_platform"))
    return after.shape == "missions" and shared


def both_of(ask: Ask, begins: float = BEGINS) -> Both:
    """Give who sits where before the move, and after each of its waves."""
    staffing = staffing_of(ask.after, ask.setting, ask.days)
    teams = staffing.layout.teams
    facts = facts_of(teams, ask.after, ask.values)
    turn = turns(weights_of(ask.setting, teams), ask.order)
    waves = waves_of(turn, facts, begins)
    crews = crews_of(ask.before, ask.after, ask.setting, waves, ask.days)
    return Both(ask.before, ask.after, ask.setting, crews, facts)


def _moved(ask: Ask, both: Both, mapper: Mapper) -> Iterator[Transition]:
    tasks = [
        Walk(both, ask.seed + run, ask.days, ask.horizon) for run in range(ask.runs)
    ]
    found: list[Lot] = []
    for runs, lot in enumerate(mapper(walks, tasks), 1):
        found.append(lot)
        if runs in _SHOWN or runs == ask.runs:
            yield told(ask, both, found)


def walks(task: Walk) -> Lot:
    """Make all three on one demand, and look at each by month."""
    both, days = task.both, task.days
    demand = draw_demand(both.setting, task.seed, days)
    stay = _plain(both, both.before, both.crews.old, demand, days)
    there = _plain(both, both.after, both.crews.new, demand, days)
    walked = walk(both, demand, days)
    months = np.arange(BEFORE + task.horizon + 1, dtype=np.float64)
    edges = np.asarray(WARM + months * MONTH)
    return Lot(
        stay=_seen(stay.done, demand, edges),
        move=_seen(walked.done, demand, edges),
        there=_seen(there.done, demand, edges),
        took=walked.took,
        loads={both.before.id: _loads(stay, days), both.after.id: _loads(there, days)},
    )


def _plain(
    both: Both, model: Model, staffing: Staffing, demand: Demand, days: float
) -> Run:
    """Run one model by itself. It looks at nobody's new place: that is the move's."""
    made = compile_model(model, both.setting, demand, staffing, days=days, start=np.inf)
    return made.run()


def _seen(done: Floats, demand: Demand, edges: Floats) -> Mapping[str, Floats]:
    """Look at a run by month: of what is asked for in it, and of what goes on in it."""
    came = demand.arrival
    at = np.searchsorted(came, edges)
    parts = [(done - came)[a:b] for a, b in pairwise(at)]
    # What was asked for earlier still counts for what is lost: in the first month.
    earlier = (done - came)[: at[0]].sum()
    long = edges[1] - edges[0]
    open_ = [
        np.maximum(np.minimum(done, b) - np.maximum(came, a), 0.0).sum() / long
        for a, b in pairwise(edges)
    ]
    return {
        "lead_p50": np.array([_quantile(p, 0.5) for p in parts]),
        "lead_p85": np.array([_quantile(p, 0.85) for p in parts]),
        "wip": np.array(open_),
        "done": np.histogram(done, edges)[0].astype(np.float64),
        "lost": np.array(
            [p.sum() + (0 if i else earlier) for i, p in enumerate(parts)]
        ),
    }


def _quantile(days: Floats, share: float) -> float:
    """Give a quantile; 0 for a month in which nobody asks, whichever the way."""
    return float(np.quantile(days, share)) if len(days) else 0.0


def _loads(run: Run, days: float) -> Mapping[str, float]:
    """Give what is asked of each place over what its people can do."""
    work = np.bincount(run.routes.station, run.routes.service, len(run.stations))
    asked: dict[str, float] = {}
    people: dict[str, float] = {}
    for station, each in zip(run.stations, work, strict=True):
        if station.kind == "queue":
            name = "missions" if station.name.startswith(TEAM) else station.name
            asked[name] = asked.get(name, 0.0) + float(each)
            people[name] = people.get(name, 0.0) + station.people * days
    return {name: asked[name] / people[name] for name in asked}
