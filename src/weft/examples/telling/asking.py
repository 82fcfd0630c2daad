"""Missions ask "may we?": each request is answered by the engine at its own instant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from msgspec.structs import replace

from weft.core.assets import Asset
from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.core.records import read
from weft.core.requests import Request
from weft.examples.days import instant
from weft.examples.dice import dice
from weft.examples.making.estate import counted
from weft.examples.story import Decide, Step, step
from weft.examples.telling.answering import ask
from weft.examples.telling.scene import Scene
from weft.examples.telling.waiving import Wish, waiving
from weft.examples.texts import toml

FIRST_HOUR, LAST_HOUR = 8 * 60, 17 * 60
_SOON = timedelta(seconds=20)
_A_WHILE = timedelta(minutes=25)


def brought(firm: str) -> frozenset[str]:
    """Name the assets that are not there until a request has been allowed."""
    return frozenset(told["brings"] for told in _told(firm) if "brings" in told)


def asking(scene: Scene) -> Iterator[Step]:
    """Give the steps of all requests that the text tells, and their waivers."""
    chance, taken = dice(scene.seed, "asking"), set[datetime]()
    for told in _told(scene.firm):
        if _is_possible(scene, told):
            yield from _asked(scene, told, chance, taken)


def _told(firm: str) -> Iterator[Mapping[str, Any]]:
    """Give the requests as the text tells them."""
    for name in toml(f"{firm}/firm")["requests"]:
        yield from toml(f"{firm}/requests/{name}")["ask"]


def _is_possible(scene: Scene, told: Mapping[str, Any]) -> bool:
    """Tell whether the firm has what a request is about: small ones lack some."""
    asset, brings = told.get("asset"), told.get("brings")
    return (
        told["mission"] in scene.owned
        and (asset is None or asset in scene.assets)
        and (brings is None or brings in scene.later)
    )


def _asked(
    scene: Scene, told: Mapping[str, Any], chance: Random, taken: set[datetime]
) -> Iterator[Step]:
    """Give the steps of one request: its tries, its waiver, and what it brings."""
    asker = chance.choice(scene.askers(told["mission"]))
    asset = scene.later.get(told.get("brings", ""))
    properties = {**(asset.properties if asset else {}), **told.get("properties", {})}
    at = instant(scene.calendar.start, 0)
    for number, one in enumerate(told["tries"]):
        properties |= one.get("with", {})
        at = _free_minute(scene.calendar.ago(one["days"]), at, chance, taken)
        request = _request(told, properties)
        yield step(at, asker, ask(request, asker, at))
        if number == 0 and "waiver" in told:
            wish = read(Wish, {"id": told["id"], **told["waiver"]})
            yield from waiving(scene, wish, request, asker, at + _SOON)
    if asset:
        yield step(at + _SOON, asker, _put(asset))


def _put(asset: Asset) -> Decide:
    """Put what was allowed in service, with those of its keepers who are there."""

    def decide(firm: Firm) -> Deed:
        there = tuple(keeper for keeper in asset.keepers if keeper in firm.people)
        new = counted(replace(asset, keepers=there), firm.vocabulary)
        note = f"“{asset.title}” is in service."
        return Deed(name="put", changes=(put(new),), note=note)

    return decide


def _free_minute(
    day: date, after: datetime, chance: Random, taken: set[datetime]
) -> datetime:
    """Draw a minute of a day, after an instant, in which nobody asks yet.

    So the tries of a request keep their order though weekends push them together,
    and a waiver that is asked for right after a no follows on that very no.
    """
    at = instant(day, chance.randrange(FIRST_HOUR, LAST_HOUR))
    at = max(at, after + _A_WHILE)
    while at in taken:
        at += timedelta(minutes=1)
    taken.add(at)
    return at


def _request(told: Mapping[str, Any], properties: Mapping[str, Any]) -> Request:
    """Make the request that a text tells."""
    plain = {
        "mission": told["mission"],
        "act": told["act"],
        "asset": told.get("asset"),
        "title": told["title"],
        "properties": properties,
    }
    return read(Request, plain)
