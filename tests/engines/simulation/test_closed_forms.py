"""Every queue whose answer is known: the kernel meets it, at fixed seeds.

Held to four standard errors (a bound of 95 % would fail one run in twenty). In the
short form there are as many runs as are quick; WEFT_LONG=1 has so many that half the
95 % interval is at most 1 % of the mean, and holds that too.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.engines.simulation.queues import (
    NETWORK,
    erlang_c,
    network_routes,
    network_stations,
    network_time,
    one_queue,
    wait,
    waits,
)

from weft.engines.simulation.kernel import Run, simulate

LONG = bool(os.environ.get("WEFT_LONG"))
JOBS = 200_000
RUNS = 12

Case = Callable[[int], list[float]]


def settled(run: Run) -> NDArray[np.bool_]:
    """Leave out both ends: what comes while it fills, and while it runs empty."""
    last = run.routes.arrival[-1]
    came = run.routes.arrival
    return np.asarray((came > 0.1 * last) & (came < 0.9 * last))


def mean_wait(people: int, arrivals: float, service: str = "M") -> Case:
    def measured(seed: int) -> list[float]:
        run = one_queue(seed, JOBS, people, arrivals, service=service)
        return [float(run.wait[settled(run)].mean())]

    return measured


def waiting(people: int, arrivals: float) -> Case:
    def measured(seed: int) -> list[float]:
        run = one_queue(seed, JOBS, people, arrivals)
        found = run.wait[settled(run)]
        return [float((found > 0).mean()), float(found.mean())]

    return measured


def quantile(arrivals: float, share: float) -> Case:
    def measured(seed: int) -> list[float]:
        run = one_queue(seed, JOBS, 1, arrivals)
        return [float(np.quantile(run.lead[settled(run)], share))]

    return measured


def classes(people: int, arrivals: float, high: float, *, lead: bool = False) -> Case:
    def measured(seed: int) -> list[float]:
        run = one_queue(seed, JOBS, people, arrivals, high=high)
        of, keep = run.routes.priority, settled(run)
        figure = run.lead if lead else run.wait
        return [float(figure[keep & (of == c)].mean()) for c in (0, 1)]

    return measured


CASES: dict[str, tuple[Case, list[float], int]] = {
    "1 M/M/1 .8": (mean_wait(1, 0.8), [4.0], 100),
    "2 M/M/1 .8, 95 %": (quantile(0.8, 0.95), [14.978661], 100),
    "3 M/M/6, 5": (waiting(6, 5.0), [0.587516, 0.587516], 120),
    "4 M/M/20, 17": (waiting(20, 17.0), [0.385056, 0.128352], 200),
    "5 M/M/2, 1.7": (waiting(2, 1.7), [0.781081, 2.603604], 160),
    "6 M/D/1 .7": (mean_wait(1, 0.7, "D"), [1.166667], 40),
    "7 M/E4/1 .7": (mean_wait(1, 0.7, "E4"), [1.458333], 40),
    "8 M/G/1 .7, cs2 4": (mean_wait(1, 0.7, "G"), [5.833333], 400),
    "9 M/M/1 .8, 30 % high": (classes(1, 0.8, 0.3), [1.052632, 5.263158], 200),
    "10 M/M/5 4.25, 20 % high": (classes(5, 4.25, 0.2), [0.157704, 1.051357], 250),
    "11 M/M/6 5, 20 % high": (classes(6, 5.0, 0.2), [0.117503, 0.705020], 250),
    "15 M/M/1 5/8": (mean_wait(1, 0.625), [5 / 3], 60),
    "16 M/M/1 .2 and .6": (classes(1, 0.8, 0.25, lead=True), [2.0, 6.0], 150),
    "17 M/M/1 .8, 25 % high": (classes(1, 0.8, 0.25), [1.0, 5.0], 200),
}
"""What is measured, what it is exactly, and the runs of the long form. Case 15 has
arrivals of 5 and a rate of 8: with a mean service of 1, its .208333 is 8 times that."""


def check(case: Case, exact: list[float], runs: int) -> None:
    found = np.array([case(seed) for seed in range(runs)])
    error = found.std(axis=0, ddof=1) / math.sqrt(runs)
    for mean, spread, right in zip(found.mean(axis=0), error, exact, strict=True):
        assert abs(mean - right) < 4 * spread, (mean, spread, right)
        if LONG:
            assert 1.96 * spread < 0.01 * right, (mean, spread, right)


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_a_queue_whose_answer_is_known_is_met(name: str) -> None:
    case, exact, runs = CASES[name]
    check(case, exact, runs if LONG else RUNS)


@pytest.mark.slow
def test_the_network_takes_the_time_that_jackson_says() -> None:
    def measured(seed: int) -> list[float]:
        run = simulate(network_stations(), network_routes(seed, 100_000))
        return [float(run.lead[settled(run)].mean())]

    check(measured, [network_time()], 100 if LONG else 8)


def test_the_table_of_the_network_is_that_of_its_formula() -> None:
    assert network_time() == pytest.approx(8.401911, abs=1e-6)
    assert len(NETWORK) == 20


@pytest.mark.parametrize(
    ("teams", "people", "load", "apart", "pooled"),
    [
        (10, 2, 0.70, 0.9608, 0.01559),
        (10, 2, 0.85, 2.6036, 0.12835),
        (10, 2, 0.95, 9.2564, 0.75540),
        (5, 4, 0.80, 0.7455, 0.06402),
        (4, 8, 0.90, 0.8769, 0.14319),
    ],
)
def test_what_a_pool_gains(
    teams: int, people: int, load: float, apart: float, pooled: float
) -> None:
    assert wait(people, people * load) == pytest.approx(apart, abs=1e-4)
    whole = teams * people
    assert wait(whole, whole * load) == pytest.approx(pooled, abs=1e-5)


def test_the_waits_of_two_classes_add_up_to_that_of_one() -> None:
    for people, arrivals, high in [(1, 0.8, 0.3), (5, 4.25, 0.2), (6, 5.0, 0.2)]:
        first, second = waits(people, arrivals, high)
        assert high * first + (1 - high) * second == pytest.approx(
            erlang_c(people, arrivals) / (people - arrivals)
        )
