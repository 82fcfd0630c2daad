"""One run of one model, and the figures of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
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
_WORKS: Final = np.isin(np.arange(len(Purpose)), _WORK)


class Case(NamedTuple):
    """A model, and how it lays out the people of the firm it is tried on."""

    model: Model
    staffing: Staffing


class Task(NamedTuple):
    """Runs of several models that are to be made on one demand."""

    cases: tuple[Case, ...]
    setting: Setting
    seed: int
    days: float
    """Working days that are counted."""

    @property
    def size(self) -> float:
        """Give how much there is to do, in days of people."""
        return len(self.cases) * self.setting.people * (WARM + self.days + COOL)


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


def sample(task: Task) -> tuple[Sample, ...]:
    """Make the runs, and measure each over the changes that come in the days counted.

    One demand is drawn for all, and nobody can change it.
    """
    return tuple(_Measured(task, *run()).sample() for run in _runs(task))


def leads(task: Task) -> tuple[float, ...]:
    """Make the runs, and give no more of each than its mean lead time."""
    return tuple(_Kept(task, run()[1]).mean_lead for run in _runs(task))


def _runs(task: Task) -> Iterator[Callable[[], tuple[Compiled, Run]]]:
    """Give how each run is made: nothing of it stays here while the next is made."""
    days = WARM + task.days + COOL
    demand = draw_demand(task.setting, task.seed, days)

    def made(case: Case) -> tuple[Compiled, Run]:
        compiled = compile_model(
            case.model, task.setting, demand, case.staffing, days=days, start=WARM
        )
        return compiled, compiled.run(enough=WARM + task.days)

    return (partial(made, case) for case in task.cases)


class _Kept:
    """The changes of a run that count: those that come in the window, and end.

    They lie one after another, unless some never end.
    """

    def __init__(self, task: Task, run: Run) -> None:
        self.end = WARM + task.days
        first, last = np.searchsorted(run.routes.arrival, (WARM, self.end))
        self.keep: slice | NDArray[np.bool_] = slice(first, last)
        if not np.isfinite(run.done[self.keep]).all():
            there = np.arange(len(run.done))
            self.keep = (there >= first) & (there < last) & np.isfinite(run.done)
        self.lead = run.done[self.keep] - run.routes.arrival[self.keep]
        self.count = max(len(self.lead), 1)
        self.mean_lead = float(self.lead.sum() / self.count)


class _Measured(_Kept):
    """A run, looked at in the window that counts."""

    def __init__(self, task: Task, made: Compiled, run: Run) -> None:
        super().__init__(task, run)
        self.task, self.made, self.run = task, made, run
        start, keep = run.routes.start, self.keep
        self.steps = (
            slice(start[keep.start], start[keep.stop])
            if isinstance(keep, slice)
            else np.repeat(keep, np.diff(start))
        )
        self.station = run.routes.station[self.steps]
        self.service = run.routes.service[self.steps]
        self.group = [_group(s.name) for s in run.stations]
        self.busy = self._busy()
        entered = run.entered[self.steps]
        self.waited = run.started[self.steps] - entered
        self.decision = self._decision(entered)

    def sample(self) -> Sample:
        where = np.searchsorted(EDGES, self.lead)
        return Sample(
            figures=self._figures(self.lead) | self._people() | self._specialists(),
            counts=np.bincount(where, minlength=len(EDGES) + 1),
            loads=self._loads(),
            waits=self._waits(self.count),
            fast_waits=self._fast(),
            lines=self.made.lines,
        )

    def _figures(self, lead: NDArray[np.float64]) -> dict[str, float]:
        run, demand = self.run, self.made.demand
        touch = self.service[_WORKS[self.made.purpose[self.steps]]].sum()
        p50, p85, p95 = np.quantile(lead, (0.5, 0.85, 0.95)) if len(lead) else (0,) * 3
        inside = np.minimum(run.done, self.end) - np.maximum(run.routes.arrival, WARM)
        done = (run.done >= WARM) & (run.done < self.end)
        return {
            "lead": lead.sum() / self.count,
            "lead_p50": float(p50),
            "lead_p85": float(p85),
            "lead_p95": float(p95),
            "decision": self.decision,
            "handoffs": self._handoffs(),
            "wip": np.nansum(np.maximum(inside, 0.0)) / self.task.days,
            "flow": touch / max(lead.sum(), 1e-9),
            "throughput": done.sum() / self.task.days * MONTH,
            "delay": (lead * demand.cost_of_delay[self.keep]).sum() / self.count,
        }

    def _decision(self, entered: NDArray[np.float64]) -> float:
        """Give the days until the first step of work, on average."""
        entered[self.made.purpose[self.steps] <= Purpose.LIAISON] = np.inf
        lengths = self._lengths()
        first = np.minimum.reduceat(entered, np.cumsum(lengths) - lengths)
        waited = first - self.run.routes.arrival[self.keep]
        return float(waited.sum() / self.count)

    def _handoffs(self) -> float:
        """Count how often a change passes from one group to another."""
        queues = np.array([s.kind == "queue" for s in self.run.stations])
        split = np.array([s.name.startswith(SPLIT) for s in self.run.stations])
        held = queues[self.station]
        whose = np.repeat(np.arange(len(self.lead)), self._lengths())[held]
        at = self.station[held]
        passes = (whose[1:] == whose[:-1]) & (at[1:] != at[:-1])
        passes &= ~(split[at[1:]] | split[at[:-1]])
        return float(passes.sum() / self.count)

    def _lengths(self) -> NDArray[np.int64]:
        """Give how many steps each change that counts takes."""
        return np.asarray(np.diff(self.run.routes.start)[self.keep])

    def _busy(self) -> NDArray[np.float64]:
        """Give the days of work at each station inside the window."""
        run = self.run
        before = run.routes.start[np.searchsorted(run.routes.arrival, self.end)]
        start, service = run.started[:before], run.routes.service[:before]
        inside = np.minimum(start + service, self.end)
        inside -= np.maximum(start, WARM)
        np.maximum(inside, 0.0, out=inside)
        at = run.routes.station[:before]
        sums = np.bincount(at, np.nan_to_num(inside, copy=False), len(run.stations))
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
            "use": float(self.busy[queue].sum()) / (people * self.task.days),
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
        waited = self.waited[mine[self.station]]
        busy = float(self.busy[mine].sum())
        return {
            "scarce": busy / (people * self.task.days) if people else 0.0,
            "scarce_wait": float(waited.mean()) if len(waited) else 0.0,
        }

    def _loads(self) -> dict[str, float]:
        """Give the work that comes to each group over what its people can do."""
        run = self.run
        work = np.bincount(self.station, self.service, len(run.stations))
        shared = set(self.made.sharing.teams) if self.made.sharing else set()
        found: dict[str, list[float]] = {}
        for i, station in enumerate(run.stations):
            if station.kind == "queue":
                name = "missions" if i in shared else station.name
                there = found.setdefault(name, [0.0, 0.0])
                there[0] += work[i]
                there[1] += station.people * self.task.days
        return {name: float(done / able) for name, (done, able) in found.items()}

    def _waits(
        self, count: int, who: NDArray[np.bool_] | None = None
    ) -> dict[str, float]:
        """Give how long a change waits in each group; a delay is a wait too.

        who: which of the steps that count are looked at; all where nothing is said.
        """
        delay = np.array([s.kind == "delay" for s in self.run.stations])
        at, days = (
            self.station,
            np.where(delay[self.station], self.service, self.waited),
        )
        if who is not None:
            at, days = at[who], days[who]
        sums = np.bincount(at, days, len(delay))
        found: dict[str, float] = {}
        for name, waited in zip(self.group, sums, strict=True):
            found[name] = found.get(name, 0.0) + float(waited) / count
        return found

    def _fast(self) -> dict[str, float]:
        """Give the waits of the changes that a fast team took, outside that team."""
        share = self.made.model.value("fast")
        if not share or self.made.model.shape != "pools":
            return {}
        fast = self.made.demand.fast[self.keep] < share
        return self._waits(max(int(fast.sum()), 1), np.repeat(fast, self._lengths()))


def _group(name: str) -> str:
    if name.startswith("mission "):
        return "missions"
    return POOLED if name.startswith(SPLIT) else name
