"""From the firm to the question of a round: who could sit where, and what is wanted.

What cannot be planned is said, with its place and what to do, and the rest is planned.
People whose seats a round may not touch are left out of it: their seats stay as they
are, and what they give to a need is taken off what it asks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from weft.core.firm import Firm
from weft.core.indexes import people_by_manager
from weft.core.people import WHOLE, Person
from weft.core.rounds.rules import STEP, RoundRules
from weft.core.scalars import Month
from weft.core.skills import Claim
from weft.engines.allocation.asked import Note, asked_notes, asked_of, few, months_from
from weft.engines.allocation.holding import hold, holding_note
from weft.engines.allocation.problem import Ints, Problem, empty
from weft.engines.allocation.sitting import away, seated
from weft.engines.allocation.zones import Zones

LIKED, DISLIKED, ELSEWHERE, FROM_UNIT = 4, 20, 3, 50
"""Points of a unit: a mission one does not wish for, one would rather leave, another
place than most of the team, and work in a unit that is left for it. Assumptions."""
MISSING = 100
"""Points of a second holder, or a camp, that is missing for a month: an assumption."""
RESPECTED = 6
"""For so many months a refusal holds: the person is not asked for that mission."""

Keep = Literal["asks not to", "many", "small", "unstated", "agreed", "contract", "unit"]


@dataclass(frozen=True, kw_only=True)
class Knowing:
    """What the round is told of people by those who know: an engine asks no other.

    claims: those that count today. technology: who is on the technology side.
    ahead: minutes that each time zone is ahead of UTC when the round begins.
    """

    claims: Iterable[Claim]
    technology: frozenset[str]
    ahead: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, kw_only=True)
class Stated:
    """The question of a round, and what it leaves as it is.

    wanted: [N, T] units that needs ask; those of the problem are what is left of them
    once the seats that stay are taken off. kept: whose seats stay, and why. levels:
    the level of each claim that counts, by skill and person. before: shares by person
    and mission as they stand in the first month.
    """

    firm: Firm
    problem: Problem
    rules: RoundRules
    wanted: Ints
    kept: Mapping[str, Keep]
    levels: Mapping[str, Mapping[str, int]]
    before: Mapping[str, Mapping[str, int]]
    zones: Zones
    notes: tuple[Note, ...]


def state(
    firm: Firm,
    knowing: Knowing,
    month: Month,
    months: int,
    *,
    holding: Firm | None = None,
) -> Stated:
    """State the question of the round that begins in a month.

    holding: the firm on which that round was worked out, where it was put before people
    already: needs that have changed little since leave its plan as it is.
    """
    return _Stating(firm, knowing, months_from(month, months), holding).stated()


@dataclass(eq=False)
class _Stating:
    firm: Firm
    knowing: Knowing
    months: tuple[Month, ...]
    holding: Firm | None
    notes: list[Note] = field(default_factory=list)

    def stated(self) -> Stated:
        firm, first = self.firm, self.months[0]
        self.rules = next((a.rounds for a in firm.about.values()), RoundRules())
        self.asked = asked_of(firm, self.months)
        self.levels: dict[str, dict[str, int]] = defaultdict(dict)
        for claim in self.knowing.claims:
            self.levels[claim.skill][claim.person] = claim.level
        self.before = seated(firm, first)
        self.zones = Zones(firm, self.knowing.ahead)
        self.stating = {need[0] for need, row in self._rows() if row[0]}
        self.kept = dict(self._kept())
        wanted = np.array([row for _, row in self._rows()], np.int64)
        wanted = wanted.reshape(len(self.asked.needs), len(self.months))
        left = self._less_kept(self._held(wanted))
        people = [p for p in sorted(firm.people) if p not in self.kept]
        problem = self._problem(people, left // STEP)
        self.notes += _notes(self, problem)
        self.notes += self.zones.notes(people, problem.missions)
        return Stated(
            firm=firm,
            problem=problem,
            rules=self.rules,
            wanted=wanted // STEP,
            kept=self.kept,
            levels=self.levels,
            before=self.before,
            zones=self.zones,
            notes=(*asked_notes(self.asked), *self.notes),
        )

    def _held(self, wanted: Ints) -> Ints:
        """Give what needs count as asking, so that a plan before people stands."""
        if self.holding is None:
            return wanted
        before = asked_of(self.holding, self.months)
        found, many = hold(self.asked, before, wanted)
        if many:
            self.notes.append(holding_note(many, self.months[0]))
        return found

    def _rows(self) -> Iterator[tuple[tuple[str, str, int], Sequence[int]]]:
        return zip(self.asked.needs, self.asked.shares, strict=True)

    def _kept(self) -> Iterator[tuple[str, Keep]]:
        """Tell whose seats stay as they are, and why."""
        heads = {unit.head for unit in self.firm.units.values()}
        heads |= people_by_manager(self.firm).keys()
        agreed = {
            move.person
            for move in self.firm.moves.values()
            if move.month == self.months[0] and (move.taken or move.promised)
        }
        for key in sorted(self.firm.people):
            if why := self._keeps(self.firm.people[key], heads, agreed):
                yield key, why

    def _keeps(
        self, person: Person, heads: set[str | None], agreed: set[str]
    ) -> Keep | None:
        seats = self.before.get(person.id, {})
        wish = self.firm.wishes.get(person.id)
        tests: tuple[tuple[bool, Keep], ...] = (
            (person.id in agreed, "agreed"),
            (wish is not None and not wish.moves, "asks not to"),
            (len(seats) > self.rules.missions, "many"),
            (any(s < self.rules.least or s % STEP for s in seats.values()), "small"),
            (not self.stating.issuperset(seats), "unstated"),
            (person.partner is not None and not self._hired(person), "contract"),
            (not seats and person.id in heads, "unit"),
        )
        return next((why for holds, why in tests if holds), None)

    def _hired(self, person: Person) -> list[tuple[bool, frozenset[str]]]:
        """Tell of each month whether a contract brings a partner's person, and where.

        An empty list: in none of them. No missions: wherever it may be.
        """
        months = [
            [
                contract
                for contract in self.firm.contracts.values()
                if contract.partner == person.partner
                and (contract.start is None or f"{contract.start:%Y-%m}" <= month)
                and (contract.end is None or month <= f"{contract.end:%Y-%m}")
            ]
            for month in self.months
        ]
        if not any(months):
            return []
        return [
            (
                bool(found),
                frozenset()
                if any(not c.missions for c in found)
                else frozenset(m for c in found for m in c.missions),
            )
            for found in months
        ]

    def _less_kept(self, wanted: Ints) -> Ints:
        """Take what those give whose seats stay off what their missions want."""
        left = wanted.copy()
        by_mission: dict[str, list[int]] = defaultdict(list)
        for place, (mission, _, _) in enumerate(self.asked.needs):
            by_mission[mission].append(place)
        needs = self.asked.needs
        for person in self.kept:
            for mission, share in self.before.get(person, {}).items():
                able = [
                    n
                    for n in by_mission.get(mission, ())
                    if self.levels[needs[n][1]].get(person, 0) >= needs[n][2]
                ]
                able.sort(key=lambda n: (-needs[n][2], n))
                for t, month in enumerate(self.months):
                    rest = share * (WHOLE - away(self.firm, person, month)) // WHOLE
                    for n in able:
                        given = min(rest, int(left[n, t]))
                        left[n, t] -= given
                        rest -= given
        return left

    def _problem(self, people: list[str], demand: Ints) -> Problem:
        firm, needs = self.firm, self.asked.needs
        missions = sorted({m for m, _, _ in needs})
        at = {mission: place for place, mission in enumerate(missions)}
        place = {person: number for number, person in enumerate(people)}
        start, need, misfit = self._options(people)
        kept = Counter(m for p in self.kept for m in self.before.get(p, {}))
        most = [firm.missions[m].most_people or len(firm.people) for m in missions]
        caps = zip(missions, most, strict=True)
        moves = self.rules.moves
        return Problem(
            people=tuple(people),
            missions=tuple(missions),
            months=self.months,
            needs=tuple((at[m], skill, level) for m, skill, level in needs),
            capacity=self._capacity(people),
            camp=np.array([p in self.knowing.technology for p in people], np.int64),
            demand=demand,
            weight=np.array([firm.missions[m].weight for m, _, _ in needs], np.int64),
            key=self._key(demand),
            mixed=np.ones(len(missions), np.bool_),
            team=np.array([max(n - kept[m], 0) for m, n in caps], np.int64),
            option_start=start,
            option_need=need,
            misfit=misfit,
            seats=_rows(
                (place[p], at[m], share // STEP)
                for p in people
                for m, share in sorted(self.before.get(p, {}).items())
            ),
            closed=_rows(self._closed(place, at)),
            fixed=empty(4),
            join=self.rules.joining,
            missing=MISSING,
            most_missions=self.rules.missions,
            least_units=-(-self.rules.least // STEP),
            moves=None if moves is None else np.full(len(self.months), moves, np.int64),
        )

    def _capacity(self, people: list[str]) -> Ints:
        """[P, T] units that each has to give."""
        found = np.zeros((len(people), len(self.months)), np.int64)
        for row, key in enumerate(people):
            person = self.firm.people[key]
            hired = self._hired(person) if person.partner else []
            for t, month in enumerate(self.months):
                there = not person.partner or hired[t][0]
                share = person.capacity * (WHOLE - away(self.firm, key, month))
                found[row, t] = share // WHOLE // STEP if there else 0
        return found

    def _options(self, people: list[str]) -> tuple[Ints, Ints, Ints]:
        """Give who could do which need, and what it costs beside."""
        by_skill: dict[str, list[int]] = defaultdict(list)
        for n, (_, skill, _) in enumerate(self.asked.needs):
            by_skill[skill].append(n)
        skills: dict[str, list[str]] = defaultdict(list)
        for skill in sorted(by_skill):
            for person in self.levels.get(skill, {}):
                skills[person].append(skill)
        places = _places(self.firm, self.before)
        start, needs, misfit = [0], list[int](), list[int]()
        for person in people:
            mine = sorted(n for s in skills.get(person, ()) for n in by_skill[s])
            for n in mine:
                if self._may(person, n):
                    needs.append(n)
                    misfit.append(self._misfit(person, n, places))
            start.append(len(needs))
        columns = (np.array(c, np.int64) for c in (start, needs, misfit))
        return next(columns), next(columns), next(columns)

    def _may(self, person: str, n: int) -> bool:
        mission, skill, level = self.asked.needs[n]
        sits = mission in self.before.get(person, ())
        if self.levels[skill][person] < level:
            return False
        if not sits and self.zones.too_far(person, mission):
            return False
        record = self.firm.people[person]
        if record.partner is None:
            return True
        hired = [where for there, where in self._hired(record) if there]
        return all(not where or mission in where for where in hired)

    def _misfit(self, person: str, n: int, places: Mapping[str, str]) -> int:
        mission, skill, level = self.asked.needs[n]
        wish = self.firm.wishes.get(person)
        seats = self.before.get(person, {})
        here = self.firm.people[person].location
        points = self.levels[skill][person] - level
        points += 0 if wish and mission in wish.likes else LIKED
        points += DISLIKED if wish and mission in wish.leaves else 0
        points += ELSEWHERE if here and here != places.get(mission, here) else 0
        return points + (0 if seats else FROM_UNIT)

    def _key(self, demand: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Mark the largest technology and the largest business need of each mission."""
        largest: dict[tuple[str, str], tuple[int, int]] = {}
        for n, (mission, skill, _) in enumerate(self.asked.needs):
            known = self.firm.skills.get(skill)
            discipline = self.firm.disciplines.get(known.discipline) if known else None
            side = (mission, discipline.camp if discipline else "")
            largest[side] = max(largest.get(side, (0, 0)), (int(demand[n].sum()), -n))
        found = np.zeros(len(self.asked.needs), np.bool_)
        found[[-n for units, n in largest.values() if units]] = True
        return found

    def _closed(
        self, place: Mapping[str, int], at: Mapping[str, int]
    ) -> Iterator[tuple[int, ...]]:
        """Give where people have lately refused to sit."""
        since = months_from(self.months[0], -RESPECTED)[-1]
        for key in sorted(self.firm.moves):
            move = self.firm.moves[key]
            person = place.get(move.person)
            if person is not None and since < move.month <= self.months[0]:
                for mission in sorted(set(move.closed).intersection(at)):
                    for t in range(len(self.months)):
                        yield person, at[mission], t


