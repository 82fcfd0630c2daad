"""Searches side by side: the better plan, and one that fails ends the other."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from threading import Barrier
from time import monotonic, sleep

import pytest
from tests.engines.allocation.conftest import Tiny, tiny

from weft.app.rounds.abreast import abreast
from weft.engines.allocation import Exact, Plan, check, propose

__all__ = ["tiny"]

SOON = 20.0
"""Seconds after which a test gives up."""


def test_a_round_is_the_same_side_by_side_as_one_after_the_other(tiny: Tiny) -> None:
    problem = tiny(5, people=8)
    plans = [
        propose(problem, solver=lambda *_: Exact(), abreast=run)
        for run in (abreast, lambda all_: [each(lambda: False) for each in all_])
    ]
    assert plans[0].given.tolist() == plans[1].given.tolist()
    assert check(problem, plans[0]) == ()


def test_searches_run_at_once(tiny: Tiny) -> None:
    plan, both = propose(tiny(1)), Barrier(2, timeout=SOON)

    def search(_stopped: Callable[[], bool]) -> Plan:
        both.wait()  # for the other one
        return plan

    assert abreast([search, search]) == [plan, plan]


def test_a_search_that_fails_ends_the_others_and_is_told(tiny: Tiny) -> None:
    plan, ended = propose(tiny(1)), list[bool]()

    def failing(_stopped: Callable[[], bool]) -> Plan:
        raise MemoryError

    def going_on(stopped: Callable[[], bool]) -> Plan:
        until = monotonic() + SOON
        while not stopped() and monotonic() < until:
            sleep(0.01)
        ended.append(stopped())
        return plan

    with pytest.raises(MemoryError):
        abreast([failing, going_on])
    assert ended == [True]


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
