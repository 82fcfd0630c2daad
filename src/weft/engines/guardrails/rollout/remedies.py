"""What would mend an asset: the smallest change after which a guardrail holds."""

from __future__ import annotations

from datetime import datetime

from immutables import Map
from msgspec.structs import replace

from weft.core.firm import Firm
from weft.core.requests import WayOut
from weft.engines.guardrails.change.turning import turning
from weft.engines.guardrails.facts import standing_facts
from weft.engines.guardrails.judging import Case, judge
from weft.engines.guardrails.rules.compiled import Rules
from weft.engines.guardrails.rules.words import Words
from weft.engines.guardrails.waivers import instant


class Remedies:
    """The smallest changes by which assets come to hold one guardrail.

    It is judged at its full level, and nothing is tolerated.
    """

    def __init__(self, firm: Firm, guardrail: str, at: datetime) -> None:
        """Take a guardrail of a firm."""
        self.firm = replace(firm, baseline=Map(), waivers=Map())
        self.now = instant(firm, at)
        words = Words(firm.vocabulary, firm.acts)
        self.rules = Rules(words, firm.sets, [firm.guardrails[guardrail]])

    def of(self, asset: str) -> WayOut | None:
        """Give a smallest change for one asset; none where no change is known."""
        facts = standing_facts(self.firm, self.firm.assets[asset], self.rules)
        case = Case(self.firm, self.now, self.rules, facts)
        outcome, findings = judge(case)
        if not any(finding.blocks for finding in findings):
            return None
        return next(iter(turning(case, outcome, findings).ways), None)
