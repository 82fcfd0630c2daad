"""Assets as they stand: one of them judged, or many laid out to be judged."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import datetime
from functools import cached_property
from operator import itemgetter
from typing import Any, Final

import msgspec

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.lineage import Changes, changes, same_keys
from weft.core.requests import Finding
from weft.core.vocabulary import Property
from weft.engines.guardrails.facts import of_mission, standing_facts
from weft.engines.guardrails.judging import Case, judge
from weft.engines.guardrails.rules.framework import rules_on
from weft.engines.guardrails.rules.kinds import reader
from weft.engines.guardrails.rules.words import RUN
from weft.engines.guardrails.waivers import instant

_OF_ASSET: Mapping[str, Callable[[Asset], Any]] = {
    "act": lambda _: RUN,
    "asset": lambda asset: asset.id,
    "asset.type": lambda asset: asset.type,
}
_OF_MISSION: Final = frozenset({"mission", "mission.type", "mandate", "mandate.limit"})
GIVEN: Final = _OF_MISSION.union(_OF_ASSET)
"""The words that no asset states, as Weft itself fills them in."""
Row = tuple[Any, ...]
_KEPT: Final = 2
_SEVERAL: Final = 2


def judge_asset(firm: Firm, asset: Asset, at: datetime) -> tuple[Finding, ...]:
    """Tell what the guardrails say of an asset as it stands.

    Its act is `run`: a guardrail for deploying does not apply to what runs already,
    unless it names `run` too. The mandate of its mission is not judged: that is
    about what a mission asks.
    """
    return judge(standing_case(firm, asset, instant(firm, at)))[1]


def standing_case(firm: Firm, asset: Asset, now: datetime) -> Case:
    """Put together what an asset is judged by as it stands."""
    rules = rules_on(firm, now.date())
    return Case(firm, now, rules, standing_facts(firm, asset, rules))


class Laid:
    """Assets laid out: what each has of the words that are asked for, or None.

    rows are read when they are first asked for, and the last ones are kept.
    """

    def __init__(self, firm: Firm) -> None:
        """Take all assets of a firm, in the order of their ids."""
        self.firm = firm
        self.ids = sorted(firm.assets)
        self.assets = [*map(firm.assets.__getitem__, self.ids)]
        self._rows = _Rows((), [()] * len(self.ids))
        self._columns: dict[str, list[Any]] = {}
        self._typed: dict[tuple[str, int], tuple[Property, list[Any]]] = {}

    def read(self, names: tuple[str, ...]) -> Iterable[Row]:
        """Give of each asset what it states of some words, just read or as it was.

        All words at once, as each asset is then fetched from memory once; and asset
        by asset, as what is just read is near.
        """
        if self._rows.names == names:
            return self._rows.rows
        return self._just_read(names)

    def _just_read(self, names: tuple[str, ...]) -> Iterator[Row]:
        """Read of each asset what it states, and keep all once they are read."""
        rows: list[Row] = []
        for row in _stated(names, self.assets):
            rows.append(row)
            yield row
        self._rows = _Rows(names, rows)

    def stated(self, name: str) -> list[Any]:
        """Give what each asset states of one word."""
        if name in self._rows.names:
            place = self._rows.names.index(name)
            return [row[place] for row in self._rows.rows]
        return [asset.properties.get(name) for asset in self.assets]

    def given(self, name: str) -> list[Any]:
        """Give what Weft itself fills in for each asset."""
        if name not in self._columns:
            self._columns[name] = self._filled(name)
        return self._columns[name]

    def plain(self, name: str) -> list[Any]:
        """Give what each asset has of one word."""
        return self.given(name) if name in GIVEN else self.stated(name)

    def typed(self, prop: Property) -> list[Any]:
        """Give the values of a word as they are compared; None where unknown."""
        at = (prop.id, id(prop))
        if at not in self._typed:
            read = reader(prop)
            known = [
                None if each is None else read(each) for each in self.plain(prop.id)
            ]
            self._typed[at] = (prop, known)
        return self._typed[at][1]

    def amended(self, firm: Firm, changes: Changes) -> Laid:
        """Give the layout of a firm in which a few of these assets are others.

        Its missions and mandates are these. This layout stays as it is.
        """
        made = copy(self)
        made.replace(firm, changes)
        return made

    def replace(self, firm: Firm, changes: Changes) -> None:
        """Put a few assets in the places of others, in lists of its own."""
        self.firm, self.assets = firm, self.assets.copy()
        self._rows = _Rows(self._rows.names, self._rows.rows.copy())
        self._columns = {name: each.copy() for name, each in self._columns.items()}
        self._typed = {at: (p, each.copy()) for at, (p, each) in self._typed.items()}
        for cached in ("owners", "owned"):
            self.__dict__.pop(cached, None)
        for key, (_, asset) in changes.items():
            place = bisect_left(self.ids, key)
            self.assets[place] = asset
            (self._rows.rows[place],) = _stated(self._rows.names, [asset])
            for name, column in self._columns.items():
                column[place] = self._value(name, asset)
            for prop, typed in self._typed.values():
                raw = self._value(prop.id, asset)
                typed[place] = None if raw is None else reader(prop)(raw)

    @cached_property
    def owners(self) -> list[str]:
        """Give the mission of each asset; empty where none owns it."""
        return [asset.mission or "" for asset in self.assets]

    @cached_property
    def owned(self) -> Counter[str]:
        """Count the assets of each mission; under the empty name those of none."""
        return Counter(self.owners)

    def _filled(self, name: str) -> list[Any]:
        """Work out what Weft itself fills in."""
        if of_asset := _OF_ASSET.get(name):
            return [of_asset(asset) for asset in self.assets]
        missions = {asset.mission for asset in self.assets}
        given = {each: of_mission(self.firm, each)[name] for each in missions}
        return [given[asset.mission] for asset in self.assets]

    def _value(self, name: str, asset: Asset) -> Any:
        """Give what one asset has of a word."""
        if of_asset := _OF_ASSET.get(name):
            return of_asset(asset)
        if name in _OF_MISSION:
            return of_mission(self.firm, asset.mission)[name]
        return asset.properties.get(name)


class _Rows(msgspec.Struct, frozen=True):
    """What assets state of some words: for each of them one tuple."""

    names: tuple[str, ...]
    rows: list[Row]


def _stated(names: Sequence[str], assets: Iterable[Asset]) -> Iterator[Row]:
    """Read of assets what they state of some words: None for what is missing."""
    if len(names) < _SEVERAL:
        for asset in assets:
            yield tuple(map(asset.properties.get, names))
        return
    all_at_once, size = itemgetter(*names), len(names)
    for asset in assets:
        stated = asset.properties
        if len(stated) < size:  # it lacks some: told before it is found by a fault
            yield tuple(map(stated.get, names))
            continue
        try:
            yield all_at_once(stated)
        except KeyError:
            yield tuple(map(stated.get, names))


def laid_out(firm: Firm) -> Laid:
    """Give the assets of a firm laid out, as they were before or amended."""
    tables = (firm.assets, firm.missions, firm.mandates)
    at = tuple(map(id, tables))
    kept = _cache.get(at)
    if kept is None:
        kept = _cache[at] = _amended(firm) or Laid(firm)
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    _cache.move_to_end(at)
    return kept


def _amended(firm: Firm) -> Laid | None:
    """Make a layout out of one from whose assets these were made, if one is kept."""
    for kept in reversed([*_cache.values()]):
        before = kept.firm
        if before.missions is firm.missions and before.mandates is firm.mandates:
            since = changes(before.assets, firm.assets)
            if since is not None and same_keys(since):
                return kept.amended(firm, since)
    return None


_cache: OrderedDict[tuple[int, ...], Laid] = OrderedDict()
