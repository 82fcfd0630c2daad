"""HiGHS in a process of its own: the same answer, ended at once, nothing left."""

from __future__ import annotations

from itertools import count
from multiprocessing import active_children

import pytest
from tests.engines.allocation.conftest import Tiny, tiny

from weft.app.rounds.apart import solve_apart
from weft.engines.allocation import best, propose

__all__ = ["tiny"]

LONG = 600.0
"""Seconds that a test waits for nobody."""


def test_it_finds_what_is_found_here(tiny: Tiny) -> None:
    problem = tiny(3)
    there, here = solve_apart(lambda: False)(problem, LONG), best(problem, LONG)
    assert there.proven
    assert there.bound == pytest.approx(here.bound)
    assert there.given is not None
    assert here.given is not None
    assert (there.given == here.given).all()


def test_who_cancels_does_not_wait_for_it(tiny: Tiny) -> None:
    """A firm that takes HiGHS minutes: a test that waits for it is killed."""
    problem, asked = tiny(1, people=60, missions=12, months=6), count()
    found = solve_apart(lambda: next(asked) > 3)(problem, LONG)
    assert found.given is None
    assert not found.proven
    assert active_children() == []


def test_a_round_that_is_cancelled_while_it_proves_gives_a_plan(tiny: Tiny) -> None:
    problem, asked = tiny(2, people=14), count()
    plan = propose(
        problem,
        left=lambda: 100.0,
        cancelled=lambda: next(asked) > 20,
        solver=solve_apart(lambda: True),
    )
    assert plan.ended == "cancelled"
    assert active_children() == []
