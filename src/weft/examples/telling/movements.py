"""The people of a firm month by month: who leaves, joins, moves, rises, and to whom.

The shapes are those measured in a real firm over 28 months: a few in a hundred
people come and go in a month, more report to somebody else, and both in bursts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from weft.examples.days import YEAR
from weft.examples.dice import dice
from weft.examples.making.staff import Spot
from weft.examples.story import Step
from weft.examples.telling.peoplelist import people_list
from weft.examples.telling.scene import Scene

_LEAVE, _LEAVE_BURST = 0.012, 0.04  # of all people, in a usual month and in a burst
_MOST = 60  # people who leave in one month, however large the firm
_FILLED = 0.75  # of the free places, until the next month
_WITHIN = 0.3  # of the places filled: by somebody from another team
_PROMOTED = 0.006  # of all people
_TURNED, _TURNED_BURST = 0.2, 0.8  # of all teams: half of it reports elsewhere
_BURSTS = (5, 10)  # months of the year in which much changes at once
_LARGE = 5000  # a larger firm tells its last months alone
_LARGE_MONTHS = 2


def movements(scene: Scene) -> Iterator[Step]:
    """Give one step for each month: its people list as it is brought in.

    After the last of them every place is taken: the firm is as large as planned.
    """
    months = YEAR if len(scene.staff.people) <= _LARGE else _LARGE_MONTHS
    firsts = [scene.calendar.first(ahead) for ahead in range(1 - months, 1)]
    days = [day for day in firsts if day < scene.calendar.today]
    free: list[Spot] = []
    for number, day in enumerate(days, YEAR - len(days)):
        month = Month(scene, number, day, free)
        month.happen(last=day == days[-1])
        yield people_list(
            scene, day, left=month.left, joined=month.joined, moved=month.moved
        )


class Month:
    """One month, made up: it changes who is there, and remembers who moved.

    free: the places that nobody holds, handed on from month to month.
    """

    def __init__(self, scene: Scene, number: int, day: date, free: list[Spot]) -> None:
        """Know who may go or move: all whom the story does not need in their place."""
        self._staff, self._day, self._free = scene.staff, day, free
        self._chance = dice(scene.seed, "month", number)
        self._burst = number in _BURSTS
        self._mobile = [
            person
            for person, record in self._staff.people.items()
            if person not in scene.anchors
            and not record.partner
            and self._staff.job(person).id not in self._staff.helping
        ]
        self.left: list[str] = []
        self.joined: list[str] = []
        self.moved: list[str] = []

    def happen(self, *, last: bool) -> None:
        """Let the month happen; in the last one every free place is filled."""
        self._leave()
        self._fill(all_of_them=last)
        self._promote()
        self._turn()

    def _leave(self) -> None:
        """Let a few people go."""
        share = _LEAVE_BURST if self._burst else _LEAVE
        count = min(round(len(self._mobile) * share), _MOST)
        self.left = self._chance.sample(self._mobile, count)
        self._free += [self._staff.leave(person) for person in self.left]
        self._mobile = [p for p in self._mobile if p in self._staff.people]

    def _fill(self, *, all_of_them: bool) -> None:
        """Fill free places: with people of other teams, or with people from outside."""
        staff, chance = self._staff, self._chance
        by_job: dict[str, list[str]] = {}
        for person in self._mobile:
            by_job.setdefault(staff.job(person).id, []).append(person)
        for spot in list(self._free):
            if not all_of_them and chance.random() > _FILLED:
                continue
            self._free.remove(spot)
            job = staff.teams[spot[0]].places[spot[1]].job
            others = [p for p in by_job.get(job, ()) if staff.spots[p][0] != spot[0]]
            if others and not all_of_them and chance.random() < _WITHIN:
                mover = chance.choice(others)
                by_job[job].remove(mover)
                self._free.append(staff.spots[mover])
                staff.move(mover, spot)
                self.moved.append(mover)
            else:
                self.joined.append(staff.hire(spot, self._day, first=False))

    def _promote(self) -> None:
        """Let a few people rise by one step."""
        staff = self._staff
        count = round(len(self._mobile) * _PROMOTED)
        for person in self._chance.sample(self._mobile, count):
            if staff.job(person).rank == "member" and (title := staff.risen(person)):
                staff.people[person] = replace(staff.people[person], title=title)

    def _turn(self) -> None:
        """Let half of some teams report past their lead, or to the lead again."""
        staff = self._staff
        teams = [team.id for team in staff.teams.values() if staff.is_led(team.id)]
        share = _TURNED_BURST if self._burst else _TURNED
        for team in self._chance.sample(
            teams, min(len(teams), 1 + int(len(teams) * share))
        ):
            members = [p for p in staff.members(team) if staff.job(p).rank == "member"]
            staff.aside ^= set(self._chance.sample(members, len(members) // 2))
