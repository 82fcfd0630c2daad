"""Give the people who sit the best units there are, in all months at once.

Who sits where and when stays, and with it every rule of people and teams; how many
units each gives to which need is a linear programme, which HiGHS solves to its best.
The search finds seats well, and moves units one or two at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np

from weft.engines.allocation.plan import Seats, plan_of
from weft.engines.allocation.problem import Flags, Floats, Ints, Problem
from weft.engines.allocation.solving.mending import mend
from weft.engines.allocation.solving.rows import Rows
from weft.engines.allocation.solving.tables import place

HAIR = 1e-6
NEAR = 1e-4
"""Share of the cost by which what is made whole may be above the best."""

FIRST = 0.85
"""Share of the time for the units; what is split gets all that is left then."""


LARGEST = 1_000_000
"""Columns beyond which HiGHS has no chance, and takes gigabytes to find out."""
A_SECOND, STEEP = 12_000, 1.8
"""Months of people that take it about a second, and the power with which more do."""


def expected(problem: Problem) -> float:
    """Give about how many seconds it takes; inf where it has no chance.

    Measured on one core: 0.7 to 1.6 s for a year of 1,000 people, 10 s for 3,000 and
    50 s for 10,000.
    """
    months = int((problem.capacity > 0).sum())
    # who is there is two columns a month
    return inf if 2 * months > LARGEST else (months / A_SECOND) ** STEEP


def polish(problem: Problem, given: Ints, left: Callable[[], float]) -> Ints:
    """Give the plan with its units at their best, or as it is if that is no better.

    given: [., 4] (person, need, month, units) that keeps every rule. left: gives the
    seconds left; once they are gone it stays as it is.
    """
    if not len(given) or left() <= 0:
        return given
    units = _Units(problem, Seats(problem, given))
    found = units.best(left) if units.joined[-1] < LARGEST else None
    if found is None:
        return given
    # where a split unit cannot be made whole in time it is lost: what is too small goes
    return min(given, mend(problem, found), key=lambda rows: _cost(problem, rows))


def _cost(problem: Problem, given: Ints) -> int:
    zero = np.zeros(problem.demand.shape)
    return plan_of(problem, given, 0.0, zero, "done").cost.total


@dataclass(eq=False)
class _Units:
    """The programme. Columns: units x of options and months held, open u, joined j."""

    problem: Problem
    table: Seats

    def __post_init__(self) -> None:
        """Give each column its number: options and months, needs and months, seats."""
        problem, held = self.problem, self.table.units[:, 1:] > 0
        key = problem.option_person * len(problem.missions) + problem.option_mission
        at, known = place(self.table.pairs, key)
        option = np.nonzero(known)[0]
        column, self.month = np.nonzero(held[at[option]])
        self.option, self.pair = option[column], at[option[column]]
        self.seat = np.full(held.shape, -1)
        self.seat[held] = np.arange(held.sum())
        self.open = len(self.option) + np.arange(problem.demand.size)
        self.joined = self.open[-1] + 1 + np.arange(held.sum())

    def best(self, left: Callable[[], float]) -> Ints | None:
        """Give the best units: [., 4], or None if the time runs out."""
        from scipy.optimize import milp  # noqa: PLC0415, only a round pays for it

        problem, months = self.problem, len(self.problem.months)
        parts = (
            problem.misfit[self.option],
            np.repeat(problem.weight, months),
            np.full(len(self.joined), problem.join),
        )
        cost, rows = np.concatenate(parts).astype(float), self._rows()
        least, most = self._bounds()
        limit = {"time_limit": max(0.0, FIRST * left())}  # below 0 is no limit to it
        found = milp(cost, bounds=(least, most), constraints=rows, options=limit).x
        if found is None:
            return None
        count = len(self.option)
        units = np.floor(found[:count] + HAIR)
        split = found[:count] - units > HAIR
        if split.any():
            least[:count], most[:count] = units, units + split
            # without presolve HiGHS has no rounding to mend, of which it would print
            whole = milp(
                cost,
                integrality=np.append(split, np.zeros(len(cost) - count)),
                bounds=(least, most),
                constraints=rows,
                options={
                    "time_limit": max(0.0, left()),
                    "presolve": False,
                    "mip_rel_gap": NEAR,
                },
            ).x
            units = units if whole is None else np.rint(whole[:count])
        person, need = problem.option_person, problem.option_need
        columns = (person[self.option], need[self.option], self.month, units)
        given: Ints = np.column_stack(columns).astype(np.int64)[units > 0]
        return given

    def _bounds(self) -> tuple[Floats, Floats]:
        """Units are what they are in accepted seats, and else as many as may be."""
        problem = self.problem
        least = np.zeros(self.joined[-1] + 1)
        most = np.full(len(least), np.inf)
        person, need = problem.option_person, problem.option_need
        mine = (person[self.option], need[self.option], self.month)
        shape = (len(problem.people), len(problem.needs), len(problem.months))
        fixed = np.ravel_multi_index(tuple(problem.fixed[:, :3].T), shape)
        settled = self._settled()
        most[: len(self.option)][settled] = 0
        order = np.argsort(fixed)
        at, there = place(fixed[order], np.ravel_multi_index(mine, shape))
        units = problem.fixed[order][at[there], 3] if len(order) else 0
        least[: len(self.option)][there] = units
        most[: len(self.option)][there] = units
        return least, most

    def _settled(self) -> Flags:
        """Tell which columns are of accepted seats."""
        problem = self.problem
        missions = problem.need_mission[problem.fixed[:, 1]]
        pairs = problem.fixed[:, 0] * len(problem.missions) + missions
        months = len(problem.months)
        mine = self.table.pairs[self.pair] * months + self.month
        return np.isin(mine, pairs * months + problem.fixed[:, 2])

    def _rows(self) -> object:
        problem, months = self.problem, len(self.problem.months)
        rows, units = Rows(), np.arange(len(self.option))
        need, person = problem.option_need[self.option], problem.option_person
        asked = problem.demand.ravel().astype(float)
        first = rows.add(len(asked), asked, asked)
        rows.put(first + need * months + self.month, units, 1)
        rows.put(first + np.arange(len(asked)), self.open, 1)
        first = rows.add(problem.capacity.size, -np.inf, problem.capacity.ravel())
        rows.put(first + person[self.option] * months + self.month, units, 1)
        seats, mine = len(self.joined), self.seat[self.pair, self.month]
        first = rows.add(seats, problem.least_units, np.inf)
        rows.put(first + mine, units, 1)
        # what is held beyond the month before is joined
        pair, month = np.nonzero(self.seat >= 0)
        before = np.where(month == 0, self.table.units[pair, 0], 0)
        first = rows.add(seats, -np.inf, before)
        rows.put(first + mine, units, 1)
        rows.put(first + np.arange(seats), self.joined, -1)
        after = np.append(self.seat, np.full((len(self.seat), 1), -1), axis=1)
        goes_on = after[self.pair, self.month + 1]
        some = goes_on >= 0
        rows.put(first + goes_on[some], units[some], -1)
        return rows.limits(len(self.open) + len(self.option) + seats)
