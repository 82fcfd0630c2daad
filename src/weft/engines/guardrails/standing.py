"""Assets as they stand: one of them judged, or many laid out to be judged."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from datetime import datetime
from functools import cached_property
from typing import Any, Final

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
_AT_A_TIME: Final = 256
_KEPT: Final = 2


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
    """Assets laid out: for each word a column with what each asset has, or None.

    A column is read when it is first asked for, and then kept.
    """

    def __init__(self, firm: Firm) -> None:
        """Take all assets of a firm, in the order of their ids."""
        self.firm = firm
        self.ids = sorted(firm.assets)
        self.assets = [firm.assets[key] for key in self.ids]
        self._columns: dict[str, list[Any]] = {}
        self._typed: dict[tuple[str, int], tuple[Property, list[Any]]] = {}

    def plain(self, names: Iterable[str]) -> list[list[Any]]:
        """Give the columns of some words.

        Those that are new are read a few assets at a time: each asset is then fetched
        from memory once for all words, which is several times as fast as once for
        each word.
        """
        wanted = [*names]
        new: dict[str, list[Any]] = {
            name: [] for name in wanted if name not in self._columns
        }
        given = [name for name in new if name in _OF_MISSION or name in _OF_ASSET]
        stated = [(name, new[name]) for name in new if name not in given]
        for first in range(0, len(self.assets) if stated else 0, _AT_A_TIME):
            some = self.assets[first : first + _AT_A_TIME]
            known = [asset.properties for asset in some]
            for name, column in stated:
                column += [properties.get(name) for properties in known]
        self._columns |= new | {name: self._given(name) for name in given}
        return [self._columns[name] for name in wanted]

    def typed(self, prop: Property) -> list[Any]:
        """Give the values of a word as they are compared; None where unknown."""
        at = (prop.id, id(prop))
        if at not in self._typed:
            read, (column,) = reader(prop), self.plain([prop.id])
            known = [None if each is None else read(each) for each in column]
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
        self._columns = {name: each.copy() for name, each in self._columns.items()}
        self._typed = {at: (p, each.copy()) for at, (p, each) in self._typed.items()}
        for cached in ("owners", "owned"):
            self.__dict__.pop(cached, None)
        for key, (_, asset) in changes.items():
            place = bisect_left(self.ids, key)
            self.assets[place] = asset
            for name, column in self._columns.items():
                column[place] = self._value(name, asset)
            for prop, typed in self._typed.values():
                raw = self._columns[prop.id][place]
                typed[place] = None if raw is None else reader(prop)(raw)

    @cached_property
    def owners(self) -> list[str]:
        """Give the mission of each asset; empty where none owns it."""
        return [asset.mission or "" for asset in self.assets]

    @cached_property
    def owned(self) -> Counter[str]:
        """Count the assets of each mission; under the empty name those of none."""
        return Counter(self.owners)

    def _given(self, name: str) -> list[Any]:
        """Give what Weft itself fills in."""
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
