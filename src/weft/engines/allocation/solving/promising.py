"""Which options the search looks at, compiled: of a large firm only a few of all."""

from __future__ import annotations

import numpy as np

from weft.engines.allocation.problem import Flags, Problem
from weft.engines.allocation.solving.bound import Bound
from weft.engines.compiling import compiled, inner

PROMISING, ABLE = 3, 4
"""Options kept for each person by what they earn, for each key need by their misfit."""
FEW = 10
"""Options a person on average up to which all are kept."""


def promising(problem: Problem, bound: Bound) -> Flags:
    """Keep the options worth trying: all of a small firm, else by what they earn, [E].

    With an option all others of its person in its mission are kept, and so are those
    in missions where the person sits.
    """
    few = len(problem.misfit) <= FEW * len(problem.people)
    keep = np.ones(len(problem.misfit), np.bool_) if few else bound.used.copy()
    fixed = problem.fixed
    settled = np.column_stack([fixed[:, 0], problem.need_mission[fixed[:, 1]]])
    sits = np.concatenate([problem.seats[:, :2], settled])
    sits = sits[np.argsort(sits[:, 0], kind="stable")]
    people = np.arange(len(problem.people) + 1)
    need, misfit = problem.option_need, problem.misfit
    keep_able(need, misfit, problem.key, keep)
    keep_earning(
        problem.option_start,
        need,
        misfit,
        problem.need_mission,
        np.full(len(problem.missions), -1),
        bound.prices,
        np.searchsorted(sits[:, 0], people),
        sits[:, 1].copy(),
        keep,
    )
    return keep


@inner
def put_in(points, at, value, o):
    """Put an option among the best, after those that are as good; the last one goes."""
    place = len(at)
    while place > 0 and value > points[place - 1]:
        place -= 1
    if place < len(at):
        for i in range(len(at) - 1, place, -1):
            points[i], at[i] = points[i - 1], at[i - 1]
        points[place], at[place] = value, o


@inner
def mark_all(at, keep):
    """Keep the options that are there."""
    for o in at:
        if o >= 0:
            keep[o] = True


@compiled
def keep_able(need, misfit, key, keep):
    """Keep for each key need the options of least misfit, of equal ones the first."""
    points, at = np.full((len(key), ABLE), -np.inf), np.full((len(key), ABLE), -1)
    for o in range(len(need)):
        if key[need[o]]:
            put_in(points[need[o]], at[need[o]], -misfit[o], o)
    for n in range(len(key)):
        mark_all(at[n], keep)


@inner
def earned(price, n, misfit):
    """Give what one unit given to a need earns in a year, at the prices: points."""
    total = 0.0
    for t in range(price.shape[1]):
        total += max(price[n, t] - misfit, 0.0)
    return total


@compiled
def keep_earning(start, need, misfit, mission, last, price, sits, there, keep):
    """Keep for each person the options that earn most, and all in those missions.

    last: [M] of -1, gets the last person for whom a mission is kept. sits: [P + 1]
    where those of each person start in `there`, missions they sit in.
    """
    points, at = np.zeros(PROMISING), np.zeros(PROMISING, np.int64)
    for p in range(len(start) - 1):
        points[:], at[:] = -np.inf, -1
        for o in range(start[p], start[p + 1]):
            put_in(points, at, earned(price, need[o], misfit[o]), o)
        mark_all(at, keep)
        for i in range(sits[p], sits[p + 1]):
            last[there[i]] = p
        for o in range(start[p], start[p + 1]):
            if keep[o]:
                last[mission[need[o]]] = p
        for o in range(start[p], start[p + 1]):
            keep[o] |= last[mission[need[o]]] == p
