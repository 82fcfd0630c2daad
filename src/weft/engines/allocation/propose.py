"""Propose who sits where: the way in for everybody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from weft.engines.allocation.plan import Ended, Plan, plan_of
from weft.engines.allocation.problem import Problem, empty

A_DAY = 86_400.0
ROUNDS, SWEEPS, LARGE, FEWER = 150, 1_200, 1_000, 0.35
"""Rounds of the bound and sweeps of the search up to LARGE people; beyond that fewer,
by this power of how many more there are."""
BOUND_SHARE = 0.25
"""Share of the time that the bound may take."""
SMALL, EXACT_S = 6_000, 6.0
"""Options times months up to which HiGHS gets the whole model, and for how long."""


def _no_limit() -> float:
    return A_DAY


def _never() -> bool:
    return False


def _quiet(_share: float) -> None:
    pass


@dataclass(frozen=True)
class _Clock:
    """How far the work is: by what is done, or by the time gone if that is more."""

    left: Callable[[], float]
    cancelled: Callable[[], bool]
    tell: Callable[[float], None]
    whole: float

    def share(self, done: float, start: float, end: float) -> float:
        """Give the share of a part of the work that takes from start to end of all."""
        gone = (1 - self.left() / self.whole - start) / (end - start)
        share = 1.0 if self.cancelled() else min(max(done, gone), 1.0)
        self.tell(start + share * (end - start))
        return share

    def ended(self) -> Ended:
        """Tell what ended the search."""
        if self.cancelled():
            return "cancelled"
        return "time" if self.left() <= (1 - SEARCHED) * self.whole else "done"


SEARCHED = 0.9
"""Share of the time after which the search ends."""


def propose(
    problem: Problem,
    *,
    seed: int = 0,
    left: Callable[[], float] = _no_limit,
    cancelled: Callable[[], bool] = _never,
    tell: Callable[[float], None] = _quiet,
) -> Plan:
    """Give a plan that keeps every rule, with a bound on what the best could cost.

    problem: without faults (see `problem.faults`). seed: the same gives the same plan,
    if time does not cut it short. left: gives the seconds left; as they run out the
    search hurries, and gives the best it has. cancelled: asked often; ends it at once.
    tell: is given the share that is done, 0 to 1.
    """
    if not len(problem.misfit) or not problem.demand.any():
        prices = np.zeros(problem.demand.shape)
        plan = plan_of(problem, empty(4), 0.0, prices, "proven")
        return plan_of(problem, empty(4), float(plan.cost.total), prices, "proven")
    clock = _Clock(left, cancelled, tell, max(left(), 1e-3))
    plan = _searched(problem, clock, seed)
    if plan.ended == "done" and problem.misfit.size * len(problem.months) <= SMALL:
        return _exact(problem, plan, min(EXACT_S, left() - 1))
    return plan


def _searched(problem: Problem, clock: _Clock, seed: int) -> Plan:
    from weft.engines.allocation.bound import climb  # noqa: PLC0415, Numba is slow
    from weft.engines.allocation.mending import mend  # noqa: PLC0415
    from weft.engines.allocation.search import search  # noqa: PLC0415

    effort = (LARGE / max(len(problem.people), LARGE)) ** FEWER
    bound = climb(
        problem,
        int(ROUNDS * effort),
        lambda done: clock.share(done, 0, BOUND_SHARE) < 1,
    )
    given = search(
        problem,
        bound,
        seed=seed,
        sweeps=int(SWEEPS * effort),
        share=lambda done: clock.share(done, BOUND_SHARE, SEARCHED),
    )
    given = mend(problem, given)
    return plan_of(problem, given, bound.points, bound.prices, clock.ended())


def _exact(problem: Problem, plan: Plan, seconds: float) -> Plan:
    """Give a small firm's best plan, or the better of the two with the better bound."""
    from weft.engines.allocation.exact import solve  # noqa: PLC0415

    if seconds <= 0:
        return plan
    found = solve(problem, seconds=seconds)
    ended: Ended = "proven" if found.proven else "done"
    given, bound = plan.given, max(plan.bound, found.bound)
    if found.given is not None:
        best = plan_of(problem, found.given, bound, plan.prices, ended)
        if found.proven or best.cost.total < plan.cost.total:
            given = found.given
    return plan_of(problem, given, bound, plan.prices, ended)
