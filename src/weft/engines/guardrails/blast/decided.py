"""Past requests judged again: by what holds today, and with the changed guardrail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from weft.core.requests import Decision, Recorded
from weft.engines.guardrails.answer import unknown_names
from weft.engines.guardrails.blast.radius import Redecided
from weft.engines.guardrails.blast.sides import Side, Sides
from weft.engines.guardrails.facts import recorded_facts
from weft.engines.guardrails.judging import Case, blocks
from weft.engines.guardrails.mandate import mandate_rules
from weft.engines.guardrails.rules.compiled import Load, Rules, load_of
from weft.engines.guardrails.rules.framework import rules_on


class Again:
    """Past requests judged again, and how many of them there were.

    All other guardrails are judged only for those requests on which the two sides
    differ: whatever they say, it is the same on both.
    """

    def __init__(self, sides: Sides) -> None:
        """Take what holds today, and how much there would be to judge."""
        self.sides = sides
        self.today: Rules = rules_on(sides.firm, sides.now.date())
        self.load_after = _load_after(self.today.load, sides)
        self.count = 0

    def redecided(
        self, decisions: Iterable[tuple[int, Decision | Recorded]]
    ) -> Iterator[Redecided]:
        """Give the past requests that would be decided otherwise."""
        for number, decision in decisions:
            self.count += 1
            facts = self._facts(decision)
            now, then = self._blocks(facts), self._blocks(facts, changed=True)
            if now == then or self._stopped(decision, facts):
                continue
            yield Redecided(
                number=number,
                mission=decision.request.mission,
                act=decision.request.act,
                title=decision.request.title,
                becomes="refused" if then else "allowed",
                unproven=then and self.sides.after.state(facts) == "unproven",
            )

    def _facts(self, decision: Decision | Recorded) -> dict[str, Any]:
        """Give what is on record, with a place for each word that is read today."""
        facts = recorded_facts(decision, self.sides.rules)
        return {**self.today.blank, **facts}

    def _blocks(self, facts: dict[str, Any], *, changed: bool = False) -> bool:
        """Tell whether the guardrail turns it into a no, or nothing can be judged."""
        side: Side = self.sides.after if changed else self.sides.before
        load = self.load_after if changed else self.today.load
        stands, _ = side.stand(self.sides.rules, facts)
        return stands == "breaks" or bool(load.refusal(facts))

    def _stopped(self, decision: Decision | Recorded, facts: dict[str, Any]) -> bool:
        """Tell whether it is a no on both sides, whatever the one guardrail says."""
        request = decision.request
        if unknown_names(facts, request):
            return True
        firm, today = self.sides.firm, self.today
        extra = mandate_rules(firm, request, today, facts)
        case = Case(firm, self.sides.now, today, facts, extra)
        failing = (*extra, *today.judge(facts).failing)
        held = self.sides.held
        others = (rule for rule in failing if rule.guardrail is not held)
        return any(blocks(case, rule, facts) for rule in others)


def _load_after(load: Load, sides: Sides) -> Load:
    """Give how much there would be to judge with the changed guardrail."""
    rules = [
        load_of([] if rule is None else [rule])
        for rule in (sides.before.rule, sides.after.rule)
    ]
    checks = Counter(load.checks)
    checks.subtract(rules[0].checks)
    checks.update(rules[1].checks)
    guardrails = load.guardrails - rules[0].guardrails + rules[1].guardrails
    return Load(guardrails, checks)
