"""The whole model given to HiGHS: its cost is the plan's, and no rule is broken."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.engines.allocation.conftest import Tiny

from weft.engines.allocation import Problem, check, plan_of
from weft.engines.allocation.solving import exact


def checked(problem: Problem) -> int:
    """Give the cost of the best plan, once it is proven and keeps every rule."""
    found = exact.solve(problem, seconds=60)
    assert found.proven
    assert found.given is not None
    prices = np.zeros(problem.demand.shape)
    plan = plan_of(problem, found.given, found.bound, prices, "proven")
    assert check(problem, plan) == ()
    assert plan.cost.total == pytest.approx(found.bound, abs=1e-3)
    return plan.cost.total


@pytest.mark.parametrize("seed", range(10))
def test_the_best_plan_keeps_the_rules_and_costs_what_highs_says(
    seed: int, tiny: Tiny
) -> None:
    problem = tiny(seed, moves=1 if seed % 2 else None)
    best = checked(problem)
    assert checked(replace(problem, moves=np.zeros(3, np.int64))) >= best
    assert checked(replace(problem, most_missions=1)) >= best


@pytest.mark.parametrize("seed", range(5))
def test_what_was_accepted_stays_and_what_was_refused_does_not_come_back(
    seed: int, tiny: Tiny
) -> None:
    problem = tiny(seed)
    found = exact.solve(problem, seconds=60)
    assert found.given is not None
    person, need, month, _ = found.given[0]
    mission = problem.need_mission[need]
    seat = (found.given[:, 0] == person) & (found.given[:, 2] == month)
    seat &= problem.need_mission[found.given[:, 1]] == mission
    best = checked(problem)
    assert checked(replace(problem, fixed=found.given[seat])) == best
    closed = np.concatenate([problem.closed, [[person, mission, month]]])
    assert checked(replace(problem, closed=closed)) >= best
