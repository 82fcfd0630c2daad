"""Make a plan keep the rules where a search was cut short: take away, never add."""

from __future__ import annotations

import numpy as np

from weft.engines.allocation.plan import Seats
from weft.engines.allocation.problem import Flags, Ints, Problem


def mend(problem: Problem, given: Ints) -> Ints:
    """Give the plan without what is too much: units, too small seats, seats begun.

    given: [., 4] (person, need, month, units) that keeps the rules of people and teams.
    Accepted seats stay.
    """
    given = given[np.lexsort((given[:, 1], given[:, 0], given[:, 2]))]
    given = _large(problem, _within(problem, given))
    return given if problem.moves is None else _few_begun(problem, given)


def accepted(problem: Problem, given: Ints) -> Flags:
    """Tell which rows of a plan are accepted seats."""
    mine, theirs = (
        (rows[:, 0] * len(problem.needs) + rows[:, 1]) * len(problem.months)
        + rows[:, 2]
        for rows in (given, problem.fixed)
    )
    return np.isin(mine, theirs)


def _within(problem: Problem, given: Ints) -> Ints:
    """Take units away where a need gets more than it asks."""
    filled = np.zeros_like(problem.demand)
    np.add.at(filled, (given[:, 1], given[:, 2]), given[:, 3])
    over = np.maximum(filled - problem.demand, 0)
    loose = ~accepted(problem, given)
    rows = np.nonzero((over[given[:, 1], given[:, 2]] > 0) & loose)[0]
    given = given.copy()
    for row in rows[::-1]:
        need, month = given[row, 1], given[row, 2]
        less = min(over[need, month], given[row, 3])
        given[row, 3] -= less
        over[need, month] -= less
    return given[given[:, 3] > 0]


def _large(problem: Problem, given: Ints) -> Ints:
    """Take away seats below the smallest."""
    key = _pairs(problem, given) * len(problem.months) + given[:, 2]
    _, at = np.unique(key, return_inverse=True)
    units = np.bincount(at, given[:, 3], minlength=len(given))
    return given[(units[at] >= problem.least_units) | accepted(problem, given)]


def _few_begun(problem: Problem, given: Ints) -> Ints:
    """Take away seats that begin where too many do, until those seats would end."""
    moves = problem.moves
    for month in range(len(problem.months)):
        table = Seats(problem, given)
        units = table.units
        begins = (units[:, month + 1] > 0) & (units[:, month] == 0)
        settled = _pairs(problem, problem.fixed[problem.fixed[:, 2] >= month])
        loose = np.nonzero(begins & ~np.isin(table.pairs, settled))[0]
        excess = int(begins.sum()) - int(moves[month] if moves is not None else 0)
        for row in loose[::-1][: max(excess, 0)]:
            gone = np.nonzero(units[row, month + 1 :] == 0)[0]
            end = month + (int(gone[0]) if len(gone) else len(problem.months))
            mine = _pairs(problem, given) == table.pairs[row]
            given = given[~(mine & (given[:, 2] >= month) & (given[:, 2] < end))]
    return given


def _pairs(problem: Problem, rows: Ints) -> Ints:
    """Give person and mission of rows (person, need, ...) as one number."""
    mission = problem.need_mission[rows[:, 1]]
    return rows[:, 0] * len(problem.missions) + mission
