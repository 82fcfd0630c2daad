"""The facts of a request: what it states, what the firm knows, and what is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.missions import Mandate, Mission
from weft.core.requests import Decision, Recorded, Request
from weft.engines.guardrails.rules.compiled import Rules
from weft.engines.guardrails.rules.words import NO_MANDATE, RUN, SIGNED, UNSIGNED


def facts_of(firm: Firm, request: Request, rules: Rules) -> dict[str, Any]:
    """Give the facts by which a request is judged: None for what is missing.

    The properties of its asset, and over them those that the request states, but
    for what is given: no request states that. A mission, an act or an asset that
    the firm does not have is no fact.
    """
    asset = firm.assets.get(request.asset) if request.asset else None
    known = asset.properties if asset is not None else _NOTHING
    stated, of_mission = request.properties, _of_mission(firm, request.mission, rules)
    facts: dict[str, Any] = {**rules.blank, **known, **stated, **of_mission}
    for name in rules.never_stated:
        if name in stated:
            facts[name] = known.get(name)
    facts["act"] = request.act if request.act in firm.acts else None
    facts["asset"] = asset.id if asset else None
    if asset is not None:
        facts["asset.type"] = asset.type
    return facts


def standing_facts(firm: Firm, asset: Asset, rules: Rules) -> dict[str, Any]:
    """Give the facts by which an asset is judged as it stands: it runs."""
    facts: dict[str, Any] = rules.blank.copy()
    facts.update(asset.properties)
    facts.update(_of_mission(firm, asset.mission, rules))
    facts |= {"act": RUN, "asset": asset.id, "asset.type": asset.type}
    return facts


def recorded_facts(decision: Decision | Recorded, rules: Rules) -> dict[str, Any]:
    """Give the facts of a past request as they were recorded.

    What no guardrail read at that time is not among them, unless the request
    stated it itself; it is then None, as is what was missing.
    """
    facts: dict[str, Any] = rules.blank.copy()
    for name, value in decision.request.properties.items():
        given = name in rules.words.given and name != "asset.type"
        if not given and name not in rules.never_stated:
            facts[name] = value
    facts.update(decision.facts)
    return facts


def _of_mission(firm: Firm, name: str | None, rules: Rules) -> Mapping[str, Any]:
    """Give what is given by a mission and its mandate, worked out once for both."""
    kept = rules.missions.get(name or "")
    if kept is None or kept[0] is not firm.missions or kept[1] is not firm.mandates:
        given = of_mission(firm, name)
        if given is _NO_MISSION:
            return given
        kept = rules.missions[name or ""] = (firm.missions, firm.mandates, given)
    return kept[2]


def of_mission(firm: Firm, name: str | None) -> Mapping[str, Any]:
    """Give what is given by a mission and its mandate."""
    mission = firm.missions.get(name) if name is not None else None
    if mission is None:
        return _NO_MISSION
    return _given(mission, firm.mandates.get(mission.id))


def _given(mission: Mission, mandate: Mandate | None) -> Mapping[str, Any]:
    """Give what a mission and its mandate, once signed, say."""
    holds = mandate is not None and mandate.holds
    return {
        "mission": mission.id,
        "mission.type": mission.type,
        "mandate": NO_MANDATE if mandate is None else SIGNED if holds else UNSIGNED,
        "mandate.limit": mandate.limit if mandate and holds else None,
    }


_NOTHING: Mapping[str, Any] = {}
_NO_MISSION: Mapping[str, Any] = {
    "mission": None,
    "mission.type": None,
    "mandate": NO_MANDATE,
    "mandate.limit": None,
}
