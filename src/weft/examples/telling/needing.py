"""What missions want next: the needs that the coming months' seats are to meet."""

from __future__ import annotations

from collections.abc import Iterator

from weft.core.entries import Deed, put
from weft.core.missions import Need
from weft.examples.days import instant
from weft.examples.dice import dice
from weft.examples.story import Step, step
from weft.examples.telling.scene import Scene

_DAYS = 7  # before today
_AFTERNOON = 15 * 60
_OFTEN = 0.6  # of all missions want something
_SHARES = (20, 40, 50, 60, 100, 100)
_LEVELS = (3, 3, 4)


def needing(scene: Scene) -> Iterator[Step]:
    """Give the needs for the next two months, told in one deed."""
    needs = {need.key: need for need in _needs(scene)}
    if needs:
        note = "Needs of the missions for the next two months."
        changes = tuple(put(need) for need in needs.values())
        deed = Deed(name="put", changes=changes, note=note)
        at = instant(scene.calendar.ago(_DAYS), _AFTERNOON)
        yield step(at, scene.administrator, lambda _: deed)


def _needs(scene: Scene) -> Iterator[Need]:
    """Draw what missions want: mostly what few of their own people know."""
    chance = dice(scene.seed, "needs")
    for team in scene.staff.teams.values():
        if team.told and chance.random() < _OFTEN:
            jobs = [scene.staff.jobs[place.job] for place in team.places]
            skills = [rare for rare, _, _ in team.knows]
            skills += [skill for job in jobs for skill, _ in job.knows]
            yield Need(
                mission=team.id,
                skill=chance.choice(skills),
                level=chance.choice(_LEVELS),
                share=chance.choice(_SHARES),
                month=scene.calendar.month(chance.choice((1, 1, 2))),
            )
