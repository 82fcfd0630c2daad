"""How the assets of a firm stand to its guardrails, in counts for their cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from weft.core.firm import Firm
from weft.engines.guardrails.audit.explaining import explained
from weft.engines.guardrails.audit.looking import Looking
from weft.engines.guardrails.costs.figures import Assets
from weft.engines.guardrails.rules.framework import rules_on
from weft.engines.guardrails.rules.rule import Rule
from weft.engines.guardrails.waivers import instant


def unmet_assets(
    firm: Firm,
    at: datetime,
    among: Collection[str],
    unasked: Collection[str] = (),
) -> dict[str, Assets]:
    """Count for some guardrails the assets that do not meet them as they stand.

    unasked: those that applied to no request; for them it is found out whether they
    apply to any asset.
    """
    now = instant(firm, at)
    rules = rules_on(firm, now.date())
    looking = Looking(firm, rules)
    found = {}
    for rule in rules.all:
        key = rule.guardrail.id
        if key in among:
            stands = Counter(each.stand for each in explained(looking, rule, now))
            found[key] = Assets(
                breaking=stands["breaks"],
                waived=stands["waived"],
                advised=stands["told"],
                applies=bool(stands) or key not in unasked or _applies(looking, rule),
            )
    return found


def _applies(looking: Looking, rule: Rule) -> bool:
    """Tell whether a guardrail applies to any asset, or may."""
    return any(
        not rule.spares(looking.facts(number)) for number in range(len(looking.assets))
    )
