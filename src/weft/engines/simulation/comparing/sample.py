"""One run of one model, and the figures of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from weft.engines.simulation.comparing.measures import EDGES
from weft.engines.simulation.kernel import Run
from weft.engines.simulation.models.compiled import (
    Compiled,
    Staffing,
    compile_model,
)
from weft.engines.simulation.models.demand import draw_demand
from weft.engines.simulation.models.laying import Purpose
from weft.engines.simulation.models.model import Model
from weft.engines.simulation.models.setting import MONTH, YEAR, Setting
from weft.engines.simulation.models.shape import POOLED, SPLIT

WARM, COOL = float(YEAR), YEAR / 2
"""Days before what is counted, so that all is in flow; and after, so that it stays."""
_WORK: Final = (Purpose.WORK, Purpose.REWORK, Purpose.SPECIALIST, Purpose.PLATFORM)


class Task(NamedTuple):
    """A run that is to be made: all that it hangs on."""

    model: Model
    setting: Setting
    staffing: Staffing
    seed: int
    days: float
    """Working days that are counted."""


class Sample(NamedTuple):
    """What came of a run. loads: offered work over people, by station or group."""

    figures: Mapping[str, float]
    counts: NDArray[np.int64]
    """[len(EDGES) + 1] changes by lead time."""
    loads: Mapping[str, float]
    waits: Mapping[str, float]
    """Days a change waits there, on average, by station or group."""
    fast_waits: Mapping[str, float]
    lines: Mapping[str, float]
    digest: str


def sample(task: Task) -> Sample:
    """Make a run, and measure it over the changes that come in the days counted."""
    days = WARM + task.days + COOL
    demand = draw_demand(task.setting, task.seed, days)
    made = compile_model(
        task.model, task.setting, demand, task.staffing, days=days, start=WARM
    )
    run = made.run()
    return _Measured(task, made, run).sample()


class _Measured:
    """A run, looked at in the window that counts."""

    def __init__(self, task: Task, made: Compiled, run: Run) -> None:
        self.task, self.made, self.run = task, made, run
        self.end = WARM + task.days
        came = run.routes.arrival
        self.keep = (came >= WARM) & (came < self.end) & np.isfinite(run.done)
        self.steps = np.repeat(self.keep, np.diff(run.routes.start))
        self.group = np.array([_group(s.name) for s in run.stations])
        self.count = max(int(self.keep.sum()), 1)

    def sample(self) -> Sample:
        lead = self.run.lead[self.keep]
        return Sample(
            figures=self._figures(lead) | self._people() | self._specialists(),
            counts=np.bincount(np.searchsorted(EDGES, lead), minlength=len(EDGES) + 1),
            loads=self._loads(),
            waits=self._waits(self.steps, self.count),
            fast_waits=self._fast(),
            lines=self.made.lines,
            digest=self.made.demand.digest,
        )

    def _figures(self, lead: NDArray[np.float64]) -> dict[str, float]:
        run, demand = self.run, self.made.demand
        work = np.isin(self.made.purpose, _WORK) & self.steps
        touch = run.routes.service[work].sum()
        p50, p85, p95 = np.quantile(lead, (0.5, 0.85, 0.95)) if len(lead) else (0,) * 3
        inside = np.minimum(run.done, self.end) - np.maximum(run.routes.arrival, WARM)
        done = (run.done >= WARM) & (run.done < self.end)
        return {
            "lead": lead.sum() / self.count,
            "lead_p50": float(p50),
            "lead_p85": float(p85),
            "lead_p95": float(p95),
            "decision": self._decision(),
            "handoffs": self._handoffs(),
            "wip": np.nansum(np.maximum(inside, 0.0)) / self.task.days,
            "flow": touch / max(lead.sum(), 1e-9),
            "throughput": done.sum() / self.task.days * MONTH,
            "delay": (lead * demand.cost_of_delay[self.keep]).sum() / self.count,
        }

    def _decision(self) -> float:
        """Give the days until the first step of work, on average."""
        begins = self.made.purpose > Purpose.LIAISON
        entered = np.where(begins, self.run.entered, np.inf)
        start = self.run.routes.start[:-1]
        first = np.minimum.reduceat(np.append(entered, np.inf), start)
        waited = first - self.run.routes.arrival
        return float(waited[self.keep].sum() / self.count)

    def _handoffs(self) -> float:
        """Count how often a change passes from one group to another."""
        queues = np.array([s.kind == "queue" for s in self.run.stations])
        at = self.run.routes.station
        held = queues[at] & self.steps
        whose = np.repeat(np.arange(len(self.keep)), np.diff(self.run.routes.start))[
            held
        ]
        split = np.array([s.name.startswith(SPLIT) for s in self.run.stations])
        at = at[held]
        passes = (np.diff(whose) == 0) & (np.diff(at) != 0)
        passes &= ~(split[at[1:]] | split[at[:-1]])
        return float(passes.sum() / self.count)

    def _busy(self) -> NDArray[np.float64]:
        """Give the days of work at each station inside the window."""
        run = self.run
        start, service = run.started, run.routes.service
        ended = np.minimum(start + service, self.end)
        inside = np.maximum(ended - np.maximum(start, WARM), 0.0)
        sums = np.bincount(run.routes.station, np.nan_to_num(inside), len(run.stations))
        return np.asarray(sums, np.float64)

    def _people(self) -> dict[str, float]:
        run, model = self.run, self.made.model
        queue = np.array([s.kind == "queue" for s in run.stations])
        people = sum(s.people for s in run.stations if s.kind == "queue")
        effort = sum(self.made.lines.values())
        moved = ((run.moves[:, 0] >= WARM) & (run.moves[:, 0] < self.end)).sum()
        lost = moved * model.value("onboarding") / self.count
        years = self.task.days / YEAR
        return {
            "use": float(self._busy()[queue].sum()) / (people * self.task.days),
            "effort": effort + lost,
            "cost": (effort + lost) * model.value("day_price"),
            "redundancy": self.made.lines.get("redundancy", 0.0),
            "moves": moved / years,
            "moving": lost,
        }

    def _specialists(self) -> dict[str, float]:
        names = [s.name for s in self.run.stations]
        mine = np.array([n == POOLED or n.startswith(SPLIT) for n in names])
        people = sum(
            s.people for s, m in zip(self.run.stations, mine, strict=True) if m
        )
        visits = mine[self.run.routes.station] & self.steps
        waited = self.run.wait[visits]
        busy = float(self._busy()[mine].sum())
        return {
            "scarce": busy / (people * self.task.days) if people else 0.0,
            "scarce_wait": float(waited.mean()) if len(waited) else 0.0,
        }

    def _loads(self) -> dict[str, float]:
        """Give the work that comes to each group over what its people can do."""
        run = self.run
        work = np.bincount(
            run.routes.station,
            np.where(self.steps, run.routes.service, 0.0),
            len(run.stations),
        )
        shared = set(self.made.sharing.teams) if self.made.sharing else set()
        found: dict[str, list[float]] = {}
        for i, station in enumerate(run.stations):
            if station.kind == "queue":
                name = "missions" if i in shared else station.name
                there = found.setdefault(name, [0.0, 0.0])
                there[0] += work[i]
                there[1] += station.people * self.task.days
        return {name: float(done / able) for name, (done, able) in found.items()}

    def _waits(self, steps: NDArray[np.bool_], count: int) -> dict[str, float]:
        """Give how long a change waits in each group; a delay is a wait too."""
        run = self.run
        delays = np.array([s.kind == "delay" for s in run.stations])[run.routes.station]
        days = np.where(delays, run.routes.service, run.wait)
        sums = np.bincount(
            run.routes.station, np.where(steps, days, 0.0), len(run.stations)
        )
        found: dict[str, float] = {}
        for name, waited in zip(self.group, sums, strict=True):
            found[str(name)] = found.get(str(name), 0.0) + float(waited) / count
        return found

    def _fast(self) -> dict[str, float]:
        """Give the waits of the changes that a fast team took, outside that team."""
        share = self.made.model.value("fast")
        if not share or self.made.model.shape != "pools":
            return {}
        fast = (self.made.demand.fast < share) & self.keep
        steps = np.repeat(fast, np.diff(self.run.routes.start))
        return self._waits(steps, max(int(fast.sum()), 1))


def _group(name: str) -> str:
    if name.startswith("mission "):
        return "missions"
    return POOLED if name.startswith(SPLIT) else name
