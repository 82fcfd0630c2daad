"""Propose who sits where: the way in for everybody else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from weft.engines.allocation.plan import Ended, Plan, plan_of
from weft.engines.allocation.problem import Ints, Problem, empty
from weft.engines.allocation.solving.exact import Exact, solve

if TYPE_CHECKING:
    from weft.engines.allocation.solving.bound import Bound

A_DAY = 86_400.0
ROUNDS, SWEEPS, LARGE, FEWER = 75, 3_000, 1_000, 0.35
"""Rounds of the bound and sweeps of the search up to LARGE people; beyond that fewer,
by this power of how many more there are."""
BOUND_SHARE = 0.25
"""Share of the time that the bound may take."""
SMALL, EXACT_S, EXACT_SHARE = 6_000, 10.0, 0.5
"""Options times months up to which HiGHS gets the whole model, for how long at most,
and for what share of the time that is left."""


Tell = Callable[[float], None]
Solver = Callable[[Problem, float], Exact]
"""Solves a small firm within so many seconds."""
Search = Callable[[Callable[[], bool]], Plan]
"""Searches once, until the time is over or it is told to stop."""
Abreast = Callable[[Sequence[Search]], Sequence[Plan]]
"""Runs searches, as many of them at once as it can; one at least."""


def _no_limit() -> float:
    return A_DAY


def _never() -> bool:
    return False


def _quiet(_share: float) -> None:
    pass


def _first(searches: Sequence[Search]) -> Sequence[Plan]:
    return [searches[0](_never)]


def _as_it_is(_rows: Ints) -> None:
    pass


@dataclass(frozen=True)
class _Clock:
    """How far the work is: by what is done, or by the time gone if that is more."""

    left: Callable[[], float]
    cancelled: Callable[[], bool]
    whole: float

    def gone(self) -> float:
        """Give the share of the time that is gone."""
        return 1 - self.left() / self.whole

    def within(self, end: float) -> float:
        """Give the seconds left until a share of the time is gone."""
        return self.left() - (1 - end) * self.whole

    def share(self, done: float, start: float, end: float) -> float:
        """Give the share of a part of the work that takes from start to end of all."""
        gone = (self.gone() - start) / (end - start)
        return 1.0 if self.cancelled() else min(max(done, gone), 1.0)

    def ended(self, end: float) -> Ended:
        """Tell what ended the search, which had until a share of the time was gone."""
        if self.cancelled():
            return "cancelled"
        return "time" if self.gone() >= end else "done"


POLISH, ALONG = 0.25, 0.1
"""Shares of the time that HiGHS may be expected to take to polish a plan at the end,
and on the way, too; else it is not asked to."""
BETWEEN = 0.12
"""Share of the time that it has at most on the way."""
SPARE, MORE = 1.5, 0.04
"""Times as long as that took, and a share of the time beside, are kept to polish the
plan at the end."""
SEARCHED, LATE = 0.82, 0.92
"""Share of the time after which the search ends; HiGHS polishes what it found. Later
where that was quick on the way, or where it is not asked to."""
ABREAST, CHANCY = 2, 3_000
"""Searches side by side, and people up to which there are so many: the more people, the
less two of them differ."""


def propose(
    problem: Problem,
    *,
    seed: int = 0,
    left: Callable[[], float] = _no_limit,
    cancelled: Callable[[], bool] = _never,
    tell: Tell = _quiet,
    solver: Solver = solve,
    abreast: Abreast = _first,
) -> Plan:
    """Give a plan that keeps every rule, with a bound on what the best could cost.

    problem: without faults (see `problem.faults`). seed: the same gives the same plan,
    if time does not cut it short. left: gives the seconds left; as they run out the
    search hurries, and gives the best it has. cancelled: asked often; ends it at once.
    tell: is given the share that is done, 0 to 1.
    solver: solves a small firm; another one can be stopped sooner.
    abreast: runs two searches at once, where it can, of which the better plan is kept;
    this one, without threads, the first alone.

    A small firm goes whole to HiGHS first, and is searched if that proves nothing.
    The time to compile the search, once on each machine, is not the round's.
    """
    if not len(problem.misfit) or not problem.demand.any():
        prices = np.zeros(problem.demand.shape)
        plan = plan_of(problem, empty(4), 0.0, prices, "proven")
        return plan_of(problem, empty(4), float(plan.cost.total), prices, "proven")
    from weft.engines.allocation.solving.bound import climb  # noqa: PLC0415, slow

    left = _ready(left, _searched_once)
    clock = _Clock(left, cancelled, max(left(), 1e-3))
    effort = (LARGE / max(len(problem.people), LARGE)) ** FEWER
    bound = climb(
        problem,
        int(ROUNDS * effort),
        lambda done: clock.share(done, 0, BOUND_SHARE) < 1,
    )
    exact = _exact(problem, clock, solver)
    bound = replace(bound, points=max(bound.points, exact.bound))
    if exact.given is not None and exact.proven:
        return plan_of(problem, exact.given, bound.points, bound.prices, "proven")
    searches = _searches(
        problem, bound, clock, seed=seed, sweeps=int(SWEEPS * effort), tell=tell
    )
    plan = min(abreast(searches), key=lambda plan: plan.cost.total)
    if exact.given is None:
        return plan
    other = plan_of(problem, exact.given, bound.points, bound.prices, plan.ended)
    return min(other, plan, key=lambda plan: plan.cost.total)


def least(
    problem: Problem, left: Callable[[], float], *, solver: Solver = solve
) -> float:
    """Give points that no plan can go below, as good as the time allows.

    The time to compile it, once on each machine, is not counted.
    """
    if not len(problem.misfit) or not problem.demand.any():
        prices = np.zeros(problem.demand.shape)
        return float(plan_of(problem, empty(4), 0.0, prices, "proven").cost.total)
    from weft.engines.allocation.solving.bound import climb  # noqa: PLC0415, slow

    left = _ready(left, _bounded_once)
    clock = _Clock(left, _never, max(left(), 1e-3))
    effort = (LARGE / max(len(problem.people), LARGE)) ** FEWER
    rounds = int(ROUNDS * effort)
    bound = climb(problem, rounds, lambda done: clock.share(done, 0, EXACT_SHARE) < 1)
    return max(_exact(problem, clock, solver).bound, bound.points)


def _ready(
    left: Callable[[], float], once: Callable[[], object]
) -> Callable[[], float]:
    """Have what is to be used compiled, and give the time left as if it had been."""
    before = left()
    once()
    taken = before - left()
    return lambda: left() + taken


def _bounded_once() -> Bound:
    from weft.engines.allocation.solving.bound import climb  # noqa: PLC0415, slow

    return climb(_TINY, 1, lambda done: done < 1)


def _searched_once() -> None:
    from weft.engines.allocation.solving.search import search  # noqa: PLC0415

    bound = _bounded_once()
    search(
        _TINY,
        bound,
        seed=0,
        sweeps=2,
        share=lambda done: done,
        settle=_as_it_is,
    )


_ONE = np.ones(1, np.int64)
_TINY = Problem(
    people=("somebody",),
    missions=("something",),
    months=("2026-01",),
    needs=((0, "some skill", 1),),
    capacity=np.full((1, 1), 10),
    camp=_ONE,
    demand=np.full((1, 1), 10),
    weight=_ONE,
    key=np.ones(1, np.bool_),
    mixed=np.ones(1, np.bool_),
    team=_ONE,
    option_start=np.array([0, 1]),
    option_need=0 * _ONE,
    misfit=_ONE,
    seats=empty(3),
    closed=empty(3),
    fixed=empty(4),
    join=1,
    missing=1,
)
"""A round of one person, to have something to compile the search for."""


def _searches(
    problem: Problem, bound: Bound, clock: _Clock, *, seed: int, sweeps: int, tell: Tell
) -> list[Search]:
    """Give two searches that differ by chance alone; of a large firm one."""
    number = ABREAST if len(problem.people) <= CHANCY else 1
    seeds = np.random.SeedSequence(seed).generate_state(number).tolist()

    def search(nth: int, stopped: Callable[[], bool]) -> Plan:
        mine = replace(clock, cancelled=lambda: stopped() or clock.cancelled())
        told = _quiet if nth else tell  # one tells enough: both go by the same clock
        return _searched(
            problem, bound, mine, seed=seeds[nth], sweeps=sweeps, tell=told
        )

    return [partial(search, nth) for nth in range(number)]


def _searched(
    problem: Problem, bound: Bound, clock: _Clock, *, seed: int, sweeps: int, tell: Tell
) -> Plan:
    """Search once, and polish what is found."""
    from weft.engines.allocation.solving.mending import mend  # noqa: PLC0415
    from weft.engines.allocation.solving.polishing import (  # noqa: PLC0415
        expected,
        polish,
    )
    from weft.engines.allocation.solving.search import search  # noqa: PLC0415

    begun = min(clock.gone(), BOUND_SHARE)
    part = expected(problem) / clock.whole
    end = SEARCHED if part <= POLISH else LATE

    def share(done: float) -> float:
        told = clock.share(done, begun, end)
        tell(begun + told * (end - begun))
        return told

    def settle(rows: Ints) -> Ints | None:
        nonlocal end
        before, rows = clock.gone(), mend(problem, rows)
        better = polish(problem, rows, lambda: clock.within(before + BETWEEN))
        kept = SPARE * (clock.gone() - before) + MORE
        end = min(max(end, 1 - kept), LATE)
        return None if better is rows else better

    found = search(
        problem,
        bound,
        seed=seed,
        sweeps=sweeps,
        share=share,
        settle=settle if part <= ALONG else _as_it_is,
    )
    found, ended = mend(problem, found), clock.ended(end)
    if part <= POLISH and not clock.cancelled():
        found = polish(problem, found, clock.left)
    return plan_of(problem, found, bound.points, bound.prices, ended)


def _exact(problem: Problem, clock: _Clock, solver: Solver) -> Exact:
    """Give what HiGHS finds for a small firm; nothing for a large one."""
    small = len(problem.misfit) * len(problem.months) <= SMALL
    seconds = min(EXACT_S, clock.left() * EXACT_SHARE)
    if not small or seconds < 1 or clock.cancelled():
        return Exact()
    return solver(problem, seconds)
