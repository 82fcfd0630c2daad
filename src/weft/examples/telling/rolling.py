"""Guardrails rolled out with a baseline, and how it was mended since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from weft.core.assets import Asset
from weft.core.entries import Change, Deed, put
from weft.core.firm import Firm
from weft.core.framework.rollouts import Rollout
from weft.core.guardrails import Guardrail
from weft.core.records import Record, read
from weft.core.scalars import Name, Text
from weft.engines.guardrails import recorded
from weft.examples.days import Calendar, instant
from weft.examples.story import Decide, Step, step
from weft.examples.telling.scene import Scene
from weft.examples.texts import toml

_AFTERNOON = 14 * 60


class Mend(Record, frozen=True, kw_only=True):
    """An asset that broke it, and so many days before today no longer did."""

    asset: Name
    ago: int | None = None


class Told(Record, frozen=True, kw_only=True):
    """A roll-out as the text of a story tells it."""

    guardrail: Name
    reason: Text
    ahead: int
    ahead_for: Mapping[Name, int] = {}
    was: Mapping[str, Any] = {}
    mends: tuple[Mend, ...] = ()


def told(scene: Scene) -> Iterator[Told]:
    """Give the roll-outs of a story."""
    for name in scene.staff.text.get("rollouts", ()):
        for plain in toml(f"{scene.firm}/rules/{name}")["rollout"]:
            yield read(Told, plain)


def began(scene: Scene, record: Record) -> Record:
    """Give a record as it stood when the story began: what is mended later broke."""
    for each in told(scene):
        if isinstance(record, Asset) and record.id in {m.asset for m in each.mends}:
            return _with(record, each.was)
    return record


def rolled_out(
    told: Told, firm: Firm, guardrail: Guardrail, calendar: Calendar, ago: int
) -> tuple[Change, ...]:
    """Give what rolling a guardrail out writes: how it starts, and its baseline."""
    day = calendar.ago(ago)
    days = {m: calendar.today + timedelta(days=n) for m, n in told.ahead_for.items()}
    begins = Rollout(
        id=f"{guardrail.id}-v{guardrail.version}",
        guardrail=guardrail.id,
        version=guardrail.version,
        reason=told.reason,
        until=calendar.today + timedelta(days=told.ahead),
        dates={
            mission: day for mission, day in days.items() if mission in firm.missions
        },
        recorded=0,
        started_by=firm.roles[guardrail.owner].holders[0],
        started_at=instant(day, 9 * 60),
    )
    items = recorded(firm, guardrail, begins)
    return (put(replace(begins, recorded=len(items))), *map(put, items))


def mending(scene: Scene) -> Iterator[Step]:
    """Give the steps by which missions mend what is theirs."""
    for each in told(scene):
        for number, mend in enumerate(each.mends):
            asset = scene.assets.get(mend.asset)
            if mend.ago is None or asset is None or asset.mission is None:
                continue
            at = instant(scene.calendar.ago(mend.ago), _AFTERNOON + number)
            person = scene.staff.members(asset.mission)[0]
            yield step(at, person, _mend(asset, each.was))


def _mend(asset: Asset, was: Mapping[str, Any]) -> Decide:
    """Put an asset right in what it broke; all else stays as it is."""
    right = {name: _of(asset, name) for name in was}

    def decide(firm: Firm) -> Deed:
        return Deed(name="put", changes=(put(_with(firm.assets[asset.id], right)),))

    return decide


def _of(asset: Asset, name: str) -> Any:
    """Give what the interfaces of an asset have of a word."""
    return next(i[name] for i in _interfaces(asset) if name in i)


def _with(asset: Asset, words: Mapping[str, Any]) -> Asset:
    """Give an asset whose interfaces all have some words."""
    changed = tuple({**each, **words} for each in _interfaces(asset))
    return replace(asset, properties={**asset.properties, "interfaces": changed})


def _interfaces(asset: Asset) -> tuple[dict[str, Any], ...]:
    """Give the interfaces of an asset."""
    found: Any = asset.properties.get("interfaces", ())
    return tuple(found)
