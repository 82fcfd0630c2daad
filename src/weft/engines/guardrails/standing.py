"""Assets as they stand: one of them judged, or many laid out to be judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.requests import Finding
from weft.engines.guardrails.facts import of_mission, standing_facts
from weft.engines.guardrails.judging import Case, judge
from weft.engines.guardrails.rules.framework import rules_on
from weft.engines.guardrails.rules.words import RUN
from weft.engines.guardrails.waivers import instant

_OF_ASSET: Mapping[str, Callable[[Asset], Any]] = {
    "act": lambda _: RUN,
    "asset": lambda asset: asset.id,
    "asset.type": lambda asset: asset.type,
}
_OF_MISSION: Final = frozenset({"mission", "mission.type", "mandate", "mandate.limit"})
_AT_A_TIME: Final = 256


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


def standing_columns(
    firm: Firm, assets: Sequence[Asset], names: Iterable[str]
) -> dict[str, list[Any]]:
    """Give some words of assets as they stand: for each what each asset has, or None.

    They are read a few assets at a time: each is then fetched from memory once for
    all words, which is several times as fast as once for each word.
    """
    found: dict[str, list[Any]] = {name: [] for name in names}
    stated = [(n, c) for n, c in found.items() if n not in _OF_MISSION | {*_OF_ASSET}]
    for first in range(0, len(assets), _AT_A_TIME):
        getters = [a.properties.get for a in assets[first : first + _AT_A_TIME]]
        for name, column in stated:
            column += [get(name) for get in getters]
    missions = {asset.mission for asset in assets}
    given = {mission: of_mission(firm, mission) for mission in missions}
    for name, column in found.items():
        if of_asset := _OF_ASSET.get(name):
            column.extend(map(of_asset, assets))
        elif name in _OF_MISSION:
            column.extend([given[asset.mission][name] for asset in assets])
    return found
