"""Why a guardrail does not hold of assets: looked for once for the same values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from weft.core.requests import Stand
from weft.engines.guardrails.audit.looking import Looking
from weft.engines.guardrails.audit.result import Unmet
from weft.engines.guardrails.judging import Case, Cause, cause, finding_of, weighed
from weft.engines.guardrails.rules.rule import Facts, Rule
from weft.engines.guardrails.waivers import exempting


def explained(looking: Looking, rule: Rule, now: datetime) -> list[Unmet]:
    """Give the assets of which a rule does not hold, in their order, and why."""
    ids, owners = looking.laid.ids, looking.laid.owners
    firm, guardrail = looking.firm, rule.guardrail.id
    stand = _stand(blocks=rule.blocks)
    waivable = rule.blocks and bool(firm.waivers or firm.baseline)
    failing = looking.failing(rule)
    known: dict[Any, Cause] = {}
    read: dict[str, Any] = {}
    told = []
    for number, row, alike in failing.each:
        found = known.get(alike)
        if found is None:
            read.update(zip(failing.names, row, strict=True))
            found = known[alike] = _cause(looking, rule, number, read)
        asset, mission = ids[number], owners[number]
        if waivable and exempting(firm, guardrail, mission or None, asset):
            told.append(_weighed(looking, rule, now, number, found))
            continue
        told.append(
            Unmet(
                asset=asset,
                mission=mission,
                guardrail=guardrail,
                stand=stand,
                state=found.state,
                reasons=found.reasons,
                error=found.error,
            )
        )
    return told


def _cause(looking: Looking, rule: Rule, number: int, read: Facts) -> Cause:
    """Find the cause for one asset: by what the rule reads, or else by all."""
    faults = looking.faults
    fault = faults.get((rule.guardrail.id, number), "") if faults else ""
    found = cause(rule, read, fault)
    if found.state == "error" and rule.tree is not None:
        found = cause(rule, looking.facts(number), fault)
    return found


def _weighed(
    looking: Looking, rule: Rule, now: datetime, number: int, found: Cause
) -> Unmet:
    """Tell what does not hold of an asset, its waivers considered."""
    firm, asset = looking.firm, looking.assets[number]
    facts = {"mission": asset.mission, "asset": asset.id}
    case = Case(firm, now, looking.rules, facts)
    told = weighed(case, rule, finding_of(case, rule, found))
    return Unmet(
        asset=asset.id,
        mission=asset.mission or "",
        guardrail=told.guardrail,
        stand=_stand(blocks=told.blocks, held=told.waiver is not None),
        state=told.state,
        reasons=told.reasons,
        waiver=told.waiver,
        waived_until=told.waived_until,
        dead_waivers=told.dead_waivers,
        error=told.error,
    )


def _stand(*, blocks: bool, held: bool = False) -> Stand:
    """Say how a guardrail stands to what it does not hold of."""
    return "breaks" if blocks else "waived" if held else "told"
