"""The event kernel beside SimPy, Ciw and C: the same network of 20 stations.

The bars: 50 times SimPy's events a second, 300 times Ciw's, 0.7 of the same algorithm
in C -O3 (to the same bits), and 2 million events a second with the routes drawn too.
Time is that of the processor; a run is the best of several, as others use the machine.

    python benchmarks/kernel.py [--short]     --short: few jobs for the slow peers
"""

from __future__ import annotations

import argparse
import ctypes
import runpy
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ciw
import numpy as np
import simpy

from weft.engines.simulation.kernel import Routes, Run, simulate
from weft.engines.simulation.kernel.loop import Plan, State
from weft.engines.simulation.kernel.run import plan_of, started_of, state_of

HERE = Path(__file__).parent
KNOWN: Any = SimpleNamespace(
    **runpy.run_path(str(HERE.parent / "tests/engines/simulation/queues.py"))
)
"""The network and its routes, as the tests have them."""

JOBS, TIMES, ENTRIES = 100_000, 7, 5
BARS = {"SimPy": 50.0, "Ciw": 300.0, "C -O3": 0.7}
WITH_ROUTES = 2_000_000


def timed(work: Callable[[], Any], times: int = 1) -> tuple[Any, float]:
    best = np.inf
    for _ in range(times):
        start = time.process_time()
        found = work()
        best = min(best, time.process_time() - start)
    return found, best


def by_simpy(routes: Routes) -> None:
    env = simpy.Environment()
    desks = [simpy.PriorityResource(env, row[0]) for row in KNOWN.NETWORK]

    def go(change: int) -> Any:
        yield env.timeout(routes.arrival[change])
        for step in range(routes.start[change], routes.start[change + 1]):
            desk = desks[routes.station[step]]
            with desk.request(priority=int(routes.priority[change])) as turn:
                yield turn
                yield env.timeout(routes.service[step])

    for change in range(len(routes.arrival)):
        env.process(go(change))
    env.run()


def by_ciw(jobs: int) -> None:
    to = [[row[3].get(j, 0.0) for j in range(20)] for row in KNOWN.NETWORK]

    def arrivals(share: float) -> list[Any]:
        rate = KNOWN.ARRIVALS * share / ENTRIES
        return [ciw.dists.Exponential(rate) if i < ENTRIES else None for i in range(20)]

    work = [ciw.dists.Exponential(row[1]) for row in KNOWN.NETWORK]
    network = ciw.create_network(
        arrival_distributions={
            "high": arrivals(KNOWN.HIGH),
            "low": arrivals(1 - KNOWN.HIGH),
        },
        service_distributions={"high": work, "low": work},
        number_of_servers=[row[0] for row in KNOWN.NETWORK],
        priority_classes={"high": 0, "low": 1},
        routing={"high": to, "low": to},
    )
    ciw.seed(1)
    run = ciw.Simulation(network)
    run.simulate_until_max_customers(jobs)
    assert run.get_all_records()


class World(ctypes.Structure):
    """What kernel.c works on, field by field."""

    _fields_ = (
        [("n", ctypes.c_int64)]
        + [(name, ctypes.c_void_p) for name in ("kind", "gates", "openings")]
        + [("arrival", ctypes.c_void_p), ("start", ctypes.c_void_p)]
        + [(name, ctypes.c_void_p) for name in ("capacity", "busy", "waiting")]
        + [(name, ctypes.c_void_p) for name in ("opening", "head", "tail")]
        + [("classes", ctypes.c_int64), ("work", ctypes.c_void_p)]
        + [("time", ctypes.c_void_p), ("key", ctypes.c_void_p)]
        + [(name, ctypes.c_int64) for name in ("size", "told", "events")]
    )


def in_c(folder: Path) -> Callable[[Plan, State], int] | None:
    """Compile kernel.c, where the machine has a compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    made = folder / "kernel.so"
    line = [
        compiler,
        "-O3",
        "-shared",
        "-fPIC",
        "-o",
        str(made),
        str(HERE / "kernel.c"),
    ]
    subprocess.run(line, check=True)  # noqa: S603
    library = ctypes.CDLL(str(made))
    library.run.restype = ctypes.c_int64

    def run(plan: Plan, state: State) -> int:
        world = World(n=len(plan.arrival), classes=state.head.shape[1])
        arrays = plan._asdict() | state._asdict()
        for name, kind in World._fields_:
            if kind is ctypes.c_void_p:
                setattr(world, name, arrays[name].ctypes.data)
        return int(library.run(ctypes.byref(world)))

    return run


def loop_only(run: Callable[[Plan, State], object], routes: Routes) -> float:
    """Give the time of the loop alone, its arrays made before."""
    best = np.inf
    for _ in range(TIMES):
        plan = plan_of(KNOWN.network_stations(), routes)
        state = state_of(KNOWN.network_stations(), routes, plan)
        start = time.process_time()
        run(plan, state)
        best = min(best, time.process_time() - start)
    return best


def told(name: str, events: float, ours: float, bar: float, unit: str = "x") -> bool:
    ratio = ours / events
    print(
        f"{name:>22}: {events:12,.0f} events/s; ours are {ratio:8.2f} {unit}"
        f" (bar {bar:g}) {'ok' if ratio >= bar else 'MISSED'}"
    )
    return ratio >= bar


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    short = parser.parse_args().short
    few = 2_000 if short else 20_000
    routes = KNOWN.network_routes(1, JOBS)
    stations = KNOWN.network_stations()
    run, cold = timed(lambda: simulate(stations, routes))
    print(f"first call, compiling or loading: {cold:.1f} s")
    run, whole = timed(lambda: simulate(stations, routes), TIMES)
    ours = run.events / whole
    print(f"{'kernel':>22}: {ours:12,.0f} events/s, {run.events:,} events")
    good = True
    peers = KNOWN.network_routes(2, few)
    _, seconds = timed(lambda: by_simpy(peers))
    good &= told("SimPy", len(peers.station) / seconds, ours, BARS["SimPy"])
    _, seconds = timed(lambda: by_ciw(few))
    per_job = run.events / JOBS
    good &= told("Ciw", few * per_job / seconds, ours, BARS["Ciw"])
    good &= beside_c(routes, run)
    _, both = timed(lambda: simulate(stations, KNOWN.network_routes(1, JOBS)), TIMES)
    print(f"{'with routes drawn':>22}: {run.events / both:12,.0f} events/s", end=" ")
    drawn = run.events / both
    good &= drawn >= WITH_ROUTES
    print(f"(bar {WITH_ROUTES:,}) {'ok' if drawn >= WITH_ROUTES else 'MISSED'}")
    sys.exit(0 if good else 1)


def beside_c(routes: Routes, run: Run) -> bool:
    from weft.engines.simulation.kernel.loop import run as loop  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        same = in_c(Path(folder))
        if same is None:
            print("C -O3: no compiler here")
            return True
        plan = plan_of(KNOWN.network_stations(), routes)
        state = state_of(KNOWN.network_stations(), routes, plan)
        assert same(plan, state) == run.events
        assert (started_of(state) == run.started).all()
        ours, theirs = loop_only(loop, routes), loop_only(same, routes)
    events = run.events
    return told("C -O3, the loop alone", events / theirs, events / ours, BARS["C -O3"])


if __name__ == "__main__":
    main()
