"""From a plan to moves: what changes for whom in the first month, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np

from weft.core.rounds.round import Part
from weft.core.rounds.rules import STEP
from weft.engines.allocation.plan import Plan
from weft.engines.allocation.proposal import Proposed
from weft.engines.allocation.stating import Stated


class Moving:
    """A stated round and its plan, read by person."""

    def __init__(self, stated: Stated, plan: Plan) -> None:
        self.stated, self.plan, self.problem = stated, plan, stated.problem
        self.by_person: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for person, need, month, units in plan.given.tolist():
            self.by_person[person].append((need, month, units))

    def moves(self) -> tuple[Proposed, ...]:
        """Give the moves of the first month, in the order of people.

        Only who gains a seat, or a larger one, moves. Who is no longer needed in full
        keeps the seat: a round frees nobody's time without a use for it.
        """
        found = (self._move(p) for p in sorted(self.by_person))
        return tuple(move for move in found if move is not None)

    def _move(self, p: int) -> Proposed | None:
        problem, person = self.problem, self.problem.people[p]
        now = dict(self.stated.before.get(person, {}))
        then = self._shares(p, 0)
        gains = {m: then[m] - now.get(m, 0) for m in then if then[m] > now.get(m, 0)}
        if not gains:
            return None
        after = {**now, **{m: then[m] for m in gains}}
        room = int(problem.capacity[p, 0]) * STEP - sum(after.values())
        self._give_up(now, then, after, -room)
        parts = tuple(
            Part(
                mission=m,
                before=now.get(m, 0),
                after=after[m],
                until=self._until(p, m) if after[m] else None,
            )
            for m in sorted(after)
            if after[m] != now.get(m, 0)
        )
        return Proposed(
            person=person,
            parts=parts,
            why=tuple(self._why(p, parts)),
            price=self._price(p, parts),
            asked=tuple(self._asked(person, gains)),
        )

    def _give_up(
        self,
        now: Mapping[str, int],
        then: Mapping[str, int],
        after: dict[str, int],
        excess: int,
    ) -> None:
        """Lower the seats that the plan lowers, by no more than the new ones take."""
        rules = self.stated.rules
        losing = sorted(
            (m for m in now if then.get(m, 0) < now[m]),
            key=lambda m: (then.get(m, 0), -now[m], m),
        )
        for mission in losing:
            held = [m for m in after if after[m]]
            if excess <= 0 and len(held) <= rules.missions:
                return
            least = then.get(mission, 0)
            left = max(least, after[mission] - max(excess, 0))
            if left < rules.least or (len(held) > rules.missions and not least):
                left = least
            excess -= after[mission] - left
            after[mission] = left

    def _shares(self, p: int, t: int) -> dict[str, int]:
        """Give what somebody gives to each mission in a month, in hundredths."""
        found: dict[str, int] = {}
        for need, month, units in self.by_person[p]:
            if month == t:
                name = self.problem.missions[self.problem.needs[need][0]]
                found[name] = found.get(name, 0) + units * STEP
        return found

    def _run(self, p: int, mission: str) -> int:
        """Give for how many months the plan sees somebody in a mission."""
        months = len(self.problem.months)
        gone = (t for t in range(months) if mission not in self._shares(p, t))
        return next(gone, months)

    def _until(self, p: int, mission: str) -> str | None:
        """Give the last month that the plan sees a seat in; none where it is open."""
        months, run = self.problem.months, self._run(p, mission)
        return None if run >= len(months) or not run else months[run - 1]

    def _why(self, p: int, parts: tuple[Part, ...]) -> Iterator[str]:
        firm, problem = self.stated.firm, self.problem
        for part in parts:
            title = firm.missions[part.mission].title
            if part.after > part.before:
                given = [
                    f"{units * STEP} % of {self._skill(need)}"
                    for need, month, units in sorted(self.by_person[p])
                    if not month
                    and problem.missions[problem.needs[need][0]] == part.mission
                ]
                yield f"{title} wants {' and '.join(given)}."
            elif lacks := self._lacks(p, part.mission):
                yield f"{title} then lacks {lacks}."
            else:
                yield f"{title} has what it wants without it."

    def _skill(self, need: int) -> str:
        _, skill, level = self.problem.needs[need]
        return f"{self.stated.firm.skills[skill].title} at level {level}"

    def _served(self, p: int, mission: str) -> Iterator[int]:
        """Give the needs of a mission that somebody is able to serve."""
        start, end = self.problem.option_start[p : p + 2]
        for need in self.problem.option_need[start:end].tolist():
            if self.problem.missions[self.problem.needs[need][0]] == mission:
                yield need

    def _lacks(self, p: int, mission: str) -> str:
        """Say what a mission lacks in the first month that somebody could give it."""
        lacking = [n for n in self._served(p, mission) if self.plan.open[n, 0]]
        return " and ".join(
            f"{int(self.plan.open[n, 0]) * STEP} % of {self._skill(n)}" for n in lacking
        )

    def _price(self, p: int, parts: tuple[Part, ...]) -> int:
        """Give about what it costs if nothing moves: gained here, less lost there.

        Units of the plan at the weight of their need, less misfit and joining; and of
        what is given up, what stays open of it.
        """
        problem, total = self.problem, 0
        start, end = problem.option_start[p : p + 2]
        needs = problem.option_need[start:end].tolist()
        misfit = dict(zip(needs, problem.misfit[start:end].tolist(), strict=True))
        for part in parts:
            run, more = self._run(p, part.mission), part.after - part.before
            if more > 0:
                for need, t, units in self.by_person[p]:
                    here = problem.missions[problem.needs[need][0]] == part.mission
                    if here and t < run:
                        worth = int(problem.weight[need]) - misfit[need]
                        total += worth * units * more // part.after
                total -= more // STEP * problem.join
            else:
                for t in range(len(problem.months)):
                    total -= self._refilled(p, part.mission, -more // STEP, t)
        return max(total, 0)

    def _refilled(self, p: int, mission: str, units: int, t: int) -> int:
        """Give the points that staying would save in a month: open needs it fills."""
        saved = 0
        if t and not self.problem.capacity[p, t]:
            return 0
        for need in sorted(
            self._served(p, mission), key=lambda n: -int(self.problem.weight[n])
        ):
            filled = min(units, int(self.plan.open[need, t]))
            saved += filled * int(self.problem.weight[need])
            units -= filled
        return saved

    def _asked(self, person: str, gains: Mapping[str, int]) -> Iterator[str]:
        leads = set[str]()
        for mission in gains:
            mandate = self.stated.firm.mandates.get(mission)
            if mandate is not None:
                both = (mandate.business_lead, mandate.technology_lead)
                leads |= {lead for lead in both if lead and lead != person}
        yield from sorted(leads)


def liked(stated: Stated, plan: Plan) -> tuple[int | None, int] | None:
    """Count the wishes that the first month meets, of how many.

    None where fewer than five people wish, or are met: so few are not shown.
    """
    problem = stated.problem
    wishes = {k: w for k, w in stated.firm.wishes.items() if w.likes}
    if len(wishes) < FEWEST:
        return None
    sits = {p: set(seats) for p, seats in stated.before.items()}
    for p in range(len(problem.people)):
        sits.setdefault(problem.people[p], set())
    first = plan.given[plan.given[:, 2] == 0]
    missions = problem.need_mission[first[:, 1]] if len(first) else np.zeros(0, int)
    for p, m in zip(first[:, 0].tolist(), missions.tolist(), strict=True):
        sits[problem.people[p]].add(problem.missions[m])
    met = sum(not sits.get(k, set()).isdisjoint(w.likes) for k, w in wishes.items())
    return met if met >= FEWEST else None, len(wishes)


FEWEST = 5
"""Counts of fewer people than that are not shown."""
