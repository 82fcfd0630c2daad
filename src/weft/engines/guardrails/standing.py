"""Assets as they stand: one of them judged, or many laid out to be judged."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.requests import Finding
from weft.core.vocabulary import Property
from weft.engines.guardrails.alike import Alike, alike
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
        self._asked: set[tuple[str, ...]] = set()
        self._alike: dict[tuple[str, ...], Alike | None] = {}
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
            getters = [asset.properties.get for asset in some]
            for name, column in stated:
                column += [get(name) for get in getters]
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

    def alike(self, names: tuple[str, ...]) -> Alike | None:
        """Put the assets together that have the same values of some words, if it pays.

        It does not when they are asked for once: to look at each asset is then as
        quick. When they are asked for again they are put together, and kept.
        """
        if names not in self._alike:
            known = names in self._asked
            self._asked.add(names)
            if not known:
                return None
            self._alike[names] = alike(self.plain(names))
        return self._alike[names]

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


def laid_out(firm: Firm) -> Laid:
    """Give the assets of a firm laid out, as they were before."""
    tables = (firm.assets, firm.missions, firm.mandates)
    at = tuple(map(id, tables))
    kept = _cache.get(at)
    if kept is None:
        kept = _cache[at] = Laid(firm)
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    _cache.move_to_end(at)
    return kept


_cache: OrderedDict[tuple[int, ...], Laid] = OrderedDict()
