"""All assets judged by all guardrails in force, in one loop.

It says of each asset just what judging it by itself says. It is quicker as all are
judged in one loop over what they have, laid out, and reasons are looked for only where
a guardrail does not hold: for the same values they are the same, and looked for once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from operator import attrgetter

from weft.core.firm import Firm
from weft.engines.guardrails.audit.explaining import explained
from weft.engines.guardrails.audit.looking import Looking
from weft.engines.guardrails.audit.result import Audit, Counts, Unmet, counted
from weft.engines.guardrails.rules.framework import rules_on
from weft.engines.guardrails.waivers import instant

Progress = Callable[[int, int], object]
"""Told after each guardrail: how many are done, and how many there are."""


def audit(firm: Firm, at: datetime, progress: Progress | None = None) -> Audit:
    """Judge every asset as it stands by every guardrail in force.

    Waivers are considered, and whatever does not hold is told with its reasons. The
    cost grows with the number of assets times that of guardrails, and with what is
    found.
    """
    now = instant(firm, at)
    rules = rules_on(firm, now.date())
    if refusal := rules.load.refusal({}):
        total = Counts(assets=len(firm.assets))
        return Audit(
            at=now, firm=firm.seq, digest=rules.digest, total=total, refusal=refusal
        )
    looking = Looking(firm, rules)
    unmet: list[Unmet] = []
    for done, rule in enumerate(rules.all, 1):
        unmet += explained(looking, rule, now)
        if progress is not None:
            progress(done, len(rules.all))
    unmet.sort(key=attrgetter("asset"))
    total, guardrails, missions = counted(unmet, rules.all, looking.laid.owned)
    return Audit(
        at=now,
        firm=firm.seq,
        digest=rules.digest,
        total=total,
        guardrails=guardrails,
        missions=missions,
        unmet=tuple(unmet),
    )
