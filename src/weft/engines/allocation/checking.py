"""Whether a plan keeps the rules: counted anew, row by row, by code of its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from weft.engines.allocation.plan import Cost, Plan
from weft.engines.allocation.problem import HOLDERS, Ints, Problem

Rule = Literal[
    "option",
    "capacity",
    "coverage",
    "least seat",
    "missions",
    "team",
    "closed",
    "fixed",
    "moves",
    "count",
]


@dataclass(frozen=True)
class Violation:
    """A rule that a plan breaks, where, and by how much."""

    rule: Rule
    where: str
    over: int = 1


def check(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Give every rule that the plan breaks; also where its own figures are wrong."""
    counted = _Count(problem, plan)
    return tuple(
        violation
        for found in (
            counted.options(),
            counted.people(),
            counted.coverage(),
            counted.crowds(),
            counted.agreed(),
            counted.moves(),
            counted.figures(),
        )
        for violation in found
    )


class _Count:
    """The plan in plain tables."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.rows: list[tuple[int, int, int, int]] = [
            (p, n, t, units) for p, n, t, units in plan.given.tolist()
        ]
        self.by_person: Counter[tuple[int, int]] = Counter()
        self.by_need: Counter[tuple[int, int]] = Counter()
        self.seats: Counter[tuple[int, int, int]] = Counter()
        self.teams: dict[tuple[int, int], set[int]] = defaultdict(set)
        mission = [m for m, _, _ in problem.needs]
        for p, n, t, units in self.rows:
            self.by_person[p, t] += units
            self.by_need[n, t] += units
            self.seats[p, mission[n], t] += units
            self.teams[mission[n], t].add(p)
        self.today = problem.today
        given: dict[int, set[int]] = defaultdict(set)
        for p, n, _, _ in self.rows:
            given[p].add(n)
        self.misfit: dict[int, dict[int, int]] = {}
        for p, needs in given.items():  # person by person: there may be 50 million
            own = slice(problem.option_start[p], problem.option_start[p + 1])
            options = zip(problem.option_need[own], problem.misfit[own], strict=True)
            self.misfit[p] = {int(n): int(x) for n, x in options if n in needs}
        order = np.argsort(problem.option_need, kind="stable")
        ends = np.searchsorted(problem.option_need[order], np.arange(len(mission)) + 1)
        self.able_of = np.split(problem.option_person[order], ends[:-1])
        self.needs_of: dict[int, list[int]] = defaultdict(list)
        for n, m in enumerate(mission):
            self.needs_of[m].append(n)

    def _where(self, *, person: int = -1, mission: int = -1, month: int) -> str:
        names = [self.problem.people[person]] if person >= 0 else []
        names += [self.problem.missions[mission]] if mission >= 0 else []
        return f"{', '.join(names)} in {self.problem.months[month]}"

    def options(self) -> Iterator[Violation]:
        seen = set()
        for p, n, t, units in self.rows:
            if n not in self.misfit[p] or units < 1 or (p, n, t) in seen:
                yield Violation("option", self._where(person=p, month=t))
            seen.add((p, n, t))

    def people(self) -> Iterator[Violation]:
        for (p, t), units in self.by_person.items():
            if (over := units - int(self.problem.capacity[p, t])) > 0:
                yield Violation("capacity", self._where(person=p, month=t), over)
        sits = Counter((p, t) for p, _, t in self.seats)
        for (p, t), missions in sits.items():
            if (over := missions - self.problem.most_missions) > 0:
                yield Violation("missions", self._where(person=p, month=t), over)
        for (p, m, t), units in self.seats.items():
            if (under := self.problem.least_units - units) > 0:
                where = self._where(person=p, mission=m, month=t)
                yield Violation("least seat", where, under)

    def coverage(self) -> Iterator[Violation]:
        for (n, t), units in self.by_need.items():
            if (over := units - int(self.problem.demand[n, t])) > 0:
                mission, skill, _ = self.problem.needs[n]
                where = f"{skill}, {self._where(mission=mission, month=t)}"
                yield Violation("coverage", where, over)

    def crowds(self) -> Iterator[Violation]:
        for (m, t), people in self.teams.items():
            if (over := len(people) - int(self.problem.team[m])) > 0:
                yield Violation("team", self._where(mission=m, month=t), over)

    def agreed(self) -> Iterator[Violation]:
        for p, m, t in self.problem.closed.tolist():
            if self.seats[p, m, t]:
                yield Violation("closed", self._where(person=p, mission=m, month=t))
        fixed = {(p, n, t): units for p, n, t, units in self.problem.fixed.tolist()}
        settled = {(p, self.problem.needs[n][0], t) for p, n, t in fixed}
        given = {(p, n, t): units for p, n, t, units in self.rows}
        for (p, n, t), units in fixed.items():
            if given.get((p, n, t)) != units:
                yield Violation("fixed", self._where(person=p, month=t))
        for p, n, t in given.keys() - fixed.keys():
            if (p, self.problem.needs[n][0], t) in settled:
                yield Violation("fixed", self._where(person=p, month=t))

    def moves(self) -> Iterator[Violation]:
        begun = Counter(t for p, m, t in self.seats if not self._units(p, m, t - 1))
        if begun != Counter(
            {t: n for t, n in enumerate(self.plan.begun.tolist()) if n}
        ):
            yield Violation("count", "seats begun")
        if self.problem.moves is None:
            return
        for t, seats in sorted(begun.items()):
            if (over := seats - int(self.problem.moves[t])) > 0:
                yield Violation("moves", self.problem.months[t], over)

    def figures(self) -> Iterator[Violation]:
        problem, rows = self.problem, self.rows
        asked, weights = problem.demand.tolist(), problem.weight.tolist()
        left = (
            weights[n] * (units - self.by_need.get((n, t), 0))
            for n, months in enumerate(asked)
            for t, units in enumerate(months)
        )
        joined = sum(
            max(units - self._units(p, m, t - 1), 0)
            for (p, m, t), units in self.seats.items()
        )
        lacking = sum(self._holders()) + sum(self._camps())
        counted = Cost(
            open=sum(left),
            misfit=sum(self.misfit[p].get(n, 0) * units for p, n, _, units in rows),
            joining=joined * problem.join,
            missing=lacking * problem.missing,
        )
        if counted != self.plan.cost:
            yield Violation("count", f"cost, {counted} and not {self.plan.cost}")

    def _units(self, p: int, m: int, t: int) -> int:
        return self.seats.get((p, m, t), 0) if t >= 0 else self.today.get((p, m), 0)

    def _able(self, n: int, t: int) -> Ints:
        """Give who is there and could do a need, seated or not."""
        people: Ints = self.able_of[n]
        able: Ints = people[self.problem.capacity[people, t] > 0]
        return able

    def _holders(self) -> Iterator[int]:
        for n, t in np.argwhere(self.problem.demand > 0).tolist():
            if self.problem.key[n]:
                able = self._able(n, t)
                team = self.teams.get((self.problem.needs[n][0], t), set())
                there = np.isin(list(team), able).sum()
                yield max(min(HOLDERS, len(able)) - int(there), 0)

    def _camps(self) -> Iterator[int]:
        camp, demand = self.problem.camp, self.problem.demand
        for (m, t), people in self.teams.items():
            if self.problem.mixed[m]:
                needs = (n for n in self.needs_of[m] if demand[n, t])
                able = {side for n in needs for side in set(camp[self._able(n, t)])}
                yield len(able - set(camp[list(people)]))
