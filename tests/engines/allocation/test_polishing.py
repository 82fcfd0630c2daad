"""Units at their best: never dearer, every seat where it was, every rule held."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.engines.allocation.conftest import Tiny

from weft.engines.allocation import Plan, Problem, check, plan_of
from weft.engines.allocation.problem import Ints
from weft.engines.allocation.solving import exact
from weft.engines.allocation.solving.polishing import polish

LONG = 60.0


def planned(problem: Problem, given: Ints) -> Plan:
    zero = np.zeros(problem.demand.shape)
    return plan_of(problem, given, 0.0, zero, "done")


def best(problem: Problem) -> Ints:
    found = exact.solve(problem, LONG).given
    assert found is not None
    return found


def spoilt(problem: Problem, given: Ints) -> Ints:
    """Make every seat as small as may be: all that is more is taken away."""
    mission = problem.need_mission[given[:, 1]]
    _, first = np.unique(
        np.column_stack([given[:, 0], mission, given[:, 2]]), axis=0, return_index=True
    )
    kept = given[np.sort(first)].copy()
    kept[:, 3] = np.minimum(kept[:, 3], problem.least_units)
    return kept[kept[:, 3] >= problem.least_units]


@pytest.mark.parametrize("seed", range(8))
def test_what_is_spoilt_gets_better_and_keeps_every_rule(seed: int, tiny: Tiny) -> None:
    problem = tiny(seed, moves=2 if seed % 2 else None)
    worse = spoilt(problem, best(problem))
    after = planned(problem, polish(problem, worse, lambda: LONG))
    assert check(problem, after) == ()
    assert after.cost.total <= planned(problem, worse).cost.total
    assert seats(problem, after.given) == seats(problem, worse)


def seats(problem: Problem, given: Ints) -> set[tuple[int, ...]]:
    mission = problem.need_mission[given[:, 1]]
    rows = np.column_stack([given[:, 0], mission, given[:, 2]]).tolist()
    return {tuple(row) for row in rows}


@pytest.mark.parametrize("seed", range(4))
def test_the_best_plan_stays_what_it_costs_and_accepted_seats_stay(
    seed: int, tiny: Tiny
) -> None:
    problem = tiny(seed)
    plan = best(problem)
    accepted = replace(problem, fixed=plan[plan[:, 0] == plan[0, 0]])
    after = planned(accepted, polish(accepted, plan, lambda: LONG))
    assert check(accepted, after) == ()
    assert after.cost.total == planned(problem, plan).cost.total


def test_without_time_the_plan_stays(tiny: Tiny) -> None:
    problem = tiny(1)
    plan = best(problem)
    assert polish(problem, plan, lambda: 0.0) is plan
