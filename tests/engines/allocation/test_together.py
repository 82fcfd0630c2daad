"""People laid anew together: the change told is the one there is; counts stay right."""

from __future__ import annotations

import numpy as np
import pytest
from tests.engines.allocation.conftest import Tiny

from weft.engines.allocation import Problem, plan_of
from weft.engines.allocation.solving import search as searching
from weft.engines.allocation.solving import tables as made
from weft.engines.allocation.solving.kernel import sweep
from weft.engines.allocation.solving.states import Sitting, sitting
from weft.engines.allocation.solving.tables import Bench, Tables
from weft.engines.allocation.solving.together import regroup

Started = tuple[Tables, Sitting, Bench]


def started(problem: Problem, seed: int) -> Started:
    """Give a plan as a few sweeps of the search leave it, at its true prices."""
    tab = made.tables(problem, np.ones(len(problem.misfit), np.bool_))
    state = sitting(problem, tab, problem.fixed, np.zeros(problem.demand.shape), seed)
    room = made.bench(tab, state.option.shape[1])
    searching.harden(problem, state, 1)
    state.noise[0] = 0
    sweep(tab, state, room, np.arange(len(problem.people)), 0.0)
    return tab, state, room


def points(problem: Problem, tab: Tables, state: Sitting) -> int:
    """Count the cost anew, by the code that judges plans."""
    given = searching.given(tab, state)
    zero = np.zeros(problem.demand.shape)
    return plan_of(problem, given, 0.0, zero, "done").cost.total


@pytest.mark.parametrize("seed", range(8))
def test_the_change_of_the_cost_that_is_told_is_the_one_there_is(
    seed: int, tiny: Tiny
) -> None:
    problem = tiny(seed, people=8)
    tab, state, room = started(problem, seed)
    for heat in (0.0, 30.0, 300.0):
        before = points(problem, tab, state)
        change = regroup(tab, state, room, 50, heat)
        assert points(problem, tab, state) == pytest.approx(before + change)
        assert heat or change <= 0


@pytest.mark.parametrize("seed", range(4))
def test_counts_stay_those_of_who_sits(seed: int, tiny: Tiny) -> None:
    problem = tiny(seed, people=8)
    tab, state, room = started(problem, seed)
    regroup(tab, state, room, 200, 50.0)
    filled, begun = np.zeros_like(state.filled), np.zeros_like(state.begun)
    given = searching.given(tab, state)
    np.add.at(filled, (given[:, 1], given[:, 2]), given[:, 3])
    begun = plan_of(problem, given, 0.0, state.price, "done").begun
    assert (state.filled == filled).all()
    assert (state.begun == begun).all()
