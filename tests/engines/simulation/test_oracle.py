"""SimPy, which others wrote, sends the same changes through the same stations.

Random networks of queues, delays and gates, three classes: each step of each change
begins at the same time in both. Draws are continuous, so that nothing ties.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import pytest
import simpy
from tests.engines.simulation.queues import network_routes, network_stations, world

from weft.engines.simulation.kernel import Routes, Station, simulate
from weft.engines.simulation.kernel.draws import Floats


def oracle(stations: list[Station], routes: Routes) -> tuple[Floats, Floats]:
    """Give when each step began and each change was done, by SimPy."""
    env = simpy.Environment()
    desks = [simpy.PriorityResource(env, max(s.people, 1)) for s in stations]
    started, done = (
        np.full(len(routes.station), np.nan),
        np.full(len(routes.arrival), np.nan),
    )

    def go(change: int) -> Generator[Any, Any, None]:
        yield env.timeout(routes.arrival[change])
        for step in range(routes.start[change], routes.start[change + 1]):
            s = routes.station[step]
            station, work = stations[s], routes.service[step]
            if station.kind == "queue":
                with desks[s].request(priority=int(routes.priority[change])) as turn:
                    yield turn
                    started[step] = env.now
                    yield env.timeout(work)
                yield env.timeout(0)  # who waits has the place before one comes again
                continue
            if station.kind == "gate":
                opens = next(t for t in station.openings if t >= env.now - 1e-9)
                yield env.timeout(max(opens - env.now, 0.0))
            started[step] = env.now
            yield env.timeout(work)
        done[change] = env.now

    for change in range(len(routes.arrival)):
        env.process(go(change))
    env.run()
    return started, done


@pytest.mark.parametrize("seed", range(12))
def test_every_step_begins_when_simpy_says(seed: int) -> None:
    draw = np.random.default_rng(seed)
    kinds = ["queue", *draw.choice(["queue", "delay"], 4)]
    stations, routes = world(seed, 300, kinds)
    started, done = oracle(stations, routes)
    run = simulate(stations, routes)
    assert np.allclose(run.started, started, rtol=0, atol=1e-7)
    assert np.allclose(run.done, done, rtol=0, atol=1e-7)


@pytest.mark.parametrize("seed", range(4))
def test_gates_open_when_simpy_says(seed: int) -> None:
    stations, routes = world(seed, 200, ["gate", "delay", "gate"])
    _, done = oracle(stations, routes)
    assert np.allclose(simulate(stations, routes).done, done, rtol=0, atol=1e-7)


def test_the_network_of_twenty_stations_goes_as_simpy_says() -> None:
    stations, routes = network_stations(), network_routes(4, 1_500)
    started, done = oracle(stations, routes)
    run = simulate(stations, routes)
    assert np.allclose(run.started, started, rtol=0, atol=1e-7)
    assert np.allclose(run.done, done, rtol=0, atol=1e-7)
