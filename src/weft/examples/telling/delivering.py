"""How missions work, in their own words, and what their tools report of a season."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from math import log
from random import Random
from typing import Any

from weft.core.assets import Asset
from weft.core.delivering.agreements import Agreement, FeedbackLoop
from weft.core.delivering.deliveries import Delivery
from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.examples.days import instant
from weft.examples.dice import dice
from weft.examples.story import Step, step
from weft.examples.telling.scene import Scene
from weft.examples.texts import toml

_DAYS = 6  # before today
_NOON = 12 * 60 + 20
_SOON = timedelta(hours=1)
_WEEKS = 12
_TYPES = frozenset({"service", "application", "low-code"})
_SOURCE = "builds"
_USUAL = 3.0  # of the hours of a change, the logarithm
_BROKE = 0.04  # of the deployments do not come through
_HARMED = 0.08  # lead to an incident


def delivering(scene: Scene) -> Iterator[Step]:
    """Give the steps: what was delivered early on, the agreements, what was since."""
    early = scene.frozen - _SOON
    yield step(early, scene.administrator, lambda _: _before(scene, early))
    day = scene.calendar.ago(_DAYS)
    at, later = instant(day, _NOON), instant(day, _NOON + 5)
    yield step(at, scene.administrator, lambda firm: _agreed(firm, scene))
    yield step(later, scene.administrator, lambda firm: _reported(firm, scene, later))


def _agreed(firm: Firm, scene: Scene) -> Deed:
    """Put what missions wrote of how they work."""
    told = toml(f"{scene.firm}/working")
    found = [_agreement(told["way"], each, scene) for each in _missions(firm, scene)]
    note = "How missions work, in their own words."
    return Deed(name="put", changes=tuple(map(put, found)), note=note)


def _missions(firm: Firm, scene: Scene) -> Iterator[str]:
    """Give the missions of the home market that have connected their tools."""
    home = {team.id for team in scene.staff.teams.values() if not team.market}
    called = scene.called.mission if scene.called else ""
    for mission in sorted({*home, called} & set(firm.missions)):
        if _reports(mission, scene):
            yield mission


def _reports(mission: str, scene: Scene) -> bool:
    """Tell whether the tools of a mission report, also before it is formed."""
    share: float = toml(f"{scene.firm}/working")["reporting"]
    return dice(scene.seed, "reporting", mission).random() < share


def _agreement(
    ways: Sequence[Mapping[str, Any]], mission: str, scene: Scene
) -> Agreement:
    chance = dice(scene.seed, "working", mission)
    way, since = chance.choice(ways), scene.calendar.ago(chance.randrange(30, 300))
    return Agreement(
        mission=mission,
        says=way["says"],
        cadence=way["cadence"],
        review=FeedbackLoop(title="Does this still suit us?", every=90, since=since),
        loops=tuple(
            FeedbackLoop(title=title, every=every, since=since, with_whom=others)
            for title, every, others in way["loops"]
        ),
    )


def _before(scene: Scene, until: datetime) -> Deed:
    """Bring in what was reported of the same assets before the baseline."""
    text = toml(f"{scene.firm}/working")
    usual = log(text["hours_before"])
    facts: list[Delivery] = []
    for mission, owned in sorted(scene.owned.items()):
        for key in sorted(owned if _reports(mission, scene) else ()):
            asset = scene.assets[key]
            if asset.type in _TYPES:
                chance = dice(scene.seed, "delivering before", key)
                pace = dice(scene.seed, "pace", mission).choice(text["weekly"])
                facts += _of_asset(
                    asset, pace, until, chance, usual=usual, season="before-"
                )
    note = "What tools reported of changes, deployments and incidents."
    return Deed(name="deliveries", facts=tuple(facts), note=note)


def _reported(firm: Firm, scene: Scene, until: datetime) -> Deed:
    """Bring in what tools reported of what those missions run."""
    paces = toml(f"{scene.firm}/working")["weekly"]
    missions = frozenset(_missions(firm, scene))
    facts: list[Delivery] = []
    for key in sorted(firm.assets):
        asset = firm.assets[key]
        if asset.mission in missions and asset.type in _TYPES:
            chance = dice(scene.seed, "delivering", key)
            pace = dice(scene.seed, "pace", asset.mission).choice(paces)
            facts += _of_asset(asset, pace, until, chance)
    note = "What tools reported of changes, deployments and incidents."
    return Deed(name="deliveries", facts=tuple(facts), note=note)


def _of_asset(
    asset: Asset,
    weekly: float,
    until: datetime,
    chance: Random,
    *,
    usual: float = _USUAL,
    season: str = "",
) -> Iterator[Delivery]:
    """Give the changes of a season, each with its deployment and what came of it.

    usual: the logarithm of the hours from written to landed, in the middle.
    """
    now, number = until - timedelta(weeks=_WEEKS), 0
    while True:
        now += timedelta(weeks=chance.expovariate(weekly))
        lead = timedelta(hours=chance.lognormvariate(usual, 1))
        live = now + timedelta(minutes=chance.randrange(10, 90))
        if live >= until:
            return
        number += 1
        revision = f"{asset.id}-{season}{number}"
        yield _told(asset, "change", revision, now, since=now - lead, revision=revision)
        worked = chance.random() >= _BROKE
        yield _told(
            asset, "deployment", revision, live, revision=revision, worked=worked
        )
        if worked and chance.random() < _HARMED:
            yield from _incident(asset, revision, live, until, chance)


def _incident(
    asset: Asset, revision: str, live: datetime, until: datetime, chance: Random
) -> Iterator[Delivery]:
    """Give what a deployment broke, and when it was mended."""
    began = live + timedelta(minutes=chance.randrange(2, 120))
    ended = began + timedelta(minutes=chance.lognormvariate(3.5, 1))
    for what, at in (("incident", began), ("restored", ended)):
        if at < until:
            yield _told(asset, what, revision, at, revision=revision, incident=revision)


def _told(asset: Asset, what: Any, name: str, at: datetime, **more: Any) -> Delivery:
    return Delivery(
        id=f"{what}-{name}",
        source=_SOURCE,
        what=what,
        of=asset.id,
        at=at.replace(microsecond=0),
        environment="live" if what == "deployment" else "",
        **more,
    )
