"""Roll-outs: a guardrail brought into force, and what broke it mended by a date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from msgspec.structs import replace

from weft.app.guardrails import try_out
from weft.app.permissions import permit, permit_change
from weft.app.records import effective, stays_whole
from weft.app.views import View
from weft.app.writing.reading import misfits
from weft.core.entries import Deed, Entry, put
from weft.core.firm import Firm
from weft.core.framework.rollouts import BaselineItem, Rollout
from weft.core.guardrails import Guardrail
from weft.core.records import Record, show
from weft.core.requests import WayOut
from weft.core.roles import Actor
from weft.core.scalars import Name, Text
from weft.engines.guardrails import (
    Burn,
    ItemStands,
    Radius,
    Remedies,
    as_tried,
    burn,
    burns,
    check_rollout,
    mended,
    recorded,
    refuse_again,
    stands,
)
from weft.errors import NotFound, NothingChanges, Problems
from weft.store.desk import Desk

MOST_WAYS: Final = 20
"""For so many assets a smallest change is looked for."""


class Plan(Record, frozen=True, kw_only=True):
    """A guardrail to bring into force, and by when what breaks it is to be mended.

    until: the day before which; dates: other days for some missions. id: what the
    roll-out is to be called; else it is named for the guardrail and its version.
    """

    guardrail: Guardrail
    until: date
    dates: Mapping[Name, date] = {}
    reason: Text = ""
    id: Name | None = None


class Share(Record, frozen=True, kw_only=True):
    """What a mission would have to mend before a day; empty for what nobody owns."""

    mission: str
    until: date
    items: int
    assets: int


class Preview(Record, frozen=True, kw_only=True):
    """What a roll-out would do: its blast radius, its baseline, and who gets which day.

    uncovered: assets that break all the same, as nothing is tolerated of them.
    """

    rollout: Rollout
    radius: Radius
    missions: tuple[Share, ...]
    items: tuple[BaselineItem, ...]
    uncovered: tuple[str, ...]


class Campaign(Record, frozen=True, kw_only=True):
    """A roll-out as it stands, in all and mission by mission."""

    rollout: Rollout
    title: str
    total: Burn
    missions: tuple[Burn, ...]


class CampaignItems(Record, frozen=True, kw_only=True):
    """A roll-out as it stands, with each item of its baseline."""

    campaign: Campaign
    items: tuple[ItemStands, ...]


def preview(desk: Desk, view: View, plan: Plan, at: datetime) -> Preview:
    """Tell what a roll-out would do, on the firm as the actor may see it."""
    firm = view.firm
    tried, rollout, items = _begun(firm, plan, view.actor, at)
    radius = try_out(desk, view, tried, at).radius
    covered = {item.asset for item in items}
    breaking = (t.asset for t in radius.touched if t.after == "breaks")
    return Preview(
        rollout=rollout,
        radius=radius,
        missions=tuple(_shares(items)),
        items=items,
        uncovered=tuple(asset for asset in breaking if asset not in covered),
    )


def start(desk: Desk, actor: Actor, plan: Plan, at: datetime, key: str = "") -> Rollout:
    """Bring a guardrail into force, and record what breaks it today as its baseline."""

    def deed(firm: Firm) -> Deed:
        held = firm.guardrails.get(plan.guardrail.id)
        permit(firm, actor, "rollout", (held or plan.guardrail).owner)
        tried, rollout, items = _begun(firm, plan, actor, at)
        ruled = effective(firm, [put(tried)])
        for each in ruled:
            permit_change(firm, actor, each)
        stays_whole(firm, ruled)
        changes = (*ruled, put(rollout), *map(put, items))
        return Deed(name="rollout.start", changes=changes)

    intent = show(plan).encode()
    entry = desk.write(deed, at=at, actor=actor, key=key, intent=intent)
    return next(c.record for c in entry.deed.changes if isinstance(c.record, Rollout))


def campaigns(view: View, at: datetime) -> list[Campaign]:
    """List the roll-outs, the newest first."""
    every = sorted(view.firm.rollouts.values(), key=lambda r: r.id)
    every.sort(key=lambda r: r.started_at, reverse=True)
    return [campaign(view, each.id, at).campaign for each in every]


def campaign(view: View, rollout_id: str, at: datetime) -> CampaignItems:
    """Show one roll-out with its items and its burn-down."""
    firm = view.firm
    rollout = _found(firm, rollout_id)
    items = stands(firm, _items(firm, rollout_id), at)
    guardrail = firm.guardrails.get(rollout.guardrail)
    told = Campaign(
        rollout=rollout,
        title=guardrail.title if guardrail else rollout.guardrail,
        total=burn(firm, rollout, items, at),
        missions=burns(firm, rollout, items, at),
    )
    return CampaignItems(campaign=told, items=items)


def to_mend(view: View, at: datetime, mission: str = "") -> tuple[ItemStands, ...]:
    """Give what is still to be mended, by a mission or by all, what is due first.

    An item of a version that no longer holds is not among them.
    """
    firm = view.firm
    open_ = [item for item in firm.baseline.values() if item.mended_at is None]
    if mission:
        open_ = [item for item in open_ if _owner(firm, item) == mission]
    found = stands(firm, open_, at)
    return tuple(each for each in found if each.open and _holds(firm, each.item))


class ToDo(Record, frozen=True, kw_only=True):
    """An asset that is to be mended, and how: what a mission has before it.

    until: the day that comes first among its items. way: a smallest change; told of
    the first twenty assets.
    """

    guardrail: Name
    rollout: Name
    asset: Name
    until: datetime
    items: tuple[ItemStands, ...]
    remedy: Text
    way: WayOut | None = None


def to_do(view: View, at: datetime, mission: str) -> tuple[ToDo, ...]:
    """Give what a mission has to mend, asset by asset, what is due first at the top."""
    firm, remedies, found = view.firm, dict[str, Remedies](), list[ToDo]()
    of: dict[tuple[str, str], list[ItemStands]] = {}
    for each in to_mend(view, at, mission):
        of.setdefault((each.item.guardrail, each.item.asset), []).append(each)
    for (guardrail, asset), items in of.items():
        way = None
        if len(found) < MOST_WAYS:
            if guardrail not in remedies:
                remedies[guardrail] = Remedies(firm, guardrail, at)
            way = remedies[guardrail].of(asset)
        found.append(
            ToDo(
                guardrail=guardrail,
                rollout=items[0].item.rollout,
                asset=asset,
                until=items[0].item.until,
                items=tuple(items),
                remedy=firm.guardrails[guardrail].remedy,
                way=way,
            )
        )
    return tuple(found)


def prune(
    desk: Desk, actor: Actor, rollout_id: str, at: datetime, key: str = ""
) -> tuple[BaselineItem, ...]:
    """Close what no longer offends and is still written as open; give what was closed.

    Deeds do so by themselves. What is left is what was loaded that way.
    """

    def deed(firm: Firm) -> Deed:
        rollout = _found(firm, rollout_id)
        guardrail = firm.guardrails.get(rollout.guardrail)
        permit(firm, actor, "rollout", guardrail.owner if guardrail else "")
        items = _items(firm, rollout_id)
        closed = (replace(i, mended_at=at) for i in mended(firm, items, at))
        return Deed(name="rollout.prune", changes=tuple(map(put, closed)))

    intent = f"prune {rollout_id}".encode()
    try:
        entry = desk.write(deed, at=at, actor=actor, key=key, intent=intent)
    except NothingChanges:
        return ()
    return _written(entry)


def _begun(
    firm: Firm, plan: Plan, actor: Actor, at: datetime
) -> tuple[Guardrail, Rollout, tuple[BaselineItem, ...]]:
    """Give the guardrail as it would be, its roll-out and its baseline.

    Raises ConflictError for a version that was rolled out already, and Problems.
    """
    tried = as_tried(firm, plan.guardrail)
    refuse_again(firm, tried)
    rollout = Rollout(
        id=plan.id or _free_id(firm, tried),
        guardrail=tried.id,
        version=tried.version,
        reason=plan.reason,
        until=plan.until,
        dates=plan.dates,
        recorded=0,
        started_by=actor.person,
        started_at=at,
    )
    if found := [*misfits(firm, tried), *check_rollout(firm, tried, rollout)]:
        raise Problems(found)
    items = recorded(firm, tried, rollout)
    return tried, replace(rollout, recorded=len(items)), items


def _free_id(firm: Firm, guardrail: Guardrail) -> str:
    """Give an id that no roll-out has; its items' numbers are put behind it."""
    name = f"{guardrail.id[:60]}-v{guardrail.version}"
    return name if name not in firm.rollouts else f"{name}-{firm.seq + 1}"


