"""Why a guardrail does not hold of assets: looked for once for the same values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from weft.core.requests import Stand
from weft.engines.guardrails.audit.looking import Looking
from weft.engines.guardrails.audit.result import Unmet
from weft.engines.guardrails.judging import Case, Cause, cause, finding_of, weighed
from weft.engines.guardrails.rules.rule import Facts, Rule
from weft.engines.guardrails.waivers import exempting

Numbered = tuple[int, Unmet]


def explained(looking: Looking, rule: Rule, now: datetime) -> Iterator[Numbered]:
    """Give the assets of which a rule does not hold, by number, and why."""
    ids, owners = looking.laid.ids, looking.laid.owners
    firm, guardrail = looking.firm, rule.guardrail.id
    stand = _stand(blocks=rule.blocks)
    waivable = rule.blocks and bool(firm.waivers or firm.baseline)
    for read, numbers in looking.failing(rule):
        found = _cause(looking, rule, numbers[0], read)
        for number in numbers:
            asset, mission = ids[number], owners[number]
            if waivable and exempting(firm, guardrail, mission or None, asset):
                yield number, _weighed(looking, rule, now, number, found)
                continue
            yield (
                number,
                Unmet(
                    asset=asset,
                    mission=mission,
                    guardrail=guardrail,
                    stand=stand,
                    state=found.state,
                    reasons=found.reasons,
                    error=found.error,
                ),
            )


def _cause(looking: Looking, rule: Rule, number: int, read: Facts) -> Cause:
    """Find the cause for one asset: by what the rule reads, or else by all."""
    fault = looking.faults.get((rule.guardrail.id, number), "")
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
