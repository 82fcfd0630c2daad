"""Who works in an example firm: hired into the places of its teams, and let go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace

from weft.core.people import Person, Post, Unit
from weft.core.skills import Claim
from weft.examples.dice import dice, pick
from weft.examples.making.jobs import Job, jobs, skills
from weft.examples.making.knowledge import Holder, claims
from weft.examples.making.names import Register
from weft.examples.making.plan import Place, Plan, Team
from weft.examples.texts import toml

Spot = tuple[str, int]
"""A place in a team: the team's id, and the number of the place in it."""

_GRADES = (("Junior", -1),) + (("", 0),) * 6 + (("Senior", 1),) * 3
_RARE_LEVELS = (4, 5, 5)
_LEARNING = 2  # the level at which who follows takes over rare knowledge
_LEAST_DIGITS = 4
_ROOM = 2  # ids for so many times the first people: some will join later


class Staff:
    """The people of a firm, kept while its story is made up.

    people, claims: what is known of who is there now. spots: the place that
    each has; sitting: the way back. aside: who reports past the lead. listed:
    people as they were last written down. helping: the jobs whose people help
    other missions, and so stay where they are.
    """

    def __init__(self, firm: str, plan: Plan, seed: int, day: date) -> None:
        """Fill every place of the plan, as it stands on the day the story starts."""
        self.text: Mapping[str, Any] = toml(f"{firm}/firm")
        self.jobs: Mapping[str, Job] = jobs(firm)
        self.teams = {team.id: team for team in plan.teams}
        self.units: dict[str, Unit] = {unit.id: unit for unit in plan.units}
        self.register = Register(firm, seed)
        self.people: dict[str, Person] = {}
        self.claims: dict[str, tuple[Claim, ...]] = {}
        self.spots: dict[str, Spot] = {}
        self.sitting: dict[Spot, str] = {}
        self.aside: set[str] = set()
        self.listed: dict[str, Person] = {}
        self.helping = {told["job"] for told in self.text.get("helping", ())}
        self._chance = dice(seed, firm, "people")
        self._common = _common(firm, self.jobs, plan)
        self._digits = max(_LEAST_DIGITS, len(str(plan.people * _ROOM)))
        self._leads = {team.id: tuple(self._find_leads(team)) for team in plan.teams}
        self._hired = 0
        for team in plan.teams:
            for number in range(len(team.places)):
                self.hire((team.id, number), day)
        for unit in plan.units:
            self.units[unit.id] = replace(unit, head=self.head(unit.id))
        self.listed = {person: self.told(person) for person in self.people}

    def hire(self, spot: Spot, day: date, *, first: bool = True) -> str:
        """Let somebody new take a place; give their id.

        first: they hold it as the story starts, so they know what is rare there.
        """
        self._hired += 1
        person = f"p{self._hired:0{self._digits}}"
        team, place = self.teams[spot[0]], self.teams[spot[0]].places[spot[1]]
        job = self.jobs[place.job]
        word, grade = pick(self._chance, _GRADES) if job.rank == "member" else ("", 0)
        self.sitting[spot], self.spots[person] = person, spot
        self.people[person] = self._person(person, team, place, word)
        rare = dict(self._rare(team, spot[1], first=first))
        holder = Holder(person, job, grade, rare)
        self.claims[person] = claims(holder, self._common, self._chance, day)
        domain = f"{place.partner}.example" if place.partner else self.text["mail"]
        self.register.enter(person, domain)
        return person

    def move(self, person: str, spot: Spot) -> None:
        """Let somebody take another place that is free, in the same job."""
        del self.sitting[self.spots[person]]
        self.sitting[spot], self.spots[person] = person, spot
        self.aside.discard(person)
        unit = self.teams[spot[0]].unit
        self.people[person] = replace(self.people[person], unit=unit)

    def leave(self, person: str) -> Spot:
        """Let somebody go; give the place that is free now."""
        spot = self.spots.pop(person)
        del self.sitting[spot], self.people[person], self.claims[person]
        self.aside.discard(person)
        return spot

    def head(self, unit: str | None) -> str | None:
        """Find who heads a unit."""
        return self.sitting.get((unit or "", 0))

    def above(self, unit: str | None) -> str | None:
        """Find who heads a unit or, where nobody does, the next one above it."""
        while unit is not None:
            if (head := self.head(unit)) is not None:
                return head
            unit = self.units[unit].parent
        return None

    def manager(self, person: str) -> str | None:
        """Tell to whom somebody reports, as the places are taken now.

        Members to a lead of their own camp, else to the head; leads of a mission
        and all heads to the unit, leads in a unit to its head.
        """
        spot = self.spots[person]
        team = self.teams[spot[0]]
        place = team.places[spot[1]]
        if place.partner:
            return None
        unit: str | None = team.unit
        if spot[1] == 0:
            return self.above(unit if team.told else self.units[team.unit].parent)
        job, head = self.jobs[place.job], self.sitting.get((team.id, 0))
        if job.rank != "member":
            return self.above(unit) if team.told else head or self.above(unit)
        leads = [
            lead
            for number, camp in self._leads[team.id]
            if camp == job.camp and (lead := self.sitting.get((team.id, number)))
        ]
        if leads and person not in self.aside:
            return leads[spot[1] % len(leads)]
        return head or self.above(unit)

    def technology_lead(self, team: Team) -> str | None:
        """Find who leads the technology people of a team."""
        leads = self._leads[team.id]
        number = next((n for n, camp in leads if camp == "technology"), None)
        return None if number is None else self.sitting.get((team.id, number))

    def members(self, team: str) -> list[str]:
        """Give who is in a team, the head first."""
        places = range(len(self.teams[team].places))
        return [p for n in places if (p := self.sitting.get((team, n)))]

    def job(self, person: str) -> Job:
        """Give the job of somebody who is there."""
        team, number = self.spots[person]
        return self.jobs[self.teams[team].places[number].job]

    def is_led(self, team: str) -> bool:
        """Tell whether a team has a lead beside its head."""
        return bool(self._leads[team])

    def risen(self, person: str) -> str:
        """Give the title that somebody has after the next step up; at the top, none."""
        title, usual = self.people[person].title, self.job(person).title
        if title == _capital(usual):
            return f"Senior {usual}"
        return _capital(usual) if title == f"Junior {usual}" else ""

    def told(self, person: str) -> Person:
        """Give the record of a person with the manager as it is now.

        Whoever is as before keeps the very same record.
        """
        record, manager = self.people[person], self.manager(person)
        if record.manager != manager:
            record = self.people[person] = replace(record, manager=manager)
        return record

    def _person(self, person: str, team: Team, place: Place, word: str) -> Person:
        """Make the record of somebody new, the manager apart."""
        job, chance = self.jobs[place.job], self._chance
        title = f"{word} {job.title}" if word else _capital(job.title)
        told = chance.randrange(100) < self.text["disciplines_told"]
        hats = [
            Post(title=hat["title"])
            for hat in self.text.get("hat", ())
            if hat["job"] == job.id and not chance.randrange(hat["one_in"])
        ]
        return Person(
            id=person,
            unit=None if place.partner else team.unit,
            title=title,
            partner=place.partner,
            disciplines=job.disciplines if told else {},
            location=pick(chance, self.text["places"]),
            posts=tuple(hats),
        )

    def _rare(
        self, team: Team, number: int, *, first: bool
    ) -> Iterator[tuple[str, int]]:
        """Give the rare skills of a team with the level that one place brings."""
        job = team.places[number].job
        before = sum(place.job == job for place in team.places[:number])
        for skill, taken_by, count in team.knows:
            if taken_by != job or before >= count:
                yield skill, 0
            else:
                yield skill, pick(self._chance, _RARE_LEVELS) if first else _LEARNING

    def _find_leads(self, team: Team) -> Iterator[tuple[int, str]]:
        """Find the places that lead a part of a team, each with its camp."""
        for number, place in enumerate(team.places):
            job = self.jobs[place.job]
            if number and job.rank != "member":
                yield number, job.camp


def _common(firm: str, known: Mapping[str, Job], plan: Plan) -> list[str]:
    """Give the skills that anybody might pick up: not those that few are meant to have.

    Such are the rare skills of a team that no job of the firm brings with it.
    """
    usual = {skill for job in known.values() for skill, _ in job.knows}
    rare = {skill for team in plan.teams for skill, _, _ in team.knows}
    return [s.id for s in skills(firm) if s.id in usual or s.id not in rare]


def _capital(title: str) -> str:
    """Write a title with a capital where its first word takes one."""
    return title if title[1:2].isupper() else title[:1].upper() + title[1:]
