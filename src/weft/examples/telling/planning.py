"""A firm that runs by a plan: its goals, how its missions work, what they deliver."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from msgspec.structs import replace

from weft.core.delivering.agreements import Agreement, FeedbackLoop
from weft.core.delivering.deliveries import Delivery, Happened
from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.core.planning.plan import Goal, Plan
from weft.core.records import read
from weft.examples.days import instant
from weft.examples.dice import dice
from weft.examples.story import Step, step
from weft.examples.telling.scene import Scene
from weft.examples.texts import toml

_EVENING = 17 * 60
_AHEAD: Final = 12  # months that the plan gives itself
_WEEKS: Final = 13
_BROKEN = 0.1  # of all deployments lead to an incident
_RHYTHMS = {
    "payments": 3.0,
    "current-accounts": 2.0,
    "marketplace": 1.5,
    "savings": 1.0,
}
"""Deployments a week of the missions whose tools report."""


def planning(scene: Scene) -> Iterator[Step]:
    """Give the plan, how two missions work and worked before, and deliveries."""
    ago = scene.calendar.ago
    do = scene.administrator
    yield step(instant(ago(60), _EVENING), do, lambda firm: _agreed(scene, firm, 60))
    yield step(instant(ago(30), _EVENING), do, lambda firm: _agreed(scene, firm, 30))
    yield step(instant(ago(3), _EVENING), do, _placed)
    until = instant(ago(2), _EVENING)
    yield step(until, do, lambda firm: _delivered(firm, scene.seed, until))
    yield step(instant(ago(1), _EVENING), do, lambda firm: _planned(scene, firm))


def _planned(scene: Scene, firm: Firm) -> Deed:
    """Put the plan on record, its goals tied to the missions that there are."""
    told = toml("bank/strategic-plan")
    by = scene.calendar.end(_AHEAD).isoformat()
    sought = [{"measure": m, "value": v, "by": by} for m, v in told["sought"].items()]
    plan = read(Plan, {**told, "sought": sought})

    def there(goal: Goal) -> Goal:
        return replace(
            goal, missions=tuple(m for m in goal.missions if m in firm.missions)
        )

    goals = tuple(there(goal) for goal in plan.core.goals)
    plan = replace(plan, core=replace(plan.core, goals=goals))
    return Deed(name="put", changes=(put(plan),), note="The plan of the firm.")


def _agreed(scene: Scene, firm: Firm, days: int) -> Deed:
    """Write how two missions work: the second time, one has changed its mind."""
    first = scene.calendar.ago(days)
    flow = Agreement(
        mission="payments",
        says="We pull from one list, two at a time. Who breaks it mends it first.",
        cadence="Weekly flow",
        review=FeedbackLoop(title="Look at how we work", every=28, since=first),
        loops=(FeedbackLoop(title="Show what runs", every=7, since=first),),
    )
    later = days < 60  # noqa: PLR2004 # the first of the two times
    sprints = Agreement(
        mission="current-accounts",
        says="We choose together what comes next, and stop when it is done."
        if later
        else "We try sprints.",
        cadence="Two-week sprints" if later else "Four-week sprints",
        review=FeedbackLoop(title="Look back", every=14 if later else 28, since=first),
    )
    told = [a for a in (flow, sprints) if a.mission in firm.missions]
    return Deed(name="put", changes=tuple(map(put, told)), note="How missions work.")


def _placed(firm: Firm) -> Deed:
    """Say from which repository the first service of some missions comes."""
    changes = []
    for mission in sorted(_RHYTHMS):
        owned = (a for _, a in sorted(firm.assets.items()) if a.mission == mission)
        first = next((a for a in owned if a.type == "service"), None)
        if first is not None:
            changes.append(put(replace(first, delivered_from=(_repository(mission),))))
    return Deed(name="put", changes=tuple(changes), note="Where services come from.")


def _repository(mission: str) -> str:
    return f"wherry/{mission}"


def _delivered(firm: Firm, seed: int, until: datetime) -> Deed:
    """Tell what the tools reported in the weeks before."""
    told = [
        each
        for mission, rate in sorted(_RHYTHMS.items())
        if mission in firm.missions
        for each in _reported(mission, rate, seed, until)
    ]
    return Deed(name="deliveries.bring", facts=tuple(told), note="What tools reported.")


def _reported(
    mission: str, rate: float, seed: int, until: datetime
) -> Iterator[Delivery]:
    """Give the changes, deployments and incidents of one repository."""
    chance = dice(seed, f"deliveries {mission}")
    at = until - timedelta(weeks=_WEEKS)
    for number in range(1000):
        at += timedelta(hours=chance.expovariate(rate / 168))
        if at >= until:
            return
        revision = sha256(f"{mission} {number}".encode()).hexdigest()[:40]
        written = at - timedelta(hours=chance.lognormvariate(2.5, 0.8))
        landed = max(written, at - timedelta(hours=1))
        yield _told(mission, "change", number, landed, since=written, revision=revision)
        yield _told(mission, "deployment", number, at, revision=revision)
        if chance.random() < _BROKEN:
            began = at + timedelta(minutes=30)
            ended = began + timedelta(hours=chance.lognormvariate(0, 1))
            incident = f"{_repository(mission)}#{number}"
            yield _told(mission, "incident", number, began, incident=incident)
            if ended < until:
                yield _told(mission, "restored", number, ended, incident=incident)


def _told(
    mission: str, what: Happened, number: int, at: datetime, **more: Any
) -> Delivery:
    """Give what a tool reported."""
    return Delivery(
        id=f"{_repository(mission)} {what} {number}",
        source="example",
        what=what,
        of=_repository(mission),
        at=at.replace(microsecond=0),
        **{k: v.replace(microsecond=0) if k == "since" else v for k, v in more.items()},
    )
