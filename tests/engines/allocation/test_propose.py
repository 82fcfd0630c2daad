"""The whole way from problem to plan: rules, the proven best, time, cancel, seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from tests.engines.allocation.conftest import Tiny

from weft.engines.allocation import Plan, Problem, check, empty, least, propose
from weft.engines.allocation.propose import CHANCY, Search
from weft.engines.allocation.solving import bound, exact, polishing


class Clock:
    """A clock that ticks each time it is read."""

    def __init__(self, seconds: float, tick: float) -> None:
        self.seconds, self.tick = seconds, tick

    def __call__(self) -> float:
        """Give the seconds that are left."""
        self.seconds -= self.tick
        return self.seconds


def searched(problem: Problem, *, seed: int = 0, reads: int = 200) -> Plan:
    """Give a plan of the search alone, which has no time to prove it."""
    return propose(problem, seed=seed, left=Clock(1, 1 / reads))


@pytest.mark.slow
def test_the_search_keeps_every_rule_its_bound_holds_and_it_comes_near(
    tiny: Tiny,
) -> None:
    """Tiny firms are the hardest: hardly any plan keeps the rules, and all are far."""
    over = []
    for seed in range(12):
        problem = tiny(seed, people=6, moves=2 if seed % 3 == 0 else None)
        plan = searched(problem, reads=400)
        assert check(problem, plan) == ()
        best = exact.solve(problem, seconds=60)
        assert best.proven
        assert plan.bound <= best.bound + 1e-3 <= plan.cost.total + 2e-3
        over.append(plan.cost.total / best.bound)
    assert np.mean(over) < 1.2


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_small_firm_gets_the_best_plan_there_is(seed: int, tiny: Tiny) -> None:
    problem = tiny(seed)
    plan = propose(problem, left=Clock(100, 0.4))
    assert check(problem, plan) == ()
    if plan.ended == "proven":
        assert plan.gap < 1e-6
    assert plan.cost.total >= exact.solve(problem, seconds=60).bound - 1e-3


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_what_was_accepted_stays(seed: int, tiny: Tiny) -> None:
    problem = tiny(seed, people=6)
    first = searched(problem)
    accepted = replace(problem, fixed=_seats(problem, first.given, 4))
    again = searched(accepted, seed=7)
    assert check(accepted, again) == ()


def _seats(problem: Problem, given: np.ndarray, count: int) -> np.ndarray:
    """Give all rows of the first few seats of a plan."""
    mission = problem.need_mission[given[:, 1]]
    seat = np.column_stack([given[:, 0], mission, given[:, 2]])
    _, at = np.unique(seat, axis=0, return_inverse=True)
    return given[at.ravel() < count]


def alone(problem: Problem, seed: int, *, abreast: int = 1) -> Plan:
    """Give a plan of so many searches alone, with all the time they want."""

    def run(searches: Sequence[Search]) -> list[Plan]:
        return [search(lambda: False) for search in searches[:abreast]]

    return propose(problem, seed=seed, solver=lambda *_: exact.Exact(), abreast=run)


def test_the_same_seed_gives_the_same_plan(tiny: Tiny) -> None:
    problem = tiny(5, people=8)
    one, two, other = (alone(problem, seed, abreast=2) for seed in (3, 3, 4))
    assert one.given.tolist() == two.given.tolist() != other.given.tolist()
    assert one.bound == two.bound


def test_the_better_of_two_searches_is_kept(tiny: Tiny) -> None:
    problem = tiny(5, people=8)
    one, two = (
        [alone(problem, seed, abreast=abreast).cost.total for seed in range(6)]
        for abreast in (1, 2)
    )
    assert all(both <= first for both, first in zip(two, one, strict=True))
    assert sum(two) < sum(one)


def test_a_large_firm_is_searched_once(tiny: Tiny) -> None:
    many: list[int] = []

    def run(searches: Sequence[Search]) -> list[Plan]:
        many.append(len(searches))
        return [search(lambda: True) for search in searches]

    for people in (CHANCY, CHANCY + 1):
        propose(tiny(1, people=people, missions=2), left=Clock(9, 0.5), abreast=run)
    assert many == [2, 1]


def test_time_that_runs_out_gives_what_there_is(tiny: Tiny) -> None:
    problem = tiny(1, people=8)
    plan = searched(problem, reads=8)
    assert plan.ended == "time"
    assert check(problem, plan) == ()
    assert 0 <= plan.gap <= 1


def test_cancelled_at_once_gives_a_plan_that_keeps_the_rules(tiny: Tiny) -> None:
    problem = tiny(1, people=8)
    plan = propose(problem, cancelled=lambda: True)
    assert plan.ended == "cancelled"
    assert check(problem, plan) == ()


def test_it_tells_how_far_it_is(tiny: Tiny) -> None:
    problem = tiny(2, people=8)
    told: list[float] = []
    propose(problem, left=Clock(1, 0.005), tell=told.append)
    assert told == sorted(told)
    assert told
    assert 0 < told[0] < told[-1] <= 1


@pytest.mark.parametrize(
    ("tick", "largest", "end"),
    [(0.04, 10**6, 0.82), (0.02, 10**6, 0.866), (0.005, 10**6, 0.92), (0.02, 1, 0.92)],
    ids=["slow to polish", "not so slow", "quick to polish", "too large to"],
)
def test_the_search_leaves_the_time_that_polishing_took_on_the_way(
    tick: float,
    largest: int,
    end: float,
    tiny: Tiny,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(polishing, "LARGEST", largest)
    problem, told = tiny(2, people=8), [0.0]
    plan = propose(problem, left=Clock(1, tick), tell=told.append)
    assert check(problem, plan) == ()
    assert told == sorted(told)
    assert told[-1] == pytest.approx(end, abs=1e-3)


def test_nobody_able_leaves_all_open_and_says_so(tiny: Tiny) -> None:
    problem = tiny(1)
    nobody = replace(
        problem,
        option_start=np.zeros(len(problem.people) + 1, np.int64),
        option_need=empty(1)[:, 0],
        misfit=empty(1)[:, 0],
    )
    plan = propose(nobody)
    assert plan.ended == "proven"
    assert (plan.open == problem.demand).all()
    assert plan.gap == 0


def test_compiling_takes_nothing_from_the_time_of_a_bound(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem, left, climb = tiny(1, people=8), [4.0], bound.climb

    def slow(*given: object) -> bound.Bound:
        if left[0] > 0:  # compiled the first time that it is called
            left[0] -= 60
        return climb(*given)  # type: ignore[arg-type]

    whole = climb(problem, 75, lambda _done: True)
    assert climb(problem, 1, lambda _done: True).points < whole.points
    monkeypatch.setattr(bound, "climb", slow)
    found = least(problem, lambda: left[0], solver=lambda *_: exact.Exact())
    assert found == whole.points
