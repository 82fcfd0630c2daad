"""The facts of a request: what it states, what the firm knows, and what is given."""

from __future__ import annotations

from typing import Any

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.missions import Mandate
from weft.core.requests import Request
from weft.engines.guardrails.rules.compiled import Facts, Rules
from weft.engines.guardrails.rules.words import NO_MANDATE, RUN, SIGNED, UNSIGNED

__all__ = ["Facts", "facts_of", "standing_facts", "state_of"]


def facts_of(firm: Firm, request: Request, rules: Rules) -> dict[str, Any]:
    """Give the facts by which a request is judged: None for what is missing.

    The properties of its asset, and over them those that the request states, but
    for what is given: no request states that. A mission, an act or an asset that
    the firm does not have is no fact.
    """
    asset = firm.assets.get(request.asset) if request.asset else None
    facts: dict[str, Any] = rules.blank.copy()
    if asset is not None:
        facts.update(asset.properties)
    facts.update(request.properties)
    for name in rules.never_stated:
        if name in request.properties:
            facts[name] = asset.properties.get(name) if asset else None
    act = request.act if request.act in firm.acts else None
    return _with_given(firm, facts, request.mission, act, asset)


def standing_facts(firm: Firm, asset: Asset, rules: Rules) -> dict[str, Any]:
    """Give the facts by which an asset is judged as it stands: it runs."""
    facts: dict[str, Any] = rules.blank.copy()
    facts.update(asset.properties)
    return _with_given(firm, facts, asset.mission, RUN, asset)


def _with_given(
    firm: Firm,
    facts: dict[str, Any],
    mission_id: str | None,
    act: str | None,
    asset: Asset | None,
) -> dict[str, Any]:
    """Put in what is given, over whatever was there under these names."""
    mission = firm.missions.get(mission_id) if mission_id else None
    mandate = firm.mandates.get(mission_id) if mission_id else None
    facts["act"] = act
    facts["mission"] = mission.id if mission else None
    facts["mission.type"] = mission.type if mission else None
    facts["asset"] = asset.id if asset else None
    if asset is not None:
        facts["asset.type"] = asset.type
    facts["mandate"] = state_of(mandate)
    facts["mandate.limit"] = mandate.limit if mandate and mandate.holds else None
    return facts


def state_of(mandate: Mandate | None) -> str:
    """Tell how a mandate stands, as the word that is given."""
    if mandate is None:
        return NO_MANDATE
    return SIGNED if mandate.holds else UNSIGNED
