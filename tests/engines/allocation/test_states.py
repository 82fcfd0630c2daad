"""A plan taken up by the search: who sits, what is counted, what stays locked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.engines.allocation.conftest import Tiny

from weft.engines.allocation import Problem, plan_of, propose
from weft.engines.allocation.problem import Ints
from weft.engines.allocation.solving import search as searching
from weft.engines.allocation.solving import tables as made
from weft.engines.allocation.solving.states import SLOTS, Sitting, sitting
from weft.engines.allocation.solving.tables import Tables


def rows(given: Ints) -> list[tuple[int, ...]]:
    return sorted(tuple(row) for row in given.tolist())


def taken_up(problem: Problem, given: Ints) -> tuple[Tables, Sitting]:
    tab = made.tables(problem, np.ones(len(problem.misfit), np.bool_))
    return tab, sitting(problem, tab, given, np.zeros(problem.demand.shape), 1)


@pytest.mark.parametrize("seed", range(8))
def test_the_plan_that_is_taken_up_is_the_one_that_is_read_off(
    seed: int, tiny: Tiny
) -> None:
    problem = tiny(seed, people=8)
    given = propose(problem).given
    tab, state = taken_up(problem, given)
    assert rows(searching.given(tab, state)) == rows(given)
    plan = plan_of(problem, given, 0.0, state.price, "done")
    assert (state.filled == problem.demand - plan.open).all()
    assert (state.begun == plan.begun).all()
    missing = np.maximum(tab.holders - state.holds, 0)
    assert (missing == plan.missing_holders).all()
    assert not state.locked.any()


def test_who_goes_on_in_a_mission_keeps_the_slot(tiny: Tiny) -> None:
    problem = tiny(5, people=8, missions=6)
    person = int(np.argmax(np.diff(problem.option_start)))
    options = range(*problem.option_start[person : person + 2])
    one, two = problem.option_need[[options[0], options[-1]]]
    assert problem.need_mission[one] != problem.need_mission[two]
    most_of_one, most_of_two = (6, 4), (4, 6)
    given = np.array(
        [
            (person, need, month, units)
            for month, split in enumerate((most_of_one, most_of_two))
            for need, units in zip((one, two), split, strict=True)
        ]
    )
    tab, state = taken_up(problem, given)
    assert rows(searching.given(tab, state)) == rows(given)
    assert (state.pair[person, :, 0] == state.pair[person, :, 1]).all()
    assert (state.pair[person, :, 2] == -1).all()


def test_accepted_seats_are_locked_in_slots_of_their_own(tiny: Tiny) -> None:
    problem = tiny(4, people=8)
    given = propose(problem).given
    accepted = replace(problem, fixed=given[::2])
    _, state = taken_up(accepted, given)
    assert state.locked.sum() == len(accepted.fixed)
    for p, _, t, units in accepted.fixed.tolist():
        assert units in state.units[p, state.locked[p, :, t], t]


def test_of_more_needs_than_slots_the_least_are_left_out(tiny: Tiny) -> None:
    problem = tiny(5, people=8, missions=6)
    person = int(np.argmax(np.diff(problem.option_start)))
    start = problem.option_start[person]
    needs = problem.option_need[start : problem.option_start[person + 1]]
    assert len(needs) > SLOTS
    given = np.array([(person, need, 0, 1 + i) for i, need in enumerate(needs)])
    tab, state = taken_up(problem, given)
    assert rows(searching.given(tab, state)) == rows(given[-SLOTS:])
    assert (state.filled.sum(axis=0) == [given[-SLOTS:, 3].sum(), 0, 0]).all()
