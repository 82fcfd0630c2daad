"""How each mission delivers, from what the tools reported of its assets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from weft.app.permissions import outside
from weft.app.views import View
from weft.core.assets import Asset
from weft.core.delivering.deliveries import Delivery
from weft.core.indexes import assets_by_mission
from weft.core.records import Record
from weft.core.scalars import Line, Name
from weft.engines.delivering import Measures, measured, owned, whose
from weft.errors import NotFound
from weft.store.desk import Desk

WEEKS = 13
_BEFORE = timedelta(weeks=52)
"""What landed so long before the weeks measured may still be waiting."""


class Delivered(Record, frozen=True, kw_only=True):
    """How one mission delivers.

    assets: those of its assets of which something was reported. silent: its other
    assets that a tool could report of: nothing is known about them, good or bad.
    """

    mission: Name
    title: Line
    measures: Measures
    assets: tuple[Name, ...] = ()
    silent: tuple[Name, ...] = ()


class Unplaced(Record, frozen=True, kw_only=True):
    """A service or repository of which deliveries came, and that no asset names."""

    of: Line
    deliveries: int


class Board(Record, frozen=True, kw_only=True):
    """How all missions deliver, in the weeks up to an instant."""

    until: datetime
    weeks: int
    missions: tuple[Delivered, ...]
    unplaced: tuple[Unplaced, ...] = ()


def board(desk: Desk, view: View, at: datetime, weeks: int = WEEKS) -> Board:
    """Tell how each mission delivers, by title: missions are not ranked.

    Of a mission of whose assets nothing is reported it says that, and no figures.
    """
    until = _until(view, at)
    told = desk.facts.of(Delivery, upto=view.firm.seq, since=_since(until, weeks))
    placed = owned(view.firm, told)
    missions = [
        _delivered(view, key, placed.by_asset, until, weeks)
        for key in sorted(view.firm.missions)
    ]
    missions.sort(key=lambda each: (each.measures.silent, each.title))
    return Board(
        until=until,
        weeks=weeks,
        missions=tuple(missions),
        unplaced=_unplaced(view, placed.unplaced),
    )


def of_mission(
    desk: Desk, view: View, mission: str, at: datetime, weeks: int = WEEKS
) -> Delivered:
    """Tell how one mission delivers."""
    if mission not in view.firm.missions:
        raise NotFound("mission", mission, view.firm.missions)
    until = _until(view, at)
    mine = {asset.id for asset in assets_by_mission(view.firm).get(mission, ())}
    names = {n for n, assets in whose(view.firm).items() if mine & set(assets)}
    told = desk.facts.of(
        Delivery, names, upto=view.firm.seq, since=_since(until, weeks)
    )
    by_asset = owned(view.firm, told).by_asset
    return _delivered(view, mission, by_asset, until, weeks)


def _delivered(
    view: View,
    mission: str,
    by_asset: Mapping[str, tuple[Delivery, ...]],
    until: datetime,
    weeks: int,
) -> Delivered:
    """Measure the assets of a mission."""
    assets: Sequence[Asset] = assets_by_mission(view.firm).get(mission, ())
    mine = {a.id: by_asset[a.id] for a in assets if a.id in by_asset}
    rest = (a.id for a in assets if a.id not in mine and a.delivered_from)
    return Delivered(
        mission=mission,
        title=view.firm.missions[mission].title,
        measures=measured(mine, until, weeks),
        assets=tuple(sorted(mine)),
        silent=tuple(sorted(rest)),
    )


def _unplaced(view: View, told: Sequence[Delivery]) -> tuple[Unplaced, ...]:
    """Count what no asset names; it is nothing for a partner's person to see."""
    if outside(view.firm, view.actor):
        return ()
    counts = Counter(each.of for each in told)
    return tuple(Unplaced(of=of, deliveries=n) for of, n in sorted(counts.items()))


def _until(view: View, at: datetime) -> datetime:
    """Give the instant up to which to measure: now, or when the firm stood so."""
    return at if view.now else (view.firm.at or at)


def _since(until: datetime, weeks: int) -> str:
    """Give the first instant of which deliveries are read."""
    return f"{until - timedelta(weeks=weeks) - _BEFORE:%Y-%m-%dT%H:%M:%S}"
