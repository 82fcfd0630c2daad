"""Why a need stays open, and what can be done about it.

The tests are in order; the first that holds for the month that lacks most is the
cause. A cause never names what a person wishes, only that a seat stays as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from weft.core.rounds.rules import STEP
from weft.engines.allocation.plan import Plan
from weft.engines.allocation.proposal import Cause, OpenNeed, Way
from weft.engines.allocation.stating import ELSEWHERE, Stated
from weft.engines.allocation.zones import AN_HOUR

A_LEVEL = 6
"""Months in which somebody learns one level of a skill: an assumption of Weft's."""
_NAMED = 5
"""So many people are named at most where several would do, by id."""
UNITS = 100 // STEP


class Reasons:
    """A stated round and its plan, asked why needs stay open."""

    def __init__(self, stated: Stated, plan: Plan) -> None:
        self.stated, self.plan, self.problem = stated, plan, stated.problem
        problem = self.problem
        months = len(problem.months)
        self.used = np.zeros((len(problem.people), months), np.int64)
        self.sits: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        self.gives: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        self.team: dict[tuple[int, int], set[int]] = defaultdict(set)
        for p, n, t, units in plan.given.tolist():
            mission = problem.needs[n][0]
            self.used[p, t] += units
            held = self.sits[p, t]
            held[mission] = held.get(mission, 0) + units
            self.gives[p, t].append((n, units))
            self.team[mission, t].add(p)
        self.closed = {tuple(row) for row in problem.closed.tolist()}
        self.able: dict[int, dict[int, int]] = defaultdict(dict)
        options = (problem.option_person, problem.option_need, problem.misfit)
        for p, n, misfit in zip(*(o.tolist() for o in options), strict=True):
            self.able[n][p] = misfit

    def open_needs(self) -> tuple[OpenNeed, ...]:
        """Give every need that lacks something, the dearest first."""
        lacking = np.nonzero(self.plan.open.sum(axis=1))[0].tolist()
        worth = self.plan.open.sum(axis=1) * self.problem.weight
        lacking.sort(key=lambda n: (-int(worth[n]), self.problem.needs[n]))
        return tuple(self._open(n) for n in lacking)

    def _open(self, n: int) -> OpenNeed:
        problem, row = self.problem, self.plan.open[n]
        mission, skill, level = problem.needs[n]
        t = int(np.argmax(row))
        cause, why, people = self._cause(n, t)
        named = zip(problem.months, row.tolist(), strict=True)
        asked = zip(problem.months, self.stated.wanted[n].tolist(), strict=True)
        return OpenNeed(
            mission=problem.missions[mission],
            skill=skill,
            level=level,
            open={month: units * STEP for month, units in named if units},
            asked={month: units * STEP for month, units in asked if units},
            cause=cause,
            why=why,
            people=tuple(sorted(problem.people[p] for p in people)[:_NAMED]),
            price=self._price(n, t, cause),
            ways=tuple(sorted(self._ways(n, t), key=_cheapest)),
        )

    def _price(self, n: int, t: int, cause: Cause) -> int | None:
        """Give what one more full-time person would save in a month, about."""
        weight, dual = int(self.problem.weight[n]), float(self.plan.prices[n, t])
        if cause in {"nobody", "level", "held", "away"}:
            dual = weight
        if dual <= 0:
            return None
        return round(min(dual, weight) * min(UNITS, int(self.plan.open[n, t])))

    def _cause(self, n: int, t: int) -> tuple[Cause, str, list[int]]:
        _, skill, level = self.problem.needs[n]
        title = self.stated.firm.skills[skill].title
        levels = self.stated.levels.get(skill, {})
        if not levels:
            return "nobody", f"Nobody is known to have {title}.", []
        if max(levels.values()) < level:
            what = f"Nobody has {title} at level {level}; {max(levels.values())}"
            return "level", f"{what} is the highest there is.", []
        able = self.able.get(n, {})
        if not able and (apart := self._apart(n)):
            least = f"{min(apart.values()) / AN_HOUR:g}"
            what = f"Whoever has {title} at level {level} and may be asked works"
            why = f"{what} {least} hours or more from where the mission does."
            return "time zone", why, []
        if not able:
            what = f"All who have {title} at level {level} sit where a round leaves"
            return "held", f"{what} their seats as they are.", []
        there = [p for p in able if self.problem.capacity[p, t]]
        if not there:
            return "away", "All who could are away or without a contract then.", [*able]
        return self._of_those_there(n, t, there)

    def _apart(self, n: int) -> dict[str, int]:
        """Give who could, were it not for the time zone, and the minutes between."""
        at, skill, level = self.problem.needs[n]
        stated, mission = self.stated, self.problem.missions[at]
        return {
            p: stated.zones.apart(p, mission) or 0
            for p, has in stated.levels.get(skill, {}).items()
            if has >= level
            and p in stated.firm.people
            and p not in stated.kept
            and mission not in stated.before.get(p, ())
            and stated.zones.too_far(p, mission)
        }

    def _of_those_there(
        self, n: int, t: int, there: list[int]
    ) -> tuple[Cause, str, list[int]]:
        problem = self.problem
        mission = problem.needs[n][0]
        asked = [p for p in there if (p, mission, t) not in self.closed]
        if not asked:
            return "held", "All who could have lately refused to sit there.", there
        free = [p for p in asked if self.used[p, t] < problem.capacity[p, t]]
        if free:
            return self._of_free(n, t, free)
        dear = [p for p in asked if self._is_worth_more(n, t, p)]
        if len(dear) == len(asked):
            where = sorted({m for p in dear for m in self.sits[p, t]} - {mission})
            named = self._titles(where) or "this mission's other needs"
            why = f"All who could are used where it is worth more: {named}."
            return "worth more elsewhere", why, dear
        return self._of_rules(n, t, [p for p in asked if p not in dear])

    def _of_free(self, n: int, t: int, free: list[int]) -> tuple[Cause, str, list[int]]:
        """Tell why those with time left are not asked."""
        weight, months = int(self.problem.weight[n]), len(self.problem.months)
        joining = self.problem.join
        near = [
            p
            for p in free
            if (weight - self.able[n][p]) * self._run(n, t, months)
            > (0 if self._was_there(p, n, t) else joining)
        ]
        if near:
            return self._of_rules(n, t, near)
        far = any(self.able[n][p] >= ELSEWHERE for p in free)
        what = "another place or unit and " if far else ""
        why = f"Who has time is too far: {what}finding the way in cost more than it"
        return "too far", f"{why} is worth.", free

    def _run(self, n: int, t: int, months: int) -> int:
        """Count the months for which the need goes on lacking something."""
        return sum(1 for k in range(t, months) if self.plan.open[n, k])

    def _was_there(self, p: int, n: int, t: int) -> bool:
        mission = self.problem.needs[n][0]
        if t:
            return mission in self.sits[p, t - 1]
        return (p, mission) in self.problem.today

    def _of_rules(
        self, n: int, t: int, people: list[int]
    ) -> tuple[Cause, str, list[int]]:
        """Tell which rule holds those back who could, and are worth it."""
        problem = self.problem
        mission = problem.needs[n][0]
        outside = [p for p in people if mission not in self.sits[p, t]]
        most, least = problem.most_missions, problem.least_units
        if outside and len(outside) == len(people):
            if len(self.team[mission, t]) >= problem.team[mission]:
                most_people = self.stated.firm.missions[problem.missions[mission]]
                why = f"The team is full: at most {most_people.most_people} sit in it."
                return "team full", why, people
            if all(len(self.sits[p, t]) >= most for p in outside):
                why = f"All who could sit in {most} missions already: more is not done."
                return "two missions", why, people
            room = max(int(problem.capacity[p, t] - self.used[p, t]) for p in outside)
            lacks = int(self.plan.open[n, t])
            if min(room, lacks) < least and not self._is_moved(n, t, outside):
                what = f"{min(room, lacks) * STEP} % is less than the smallest seat"
                return "smallest seat", f"{what}, {least * STEP} %.", people
            used = problem.moves is not None and (
                self.plan.begun[t] >= problem.moves[t]
            )
            if used and all(not self._was_there(p, n, t) for p in outside):
                why = f"No more than {int(problem.moves[t])} may begin in a month."  # type: ignore[index]
                return "moves used up", why, people
        why = "The search left it; a longer one may fill it. It is no lack of people."
        return "not found", why, people

    def _is_moved(self, n: int, t: int, people: list[int]) -> bool:
        """Tell whether somebody could come with more than the open part."""
        lacks = int(self.plan.open[n, t])
        return lacks >= self.problem.least_units and any(
            self.used[p, t] >= self.problem.capacity[p, t] for p in people
        )

    def _is_worth_more(self, n: int, t: int, p: int) -> bool:
        """Tell whether what somebody gives is worth more where it is given."""
        weight, misfit = self.problem.weight, self.able
        here = int(weight[n]) - misfit[n][p]
        here -= 0 if self._was_there(p, n, t) else self.problem.join
        return all(
            int(weight[other]) - misfit[other][p] >= here
            for other, _ in self.gives[p, t]
        )

    def _titles(self, missions: list[int]) -> str:
        firm, names = self.stated.firm, self.problem.missions
        told = [firm.missions[names[m]].title for m in missions[:3]]
        more = len(missions) - len(told)
        return ", ".join(told) + (f" and {more} more" if more else "")

    # What can be done

    def _ways(self, n: int, t: int) -> Iterator[Way]:
        yield from self._trade(n, t)
        later = tuple(self._delay(n, t))
        yield from later
        yield from self._lower(n)
        yield from self._hours(n)
        yield from self._train(n)
        yield from self._borrow(n)
        units = min(int(self.plan.open[n, t]), UNITS)
        skill = self._named(n)
        what = f"Hire {units * STEP} % of {skill}"
        yield Way(by="hire", what=what, points=units * UNITS * STEP)
        if not later:
            points = int(self.plan.open[n, t]) * int(self.problem.weight[n])
            what = "Leave it open for now, and say what waits for it"
            yield Way(by="delay", what=what, points=points)

    def _named(self, n: int) -> str:
        _, skill, level = self.problem.needs[n]
        return f"{self.stated.firm.skills[skill].title} at level {level}"

    def _trade(self, n: int, t: int) -> Iterator[Way]:
        """Name the mission that would lose least by lending somebody who can."""
        lend: dict[int, tuple[int, set[int]]] = {}
        mission = self.problem.needs[n][0]
        for p in self.able.get(n, ()):
            if (p, mission, t) in self.closed:
                continue
            for other, units in self.gives[p, t]:
                lender = self.problem.needs[other][0]
                if lender != mission and units >= self.problem.least_units:
                    cost = int(self.problem.weight[other])
                    least, people = lend.get(lender, (cost, set()))
                    lend[lender] = min(least, cost), people | {p}
        units = int(self.plan.open[n, t])
        for lender in sorted(lend, key=lambda m: (lend[m][0], m))[:1]:
            cost, people = lend[lender]
            title = self.stated.firm.missions[self.problem.missions[lender]].title
            yield Way(
                by="trade",
                what=f"{title} lends somebody, and waits with what they do there",
                missions=(self.problem.missions[lender],),
                people=tuple(sorted(self.problem.people[p] for p in people)[:_NAMED]),
                points=cost * units,
            )

    def _delay(self, n: int, t: int) -> Iterator[Way]:
        """Name the first month from which the plan leaves nothing of it open."""
        row, wanted = self.plan.open[n], self.problem.demand[n]
        last = int(np.nonzero(row)[0][-1])
        if last + 1 < len(row) and wanted[last + 1 :].any():
            month, weight = self.problem.months[last + 1], int(self.problem.weight[n])
            yield Way(
                by="delay",
                what=f"Begin in {month}: from then on nothing of it is open",
                months=last + 1 - int(np.nonzero(row)[0][0]),
                points=int(row[t]) * weight,
            )

    def _lower(self, n: int) -> Iterator[Way]:
        _, skill, level = self.problem.needs[n]
        below = [
            p
            for p, has in self.stated.levels.get(skill, {}).items()
            if has == level - 1
        ]
        if below and level > 1:
            yield Way(
                by="lower",
                what=f"Accept level {level - 1}, beside somebody who has level {level}",
                people=tuple(sorted(below)[:_NAMED]),
            )

    def _hours(self, n: int) -> Iterator[Way]:
        """Name who could, if the mission took people from a little further away."""
        apart = self._apart(n)
        if apart:
            least = min(apart.values())
            people = sorted(p for p, far in apart.items() if far == least)
            yield Way(
                by="hours",
                what=f"Work with somebody {least / AN_HOUR:g} hours away",
                people=tuple(people[:_NAMED]),
            )

    def _train(self, n: int) -> Iterator[Way]:
        """Name who lacks least, the mission's own first."""
        mission, skill, level = self.problem.needs[n]
        name = self.problem.missions[mission]
        before, levels = self.stated.before, self.stated.levels.get(skill, {})
        mine = [p for p, seats in before.items() if name in seats]
        gaps = {p: level - levels.get(p, 0) for p in {*mine, *levels}}
        some = any(0 < gap < level for gap in gaps.values())
        gaps = {p: g for p, g in gaps.items() if 0 < g < level + (not some)}
        if gaps:
            least = min(gaps.values())
            people = sorted(
                (p for p, gap in gaps.items() if gap == least),
                key=lambda p: (name not in before.get(p, {}), p),
            )
            levels_ = "one level" if least == 1 else f"{least} levels"
            yield Way(
                by="train",
                what=f"Train somebody by {levels_}: about {least * A_LEVEL} months",
                people=tuple(people[:_NAMED]),
                months=least * A_LEVEL,
            )

    def _borrow(self, n: int) -> Iterator[Way]:
        """Name partners whose people have it."""
        firm = self.stated.firm
        _, skill, level = self.problem.needs[n]
        theirs = {
            partner
            for p, has in self.stated.levels.get(skill, {}).items()
            if has >= level and p in firm.people and (partner := firm.people[p].partner)
        }
        if theirs:
            titles = ", ".join(firm.partners[p].title for p in sorted(theirs)[:3])
            yield Way(
                by="borrow",
                what=f"Borrow somebody from {titles}",
                partners=tuple(sorted(theirs)[:3]),
            )


def _cheapest(way: Way) -> tuple[bool, int]:
    return way.points is None, way.points or 0
