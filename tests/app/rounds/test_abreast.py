"""Searches side by side: the better plan, and one that fails ends the other."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from threading import current_thread

import pytest
from tests.engines.allocation.conftest import Tiny, tiny

from weft.app.rounds.abreast import abreast
from weft.engines.allocation import Exact, Plan, check, propose

__all__ = ["tiny"]


def test_a_round_is_the_same_side_by_side_as_one_after_the_other(tiny: Tiny) -> None:
    problem = tiny(5, people=8)
    plans = [
        propose(problem, solver=lambda *_: Exact(), abreast=run)
        for run in (abreast, lambda all_: [each(lambda: False) for each in all_])
    ]
    assert plans[0].given.tolist() == plans[1].given.tolist()
    assert check(problem, plans[0]) == ()


def test_each_search_has_a_thread_of_its_own(tiny: Tiny) -> None:
    plan, names = propose(tiny(1)), set[str]()

    def search(_stopped: Callable[[], bool]) -> Plan:
        names.add(current_thread().name)
        while len(names) < 2:  # waits for the other one: they run at once
            pass
        return plan

    assert abreast([search, search]) == [plan, plan]
    assert len(names) == 2


def test_a_search_that_fails_ends_the_others_and_is_told(tiny: Tiny) -> None:
    plan, asked = propose(tiny(1)), count()

    def failing(_stopped: Callable[[], bool]) -> Plan:
        raise MemoryError

    def going_on(stopped: Callable[[], bool]) -> Plan:
        while not stopped():
            next(asked)
        return plan

    with pytest.raises(MemoryError):
        abreast([failing, going_on])


def test_whoever_cancels_ends_both(tiny: Tiny) -> None:
    problem, asked = tiny(2, people=14), count()
    plan = propose(
        problem,
        cancelled=lambda: next(asked) > 60,
        solver=lambda *_: Exact(),
        abreast=abreast,
    )
    assert plan.ended == "cancelled"
    assert check(problem, plan) == ()