def _places(firm: Firm, before: Mapping[str, Mapping[str, int]]) -> dict[str, str]:
    """Give the place where most of each mission sit; the first by name of several."""
    heads: dict[str, Counter[str]] = defaultdict(Counter)
    for person, seats in before.items():
        if person in firm.people and (where := firm.people[person].location):
            for mission in seats:
                heads[mission][where] += 1
    return {m: min(c, key=lambda w: (-c[w], w)) for m, c in heads.items()}


def _rows(found: Iterable[tuple[int, ...]], width: int = 3) -> Ints:
    rows = list(found)
    return np.array(rows, np.int64) if rows else empty(width)


_KEPT: Mapping[Keep, tuple[str, str]] = {
    "many": (
        "sitting in more missions than a round allows",
        "Lower the number of their seats, or leave them as they are.",
    ),
    "small": (
        "with a seat that is smaller than a round's smallest, or not in steps of 10 %",
        "Change these seats, or leave them as they are.",
    ),
    "unstated": (
        "sitting in a mission that states no needs for the first month",
        "State what the mission wants, the work of its people today included.",
    ),
    "contract": (
        "of a partner without a contract in these months",
        "Record the contract with its months.",
    ),
}


def _notes(stating: _Stating, problem: Problem) -> Iterator[Note]:
    """Say what the round leaves as it is, and who has nothing to give."""
    counts: dict[Keep, list[str]] = defaultdict(list)
    for person, why in sorted(stating.kept.items()):
        counts[why].append(person)
    for why, (what, do) in _KEPT.items():
        if found := counts.get(why):
            yield Note(
                where=f"people {few(found)}",
                what=f"{_many(len(found))} {what}: their seats stay as they are.",
                do=do,
            )
    able = np.diff(problem.option_start) > 0
    for row in np.nonzero(able & (problem.capacity.sum(axis=1) == 0))[0]:
        yield Note(
            where=f"people {problem.people[row]}",
            what="Away, or without a contract, in every month of the round.",
            do="Check the absences and the contract.",
        )


def _many(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
