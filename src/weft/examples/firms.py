"""Make an example firm with its history, of any size, from its name and a seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from weft.core.entries import Deed, put
from weft.errors import InputError, UnknownName, Where
from weft.examples.days import Calendar, instant
from weft.examples.story import Step, Story, step
from weft.examples.telling.asking import asking, brought
from weft.examples.telling.closing import closing
from weft.examples.telling.delivering import delivering
from weft.examples.telling.forming import forming
from weft.examples.telling.leading import leading
from weft.examples.telling.measuring import measuring
from weft.examples.telling.movements import movements
from weft.examples.telling.needing import needing
from weft.examples.telling.objecting import objecting
from weft.examples.telling.paying import paying
from weft.examples.telling.planning import planning
from weft.examples.telling.rolling import began, mending
from weft.examples.telling.routine import routine
from weft.examples.telling.rulings import rulings
from weft.examples.telling.scene import Scene, set_scene

FIRMS: Final = ("airline", "bank")
PLANNED: Final = "pervasive-plan"
"""The bank, smaller, with a strategic plan that it runs by."""
_PLANNED_PEOPLE = 120
FEWEST, MOST = 20, 200_000
_OPENING = 7 * 60


def make(name: str, *, people: int | None = None, seed: int = 7, today: date) -> Story:
    """Tell an invented firm: how it starts twelve months ago, and its year since.

    name: `airline` (about 400 people, an IT department, one first mission), `bank`
    (about 500, no IT department, 50 missions) or `pervasive-plan` (the bank with 120
    people and a plan). people: any number from 20 to 200,000; as it is written where
    none is given. The same name, size, seed and day give the same story, byte for byte.
    """
    if name not in (*FIRMS, PLANNED):
        raise UnknownName("example", name, (*FIRMS, PLANNED), Where(path="example"))
    if planned := name == PLANNED:
        name, people = "bank", people or _PLANNED_PEOPLE
    if people is not None and not FEWEST <= people <= MOST:
        raise InputError(
            f"No example firm has {people:,} people.",
            do=f"Ask for {FEWEST} to {MOST:,} people.",
            where=Where(path="people"),
        )
    calendar = Calendar(today)
    scene = set_scene(name, people, seed, calendar, brought(name))
    told = [*_steps(scene), *(planning(scene) if planned else ())]
    steps = sorted(told, key=lambda one: one.at)
    return Story(
        title=scene.staff.text["about"]["title"],
        profiles=tuple(scene.staff.register.profiles),
        steps=tuple(steps),
        frozen=scene.frozen,
    )


def _steps(scene: Scene) -> Iterator[Step]:
    """Give every step of a story, thread by thread.

    Requests come first, as they name people before any of them has moved.
    """
    yield _loading(scene)
    yield from asking(scene)
    yield from routine(scene)
    yield from forming(scene)
    yield from rulings(scene)
    yield from objecting(scene)
    yield from mending(scene)
    yield from movements(scene)
    yield from leading(scene)
    yield from needing(scene)
    yield from paying(scene)
    yield from measuring(scene)
    yield from closing(scene)
    yield from delivering(scene)


def _loading(scene: Scene) -> Step:
    """Load the firm as it stands on the first day."""
    about = scene.staff.text["about"]["title"]
    note = f"{about} as it stood on {scene.calendar.start}."
    records = (began(scene, record) for record in scene.records)
    deed = Deed(name="load", changes=tuple(map(put, records)), note=note)
    at = instant(scene.calendar.start, _OPENING)
    return step(at, scene.administrator, lambda _: deed)
