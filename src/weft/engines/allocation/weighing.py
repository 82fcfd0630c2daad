"""What seats that somebody tries out would do: to coverage, cost, the mix, the gap.

One month is weighed, that of the round. What people wish is left out of it: from the
points of one person's seat it could be told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from msgspec.structs import replace

from weft.core.people import WHOLE
from weft.core.records import Record
from weft.core.rounds.round import Part
from weft.core.rounds.rules import STEP
from weft.core.scalars import Amount
from weft.engines.allocation.problem import BUSINESS, TECHNOLOGY, Ints
from weft.engines.allocation.proposal import money
from weft.engines.allocation.sitting import away
from weft.engines.allocation.standing import given_to
from weft.engines.allocation.stating import Stated

Shares = Mapping[str, Mapping[str, int]]
"""Hundredths of each person in each mission; no mission twice, none for 0."""


class Lack(Record, frozen=True, kw_only=True):
    """What a mission asks and its seats do not give, in hundredths of a person."""

    skill: str
    level: int
    open: int


class Standing(Record, frozen=True, kw_only=True):
    """What seats give one mission in the month, all shares in hundredths of a person.

    business, technology: of share. hangs: the largest needs that fewer people there
    could serve than the round wants. cost: of all seats, at the blended rate.
    """

    people: int
    share: int
    business: int
    technology: int
    asked: int
    given: int
    lacks: tuple[Lack, ...]
    hangs: tuple[str, ...]
    cost: Amount | None


class Points(Record, frozen=True, kw_only=True):
    """What seats cost in the month, in points, by cause.

    gap: how much dearer they are than the best possible at most, in percent; None
    where a rule is broken, as the bound is of plans that keep them all.
    """

    open: int
    misfit: int
    joining: int
    missing: int
    gap: float | None = None

    @property
    def cost(self) -> int:
        """Give all points."""
        return self.open + self.misfit + self.joining + self.missing


class Doubt(Record, frozen=True, kw_only=True):
    """What speaks against a seat that is tried; breaks: it is against a rule."""

    person: str
    mission: str | None = None
    what: str
    breaks: bool = True


@dataclass(eq=False)
class Weigher:
    """One month of a firm, ready to weigh seats; the same for all who try.

    stated: the round of that one month, without wishes. bound: points that no plan of
    the month that keeps the rules can go below.
    """

    stated: Stated
    technology: frozenset[str]
    bound: float
    _known: dict[tuple[int, frozenset[tuple[str, int]]], Counter[str]] = field(
        default_factory=dict
    )

    @property
    def month(self) -> str:
        """The month that is weighed."""
        return self.stated.problem.months[0]

    @property
    def now(self) -> Shares:
        """The seats as they stand."""
        return self.stated.before

    def standing(self, mission: str, seats: Shares) -> Standing:
        """Give what seats give to one mission."""
        held = self._in(mission, seats)
        rows = [
            ((mission, skill, level), int(units) * STEP)
            for (m, skill, level), units in zip(
                self.stated.problem.needs, self.stated.wanted[:, 0], strict=True
            )
            if self.stated.problem.missions[m] == mission
        ]
        there = {p: self._there(p, share) for p, share in held.items()}
        given = given_to(there, rows, self._levels) if rows else []
        lacks = [
            Lack(skill=skill, level=level, open=asked - got)
            for ((_, skill, level), asked), got in zip(rows, given, strict=True)
            if got < asked
        ]
        share = sum(held.values())
        technology = sum(s for p, s in held.items() if p in self.technology)
        return Standing(
            people=len(held),
            share=share,
            business=share - technology,
            technology=technology,
            asked=sum(asked for _, asked in rows),
            given=sum(given),
            lacks=tuple(lacks),
            hangs=tuple(self._hangs(mission, held)),
            cost=money(share * (1000 // WHOLE), self.stated.rules.rate),
        )

    def points(self, seats: Shares, *, broken: bool = False) -> Points:
        """Give what seats cost the firm in the month, and how far from the best."""
        problem = self.stated.problem
        teams: dict[str, dict[str, int]] = {m: {} for m in problem.missions}
        for person, held in seats.items():
            for mission, share in held.items():
                if person in self._place and mission in teams and share:
                    teams[mission][person] = share
        total = Counter[str]()
        for number, mission in enumerate(problem.missions):
            key = (number, frozenset(teams[mission].items()))
            if key not in self._known:
                self._known[key] = self._costs(number, teams[mission])
            total += self._known[key]
        found = Points(**{cause: total[cause] for cause in _CAUSES})
        over = max(found.cost - self.bound, 0.0)
        gap = round(100 * over / found.cost, 2) if over else 0.0
        return found if broken else replace(found, gap=gap)

    def doubts(self, seats: Shares, people: Sequence[str]) -> tuple[Doubt, ...]:
        """Say what speaks against the seats of some people, by person."""
        return tuple(
            doubt for person in people for doubt in self._doubts(person, seats)
        )

    def free(self, seats: Shares, missions: Collection[str]) -> dict[str, int]:
        """Give who has time left for what some missions ask and lack, and how much.

        The whole shares of those for whom it is enough for a seat, and who sit in fewer
        missions than are allowed; those that the round leaves aside are not in it.
        """
        problem, rules = self.stated.problem, self.stated.rules
        wanting = {
            (lack.skill, lack.level)
            for mission in missions
            for lack in self.standing(mission, seats).lacks
        }
        open_needs = [(s, level) in wanting for _, s, level in problem.needs]
        able = np.array(open_needs, np.bool_)[problem.option_need]
        found = {}
        for p in sorted(set(problem.option_person[able].tolist())):
            left = self.left(problem.people[p], seats)
            sits = len(seats.get(problem.people[p], {}))
            if left >= rules.least and sits < rules.missions:
                found[problem.people[p]] = left
        return found

    def left(self, person: str, seats: Shares) -> int:
        """Give the time somebody has left in the month, in whole steps."""
        whole = self._there(person, self.stated.firm.people[person].capacity)
        left = whole - sum(seats.get(person, {}).values())
        return max(left // STEP * STEP, 0)

    def parts(self, before: Shares, after: Shares, person: str) -> tuple[Part, ...]:
        """Give what is another share for a person, by mission."""
        old, new = before.get(person, {}), after.get(person, {})
        return tuple(
            Part(mission=m, before=old.get(m, 0), after=new.get(m, 0))
            for m in sorted({*old, *new})
            if old.get(m, 0) != new.get(m, 0)
        )

    @cached_property
    def _place(self) -> dict[str, int]:
        return {person: p for p, person in enumerate(self.stated.problem.people)}

    @cached_property
    def _levels(self) -> dict[tuple[str, str], int]:
        return {
            (person, skill): level
            for skill, held in self.stated.levels.items()
            for person, level in held.items()
        }

    @cached_property
    def _needs(self) -> dict[int, list[int]]:
        """Give the needs of each mission, by number."""
        found: dict[int, list[int]] = {}
        for n, (mission, _, _) in enumerate(self.stated.problem.needs):
            found.setdefault(mission, []).append(n)
        return found

    def _in(self, mission: str, seats: Shares) -> dict[str, int]:
        return {p: held[mission] for p, held in seats.items() if held.get(mission)}

    def _there(self, person: str, share: int) -> int:
        return share * (WHOLE - away(self.stated.firm, person, self.month)) // WHOLE

    def _options(self, person: str) -> dict[int, int]:
        """Give the needs that somebody could serve, and the misfit of a unit."""
        problem, p = self.stated.problem, self._place[person]
        start, end = problem.option_start[p : p + 2]
        needs = problem.option_need[start:end].tolist()
        return dict(zip(needs, problem.misfit[start:end].tolist(), strict=True))

    def _costs(self, mission: int, team: Mapping[str, int]) -> Counter[str]:
        """Give the points of one mission: its needs served at the least misfit."""
        problem, needs = self.stated.problem, self._needs.get(mission, [])
        people = sorted(team)
        options = {person: self._options(person) for person in people}
        units = [self._there(person, team[person]) // STEP for person in people]
        costs = Counter[str]()
        asked: Ints = problem.demand[needs, 0]
        given, costs["misfit"] = _served(needs, asked, units, [*options.values()])
        left = (asked - given) * problem.weight[needs]
        costs["open"] = int(left.sum())
        more = (
            team[p] // STEP - problem.today.get((self._place[p], mission), 0)
            for p in people
        )
        costs["joining"] = sum(max(each, 0) for each in more) * problem.join
        lacking = sum(self._missing(needs, options))
        costs["missing"] = lacking * problem.missing
        if people:
            wanted = problem.wanted_camps[mission, 0]
            camps = {int(problem.camp[self._place[person]]) for person in people}
            gone = [c for c in (BUSINESS, TECHNOLOGY) if wanted[c] and c not in camps]
            costs["missing"] += len(gone) * problem.missing
        return costs

    def _missing(
        self, needs: Sequence[int], options: Mapping[str, Mapping[int, int]]
    ) -> Iterator[int]:
        problem = self.stated.problem
        for n in needs:
            there = sum(n in served for served in options.values())
            yield max(int(problem.wanted_holders[n, 0]) - there, 0)

    def _hangs(self, mission: str, held: Mapping[str, int]) -> Iterator[str]:
        """Name the skills of the largest needs that hang on fewer than are wanted."""
        problem = self.stated.problem
        if mission not in problem.missions:
            return
        for n in self._needs.get(problem.missions.index(mission), []):
            _, skill, level = problem.needs[n]
            able = [p for p in held if self._levels.get((p, skill), 0) >= level]
            if len(able) < problem.wanted_holders[n, 0]:
                yield skill

    def _doubts(self, person: str, seats: Shares) -> Iterator[Doubt]:
        stated, rules = self.stated, self.stated.rules
        firm, held = stated.firm, seats.get(person, {})
        if why := stated.kept.get(person):
            yield Doubt(person=person, what=f"The points leave it out: {_KEPT[why]}.")
        capacity, total = firm.people[person].capacity, sum(held.values())
        if total > capacity:
            what = f"That is {total} % of their time; they have {capacity} %."
            yield Doubt(person=person, what=what)
        if len(held) > rules.missions:
            what = f"That is {len(held)} missions; {rules.missions} is the most."
            yield Doubt(person=person, what=what)
        if held and (gone := away(firm, person, self.month)):
            what = f"Away for {gone} % of the month."
            yield Doubt(person=person, what=what, breaks=False)
        for mission, share in sorted(held.items()):
            if share > stated.before.get(person, {}).get(mission, 0):
                for what in self._seat_doubts(person, mission, share, seats):
                    yield Doubt(person=person, mission=mission, what=what)
                if not self._serves(person, mission):
                    what = "Nothing that it asks is known of them at that level."
                    yield Doubt(person=person, mission=mission, what=what, breaks=False)

    def _seat_doubts(
        self, person: str, mission: str, share: int, seats: Shares
    ) -> Iterator[str]:
        problem, rules = self.stated.problem, self.stated.rules
        if share % STEP or share < rules.least:
            yield f"A seat is {rules.least} % or more, in steps of {STEP} %."
        if self.stated.zones.too_far(person, mission):
            hours = self.stated.firm.missions[mission].zone_hours
            yield f"They work more than {hours} hours from where it does."
        most = self.stated.firm.missions[mission].most_people
        if most is not None and len(self._in(mission, seats)) > most:
            yield f"The team is then larger than the {most} people it holds."
        place = self._place.get(person)
        if place is None or mission not in problem.missions:
            return
        number = problem.missions.index(mission)
        if (place, number) in {(p, m) for p, m, _ in problem.closed.tolist()}:
            yield "This was refused within the last six months."

    def _serves(self, person: str, mission: str) -> bool:
        """Tell whether a mission asks for something that somebody could give."""
        problem = self.stated.problem
        return any(
            self._levels.get((person, skill), 0) >= level
            for m, skill, level in problem.needs
            if problem.missions[m] == mission
        )


_KEPT = {
    "asks not to": "their seats stay",
    "many": "they sit in more missions than a round allows",
    "small": "they have a seat that is no seat of a round",
    "unstated": "they sit in a mission that states no needs",
    "agreed": "their move is agreed",
    "contract": "no contract brings them in that month",
    "unit": "they lead a unit",
}


def _served(
    needs: Sequence[int],
    asked: Ints,
    units: Sequence[int],
    options: Sequence[Mapping[int, int]],
) -> tuple[Ints, int]:
    """Give each unit to the need where it is worth most: [N] units, and their misfit.

    All needs of a mission weigh the same, so the most units at the least misfit.
    """
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415, costs a second

    given = np.zeros(len(needs), np.int64)
    each = np.array([[o.get(n, _UNABLE) for n in needs] for o in options])
    wanting = np.repeat(np.arange(len(needs)), asked)
    if not wanting.size or not sum(units):
        return given, 0
    table = np.repeat(each, units, axis=0)[:, wanting]
    rows, columns = linear_sum_assignment(table)
    served = table[rows, columns] < _UNABLE
    np.add.at(given, wanting[columns[served]], 1)
    return given, int(table[rows, columns][served].sum())


_CAUSES = ("open", "misfit", "joining", "missing")
_UNABLE = 1_000_000.0
"""More than all units of a mission could cost: only taken where there is no other."""
