"""The core of a refusal that no change turns: what cannot be met together, no more.

Guardrails are left out one at a time, and it is searched anew whether those that are
left can be met; then facts are let go one at a time, as if they could be anything. What
can be left out is, so each guardrail and each fact that stays is needed.

It is worked out when it is shown and is no part of the decision: so asking waits for
nothing, and what was decided before it was thought of is explained as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from weft.core.firm import Firm
from weft.core.requests import Core, CoreRule, Decision
from weft.engines.guardrails.answer import case_of
from weft.engines.guardrails.change.search import Purse, Search
from weft.engines.guardrails.change.solve import Solver
from weft.engines.guardrails.change.turning import BOTH
from weft.engines.guardrails.change.world import Place
from weft.engines.guardrails.judging import judge
from weft.engines.guardrails.rules.rule import Rule
from weft.engines.guardrails.rules.wording import actual
from weft.engines.guardrails.rules.words import word_of

_STEPS: Final = 20_000
"""The looks at rules that it may take: half of what an Answer may, about 0.5 s."""


def core_of(firm: Firm, decision: Decision) -> Core | None:
    """Tell what in a refusal cannot be met together, if no change turns it.

    firm: as it was decided on. None where there is a way out, or it depends on what
    nobody has stated, or none was found in the steps that a search may take.
    """
    turned = decision.ways or decision.questions or not decision.no_way
    if turned or decision.verdict != "refused":
        return None
    case = case_of(firm, decision.request, decision.at)
    solver = Solver(case, *judge(case))
    standing = solver.solve(BOTH).core
    return _Narrowing(solver).core(standing) if standing else None


class _Narrowing:
    """The search for what can be left out, within the steps that it may take."""

    def __init__(self, solver: Solver) -> None:
        """Begin with all steps."""
        self.solver, self.purse, self.proved = solver, Purse(_STEPS), True

    def core(self, standing: Sequence[Rule]) -> Core:
        """Leave out the guardrails that are not needed, then the facts."""
        rules = list(standing)
        for rule in standing:
            fewer = [each for each in rules if each is not rule]
            if fewer and self._stand(fewer):
                rules = fewer
        held, released = list(self._facts(rules)), frozenset[int]()
        for slot in tuple(held):
            if self._stand(rules, released | {slot}):
                released |= {slot}
                held.remove(slot)
        return Core(
            guardrails=tuple(map(_named, rules)),
            facts={self._word(slot): self._told(slot) for slot in held},
            proved=self.proved,
        )

    def _stand(
        self, rules: Sequence[Rule], released: frozenset[int] = frozenset()
    ) -> bool:
        """Tell whether some rules cannot be met together, even with some words free."""
        solver = self.solver
        terms = replace(solver.terms(BOTH), released=released)
        found = Search(solver.base, rules, terms, solver.blocks, self.purse).run()
        self.proved &= found.proved
        return found.proved and not found.solutions

    def _facts(self, rules: Sequence[Rule]) -> Iterator[int]:
        """Give the words that rules read and that no choice sets, in order."""
        slots = self.solver.base.slots
        read = {word_of(slots, slot) for rule in rules for slot in rule.reads}
        for slot in sorted(read, key=lambda each: slots[each].prop.id):
            prop = slots[slot].prop
            if prop.role != "choice" or prop.type == "list":
                yield slot

    def _word(self, slot: int) -> str:
        """Name a word."""
        return self.solver.base.slots[slot].prop.id

    def _told(self, slot: int) -> str:
        """Write down what is known of a word."""
        base, place = self.solver.base, Place(slot)
        return actual(base.prop(place), base.typed(place), base.raw(place))


def _named(rule: Rule) -> CoreRule:
    """Name a rule as it was judged by."""
    each = rule.guardrail
    return CoreRule(
        guardrail=each.id,
        version=each.version,
        title=each.title,
        owner=each.owner,
        readable=rule.tree is not None,
    )
