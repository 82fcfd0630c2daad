"""What the coming months ask: needs of the missions, and who is away."""

from __future__ import annotations

from collections.abc import Iterator

from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.core.indexes import seats_by_mission
from weft.core.missions import Need
from weft.core.rounds.asking import Absence
from weft.examples.days import instant
from weft.examples.dice import dice
from weft.examples.story import Step, step
from weft.examples.telling.scene import Scene

_DAYS = 7  # before today
_AFTERNOON = 15 * 60
_MONTHS = 6  # for which missions know what they want
_TURNS, _MORE = 0.2, 0.3  # of the needs change, of the missions want something new
_FACTORS = (0.5, 0.6, 1.3, 1.5)
_SHARES = (20, 40, 50, 60, 100)
_LEVELS = (3, 3, 4)
_AWAY = 0.03  # of all people are away in one of the months
_AWAY_SHARES = (50, 100, 100)


def needing(scene: Scene) -> Iterator[Step]:
    """Give the needs and absences of the coming months, told in one deed."""
    at = instant(scene.calendar.ago(_DAYS), _AFTERNOON)
    yield step(at, scene.administrator, lambda firm: _told(firm, scene))


def _told(firm: Firm, scene: Scene) -> Deed:
    """Tell what is wanted and who is away, as the firm stands."""
    needs = {need.key: need for need in _needs(firm, scene)}
    records = (*needs.values(), *_absences(scene))
    note = "Needs of the missions, and who is away, in the next six months."
    return Deed(name="put", changes=tuple(map(put, records)), note=note)


def _needs(firm: Firm, scene: Scene) -> Iterator[Need]:
    """Give what missions want: what their people do, some of it changing, and more."""
    chance = dice(scene.seed, "needs")
    months = [scene.calendar.month(ahead) for ahead in range(1, _MONTHS + 1)]
    seats = seats_by_mission(firm)
    for mission in sorted(seats):
        wanted: dict[tuple[str, int], int] = {}
        for seat in sorted(seats[mission], key=lambda seat: seat.key):
            if seat.held_in(months[0]) and seat.person in scene.staff.spots:
                skill, usual = scene.staff.job(seat.person).knows[0]
                place = skill, max(1, usual - 1)
                wanted[place] = wanted.get(place, 0) + seat.share
        for (skill, level), share in wanted.items():
            turn = chance.randrange(1, _MONTHS) if chance.random() < _TURNS else 0
            yield Need(
                mission=mission,
                skill=skill,
                level=level,
                share=share,
                month=months[0],
                until=months[turn - 1],
            )
            if turn:
                other = round(share * chance.choice(_FACTORS) / 10) * 10
                yield Need(
                    mission=mission,
                    skill=skill,
                    level=level,
                    share=max(10, other),
                    month=months[turn],
                    until=months[-1],
                )
        if chance.random() < _MORE and (new := _new(scene, mission)):
            yield Need(
                mission=mission,
                skill=chance.choice(new),
                level=chance.choice(_LEVELS),
                share=chance.choice(_SHARES),
                month=months[chance.randrange(3)],
                until=months[-1],
            )


def _new(scene: Scene, mission: str) -> list[str]:
    """Give the skills that a mission might want more of: mostly rare ones."""
    team = scene.staff.teams.get(mission)
    if team is None:
        return []
    jobs = [scene.staff.jobs[place.job] for place in team.places]
    skills = [rare for rare, _, _ in team.knows]
    return skills + [skill for job in jobs for skill, _ in job.knows]


def _absences(scene: Scene) -> Iterator[Absence]:
    """Give who is away in the coming months."""
    chance = dice(scene.seed, "absences")
    for person in sorted(scene.staff.people):
        if chance.random() < _AWAY:
            yield Absence(
                person=person,
                month=scene.calendar.month(chance.randint(1, _MONTHS)),
                share=chance.choice(_AWAY_SHARES),
            )
