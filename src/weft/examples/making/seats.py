"""Missions of an example firm, their mandates, and who sits in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from weft.core.missions import Mandate, Mission, Seat
from weft.core.people import WHOLE
from weft.core.rounds.asking import Wish
from weft.core.scalars import Month, amount
from weft.examples.days import Calendar, month_of
from weft.examples.dice import dice
from weft.examples.making.measures import leads, outcome
from weft.examples.making.plan import Team
from weft.examples.making.staff import Staff

_YOUNGEST, _OLDEST = 150, 2000  # days for which a mission has been there
_SEATED = 700  # no seat was taken more days ago than that
_WEIGHTS = (60, 80, 100, 100, 120, 150)
_WISHES = 20
_GUESTS = 4  # people of other missions who may sit in one beside its own
_VERSIONS = (1, 1, 1, 2, 2, 3)


def missions(staff: Staff, seed: int, calendar: Calendar) -> Iterator[Mission]:
    """Give the missions, with the date since when each has been there."""
    chance, worth = dice(seed, "missions"), dice(seed, "weights")
    for team in staff.teams.values():
        if team.told:
            age = chance.randint(_YOUNGEST, _OLDEST)
            yield Mission(
                id=team.id,
                title=team.title,
                type=team.told.get("type", "stream-aligned"),
                purpose=team.told["purpose"],
                customer=team.told["customer"],
                outcome=outcome(
                    team.id, team.told["outcome"], calendar, leads(staff, team)
                ),
                capabilities=tuple(team.told.get("capabilities", ())),
                since=calendar.start - timedelta(days=age),
                weight=worth.choice(_WEIGHTS),
                most_people=len(team.places) * 3 // 2 + _GUESTS,
            )


def mandates(staff: Staff, seed: int, currency: str) -> Iterator[Mandate]:
    """Give the mandates, signed by both leads where both are there."""
    chance = dice(seed, "mandates")
    for team in staff.teams.values():
        if team.told:
            business, technology = leads(staff, team)
            yield Mandate(
                mission=team.id,
                business_lead=business,
                technology_lead=technology,
                limit=amount(team.told["limit"] * 100, currency),
                version=chance.choice(_VERSIONS),
                signed_by=tuple(lead for lead in (business, technology) if lead),
            )


class Sharing:
    """How people of one mission help others: who, where, with how much of a month."""

    def __init__(self, staff: Staff) -> None:
        """Deal the missions out among those who help."""
        self.given: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
        by_market: dict[str, list[Team]] = defaultdict(list)
        for team in staff.teams.values():
            if team.told:
                by_market[team.market].append(team)
        for market, teams in by_market.items():
            for told in staff.text.get("helping", ()):
                home = f"{told['mission']}-{market}" if market else told["mission"]
                if home in staff.teams:
                    self._deal(staff, told, home, teams)

    def _deal(
        self, staff: Staff, told: Mapping[str, Any], home: str, teams: list[Team]
    ) -> None:
        """Deal one kind of help out, in turns."""
        helpers = [p for p in staff.members(home) if staff.job(p).id == told["job"]]
        helped = [team for team in teams if team.id != home][: told["missions"]]
        for number, team in enumerate(helped if helpers else ()):
            helper = helpers[number % len(helpers)]
            self.given[helper].append((team.id, told["share"], told["part"]))

    def seats(self, person: str, home: str, start: Month, part: str) -> Iterator[Seat]:
        """Give all seats of a person: what is not given to others stays at home."""
        given = self.given.get(person, ())
        left = WHOLE - sum(share for _, share, _ in given)
        if left > 0:
            yield Seat(person=person, mission=home, share=left, start=start, part=part)
        for mission, share, help_ in given:
            yield Seat(
                person=person, mission=mission, share=share, start=start, part=help_
            )


def seats(staff: Staff, seed: int, calendar: Calendar) -> Iterator[Seat]:
    """Give the seats that are taken when the story starts."""
    chance, sharing = dice(seed, "seats"), Sharing(staff)
    for person, (team, _) in staff.spots.items():
        if staff.teams[team].told:
            since = calendar.start - timedelta(days=chance.randint(0, _SEATED))
            part = _part(staff, team, person)
            yield from sharing.seats(person, team, month_of(since), part)


def wishes(staff: Staff, seed: int) -> Iterator[Wish]:
    """Give what a few people would like of the rounds."""
    chance = dice(seed, "wishes")
    missions = [team.id for team in staff.teams.values() if team.told]
    people = chance.sample(sorted(staff.people), _WISHES)
    for place, person in enumerate(sorted(people)):
        likes = (chance.choice(missions),) if missions else ()
        yield Wish(person=person, likes=likes, moves=place % 4 != 0)


def _part(staff: Staff, team: str, person: str) -> str:
    """Name the part of the two leads; the others do what their title says."""
    if person == staff.head(team):
        return "Business lead"
    if person == staff.technology_lead(staff.teams[team]):
        return "Technology lead"
    return ""