def _shares(items: Iterable[BaselineItem]) -> Iterable[Share]:
    """Count what each mission has to mend, and by when; the soonest first."""
    counts = Counter((i.until.date(), i.mission or "") for i in items)
    assets = Counter({(i.until.date(), i.mission or "", i.asset) for i in items})
    for until, mission in sorted(counts):
        own = sum(1 for day, of, _ in assets if (day, of) == (until, mission))
        number = counts[until, mission]
        yield Share(mission=mission, until=until, items=number, assets=own)


def _items(firm: Firm, rollout_id: str) -> list[BaselineItem]:
    """Give the baseline of one roll-out."""
    items = (i for i in firm.baseline.values() if i.rollout == rollout_id)
    return sorted(items, key=lambda item: item.id)


def _owner(firm: Firm, item: BaselineItem) -> str | None:
    """Give the mission that owns the asset of an item now, or did."""
    owned = firm.assets.get(item.asset)
    return owned.mission if owned else item.mission


def _holds(firm: Firm, item: BaselineItem) -> bool:
    """Tell whether the version that an item is about is the one that holds."""
    guardrail = firm.guardrails.get(item.guardrail)
    return guardrail is not None and guardrail.version == item.version


def _written(entry: Entry) -> tuple[BaselineItem, ...]:
    """Give the items that an entry has put in their place."""
    records = (change.record for change in entry.deed.changes)
    return tuple(r for r in records if isinstance(r, BaselineItem))


def _found(firm: Firm, rollout_id: str) -> Rollout:
    """Find a roll-out by its id."""
    if rollout_id not in firm.rollouts:
        raise NotFound("roll-out", rollout_id, firm.rollouts)
    return firm.rollouts[rollout_id]
