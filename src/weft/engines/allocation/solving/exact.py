"""The best plan there is, for a small firm: every rule given whole to HiGHS.

A mixed-integer programme of seats, solved by branch and bound. It proves its plan or
bounds it. Good for about a hundred people; it cannot be interrupted but by its time, so
whoever wants to gives `propose` another way to call it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from weft.engines.allocation.problem import Flags, Floats, Ints, Problem
from weft.engines.allocation.solving.rows import Rows


@dataclass(frozen=True, eq=False)
class Exact:
    """What HiGHS found within its time."""

    given: Ints | None = None
    """[., 4] (person, need, month, units), or None when it found no plan."""
    bound: float = 0.0
    """No plan costs fewer points."""
    proven: bool = False


def solve(problem: Problem, seconds: float) -> Exact:
    """Give the best plan of a small firm, or the best and a bound within the time."""
    from scipy.optimize import milp  # noqa: PLC0415, only a round pays for it

    model = Model(problem)
    columns, limits = model.columns, model.limits
    result = milp(
        columns.cost,
        integrality=columns.whole,
        bounds=(columns.least, columns.most),
        constraints=limits,
        options={"time_limit": seconds, "mip_rel_gap": 1e-9},
    )
    proven = result.status == 0
    bound = result.fun if proven else result.get("mip_dual_bound")
    return Exact(
        given=None if result.x is None else model.given(result.x),
        bound=0.0 if bound is None else float(bound),
        proven=proven,
    )


@dataclass(frozen=True, eq=False)
class Columns:
    """What single columns cost, between what they lie, and which are whole."""

    cost: Floats
    least: Floats
    most: Floats
    whole: Ints


class Model:
    """The programme. K pairs of person and mission, E options, N needs, T months.

    Columns, each [., T]: units x[E], open u[N], joined j[K], seated y[K], seats begun
    b[K], holders missing s[N], camps missing a[M, 2].
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.months = len(problem.months)
        missions = len(problem.missions)
        key = problem.option_person * missions + problem.option_mission
        self.pairs, self.option_pair = np.unique(key, return_inverse=True)
        self.person, self.mission = self.pairs // missions, self.pairs % missions
        sizes = {
            "x": len(key),
            "u": len(problem.needs),
            "j": len(self.pairs),
            "y": len(self.pairs),
            "b": len(self.pairs) if problem.moves is not None else 0,
            "s": len(problem.needs),
            "a": missions * 2,
        }
        self.column: dict[str, Ints] = {}
        first = 0
        for name, size in sizes.items():
            block = np.arange(first, first + size * self.months)
            self.column[name] = block.reshape(size, self.months)
            first += size * self.months
        self.size = first

    def given(self, solution: Floats) -> Ints:
        """Read the plan off a solution."""
        units = np.rint(solution[self.column["x"]]).astype(np.int64)
        option, month = np.nonzero(units)
        return np.column_stack(
            [
                self.problem.option_person[option],
                self.problem.option_need[option],
                month,
                units[option, month],
            ]
        )

    @cached_property
    def columns(self) -> Columns:
        """Costs and limits of single columns."""
        problem, at = self.problem, self.column
        cost, least = np.zeros(self.size), np.zeros(self.size)
        most, whole = np.ones(self.size), np.zeros(self.size, np.int64)
        cost[at["x"]] = problem.misfit[:, None]
        cost[at["u"]] = problem.weight[:, None]
        cost[at["j"]] = problem.join
        cost[at["s"]] = problem.missing
        cost[at["a"]] = problem.missing
        most[at["x"]], least[at["x"]] = self._units()
        most[at["u"]], most[at["j"]] = np.inf, np.inf
        most[at["s"]] = problem.wanted_holders
        camps = problem.wanted_camps.transpose(0, 2, 1)
        most[at["a"]] = camps.reshape(-1, self.months)
        whole[at["x"]], whole[at["y"]] = 1, 1
        return Columns(cost, least, most, whole)

    def _units(self) -> tuple[Floats, Floats]:
        """Most and least units of each option and month."""
        problem = self.problem
        most = np.minimum(
            problem.capacity[problem.option_person],
            problem.demand[problem.option_need],
        ).astype(float)
        least = np.zeros_like(most)
        for person, mission, month in problem.closed.tolist():
            most[self._options(person, mission), month] = 0
        for person, need, month, _ in problem.fixed.tolist():
            most[self._options(person, int(problem.need_mission[need])), month] = 0
        for person, need, month, units in problem.fixed.tolist():
            option = self._options(person, int(problem.need_mission[need]))
            here = option[problem.option_need[option] == need]
            most[here, month] = least[here, month] = units
        return most, least

    def _options(self, person: int, mission: int) -> Ints:
        start, end = self.problem.option_start[person : person + 2]
        mine: Ints = np.arange(start, end)
        here: Ints = mine[self.problem.option_mission[mine] == mission]
        return here

    @cached_property
    def limits(self) -> object:
        """Every rule that ties columns together."""
        rows = Rows()
        self._people(rows)
        self._coverage(rows)
        self._seats(rows)
        self._joining(rows)
        self._missing(rows)
        if self.problem.moves is not None:
            self._moves(rows, self.problem.moves)
        return rows.limits(self.size)

    def _grid(self, first: int, group: Ints) -> Ints:
        """Give the row of each item and month: one row a group and month."""
        return first + group[:, None] * self.months + np.arange(self.months)

    def _people(self, rows: Rows) -> None:
        people, problem, at = len(self.problem.people), self.problem, self.column
        first = rows.add(people * self.months, -np.inf, problem.capacity.ravel())
        rows.put(self._grid(first, problem.option_person), at["x"], 1)
        first = rows.add(people * self.months, -np.inf, problem.most_missions)
        rows.put(self._grid(first, self.person), at["y"], 1)

    def _coverage(self, rows: Rows) -> None:
        problem, at = self.problem, self.column
        asked = problem.demand.astype(float).ravel()
        first = rows.add(len(asked), asked, asked)
        rows.put(self._grid(first, problem.option_need), at["x"], 1)
        rows.put(self._grid(first, np.arange(len(problem.needs))), at["u"], 1)
        team = np.repeat(problem.team, self.months)
        first = rows.add(len(team), -np.inf, team)
        rows.put(self._grid(first, self.mission), at["y"], 1)

    def _seats(self, rows: Rows) -> None:
        """Tie seats to units: at least the smallest, and none without a seat."""
        problem, at = self.problem, self.column
        pairs = np.arange(len(self.pairs))
        first = rows.add(at["y"].size, 0, np.inf)
        rows.put(self._grid(first, self.option_pair), at["x"], 1)
        rows.put(self._grid(first, pairs), at["y"], -problem.least_units)
        first = rows.add(at["y"].size, -np.inf, 0)
        rows.put(self._grid(first, self.option_pair), at["x"], 1)
        rows.put(self._grid(first, pairs), at["y"], -problem.capacity[self.person])
        first = rows.add(at["x"].size, -np.inf, 0)
        most, _ = self._units()
        options = np.arange(len(problem.misfit))
        rows.put(self._grid(first, options), at["x"], 1)
        rows.put(self._grid(first, options), at["y"][self.option_pair], -most)

    def _before(self) -> Ints:
        """Give today's units of each pair."""
        pairs = zip(self.person.tolist(), self.mission.tolist(), strict=True)
        return np.array([self.problem.today.get(pair, 0) for pair in pairs], np.int64)

    def _joining(self, rows: Rows) -> None:
        at, least = self.column, np.zeros(self.column["j"].shape)
        least[:, 0] = -self._before()
        first = rows.add(least.size, least.ravel(), np.inf)
        rows.put(self._grid(first, np.arange(len(self.pairs))), at["j"], 1)
        grid = self._grid(first, self.option_pair)
        rows.put(grid, at["x"], -1)
        rows.put(grid[:, 1:], at["x"][:, :-1], 1)

    def _missing(self, rows: Rows) -> None:
        problem, at = self.problem, self.column
        wanted = problem.wanted_holders
        first = rows.add(wanted.size, wanted.ravel(), np.inf)
        rows.put(self._grid(first, np.arange(len(wanted))), at["s"], 1)
        able = np.nonzero(problem.key[problem.option_need])[0]
        grid = self._grid(first, problem.option_need[able])
        rows.put(grid, at["y"][self.option_pair[able]], 1)
        camps = problem.wanted_camps[self.mission]
        for side in (0, 1):
            self._camp(rows, side, camps[:, :, side])

    def _camp(self, rows: Rows, side: int, wanted: Flags) -> None:
        """Where anyone of the other camp sits, one of this sits too or is missing."""
        at, camp = self.column, self.problem.camp[self.person]
        mine = np.nonzero(camp == side)[0]
        for pair in np.nonzero((camp != side) & wanted.any(axis=1))[0]:
            least = np.where(wanted[pair], 0, -np.inf)
            first = rows.add(self.months, least, np.inf)
            row = first + np.arange(self.months)
            rows.put(row, at["y"][pair], -1)
            rows.put(row, at["a"][self.mission[pair] * 2 + side], 1)
            for other in mine[self.mission[mine] == self.mission[pair]]:
                rows.put(row, at["y"][other], 1)

    def _moves(self, rows: Rows, moves: Ints) -> None:
        at, least = self.column, np.zeros(self.column["b"].shape)
        least[:, 0] = np.where(self._before(), -1, 0)
        first = rows.add(least.size, least.ravel(), np.inf)
        grid = self._grid(first, np.arange(len(self.pairs)))
        rows.put(grid, at["b"], 1)
        rows.put(grid, at["y"], -1)
        rows.put(grid[:, 1:], at["y"][:, :-1], 1)
        first = rows.add(self.months, -np.inf, moves.astype(float))
        months = np.broadcast_to(first + np.arange(self.months), at["b"].shape)
        rows.put(months, at["b"], 1)
