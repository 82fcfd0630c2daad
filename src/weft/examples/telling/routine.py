"""The many small changes of a week, asked for and allowed in a minute."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from weft.core.assets import Asset
from weft.core.requests import Request
from weft.examples.days import instant
from weft.examples.dice import dice
from weft.examples.story import Step, step
from weft.examples.telling.answering import ask
from weft.examples.telling.asking import FIRST_HOUR, LAST_HOUR
from weft.examples.telling.scene import Scene
from weft.examples.texts import toml

_AN_HOUR = timedelta(hours=1)
_BETWEEN = timedelta(seconds=40)  # never between a no and the wish for a waiver
_WEEKDAYS = 5


def routine(scene: Scene) -> Iterator[Step]:
    """Give so many small changes a month, from when there are missions to ask."""
    told = toml(f"{scene.firm}/requests/routine")
    chance = dice(scene.seed, "routine")
    changed = [
        (mission, scene.assets[asset])
        for mission, assets in scene.owned.items()
        for asset in assets
        if told["undo_of"] in scene.assets[asset].properties
    ]
    first = scene.asking_from
    days = (scene.calendar.today - first).days
    for day in _workdays(first, days, chance, told["each_month"] * days // 30):
        if changed:
            yield from _change(scene, told, chance.choice(changed), day, chance)


def _workdays(first: date, days: int, chance: Random, count: int) -> Iterator[date]:
    """Draw working days between the first and the last, not in order."""
    for _ in range(count):
        day = first + timedelta(days=chance.randrange(days))
        if day.weekday() < _WEEKDAYS:
            yield day


def _change(
    scene: Scene,
    told: Mapping[str, Any],
    thing: tuple[str, Asset],
    day: date,
    chance: Random,
) -> Iterator[Step]:
    """Ask for one change; where undoing it takes too long, once more with a switch."""
    mission, asset = thing
    asker, title = chance.choice(scene.askers(mission)), chance.choice(told["titles"])
    at = instant(day, chance.randrange(FIRST_HOUR, LAST_HOUR)) + _BETWEEN
    undo = chance.choice(told["undo"])
    also = {name: chance.choice(drawn) for name, drawn in told["also"].items()}
    tries = [(at, undo)]
    if undo > told["long"]:
        tries.append((at + _AN_HOUR, told["again"]))
    for then, minutes in tries:
        request = Request(
            mission=mission,
            act=told["act"],
            asset=asset.id,
            title=title.format(asset.title),
            properties={"change.undo": minutes, **also},
        )
        yield step(then, asker, ask(request, asker, then))
