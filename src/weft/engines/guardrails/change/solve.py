"""The smallest change of a whole request, found part by part.

Only the rules that block have to be mended, so only they are searched, and those
that share no field apart from each other. If the cheapest change makes another rule
block, that one joins the search. A change that is cheapest for some of the rules
and blocked by none is cheapest for all of them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from weft.core.requests import Finding
from weft.engines.guardrails.change.greedy import greedy
from weft.engines.guardrails.change.moves import Freedom, Terms
from weft.engines.guardrails.change.search import Found, Purse, Search, Solution
from weft.engines.guardrails.change.waived import waived_values
from weft.engines.guardrails.change.world import World
from weft.engines.guardrails.judging import Case, blocks
from weft.engines.guardrails.rules.board import board_of
from weft.engines.guardrails.rules.compiled import Outcome
from weft.engines.guardrails.rules.rule import Rule
from weft.engines.guardrails.rules.words import Slot, word_of

STEPS: Final = 40_000
"""The looks at rules that all searches for one Answer may take: about a second.

What is found when they are used up works, and is not proved to be the smallest.
"""
MOST_TIES: Final = 3
_MOST_COMBINED: Final = 64


class Solved(msgspec.Struct, frozen=True):
    """What was found: equally cheap solutions, or rules that stand against any.

    core: rules that cannot be met together, whatever is moved. proved: nothing is
    cheaper; or, where there is no solution, there is none.
    """

    solutions: tuple[Solution, ...] = ()
    core: tuple[Rule, ...] = ()
    proved: bool = True


class Solver:
    """What turns one refused case into a yes, by moves of one kind or another."""

    def __init__(
        self, case: Case, outcome: Outcome, findings: Iterable[Finding]
    ) -> None:
        """Take a case, and what came of judging it."""
        self.case, rules = case, case.rules
        self.base = World(rules.words.slots, rules.row(case.facts), case.facts)
        found = {each.guardrail for each in findings if each.blocks}
        self.blocking = [rule for rule in case.extra if self.blocks(rule, self.base)]
        self.blocking += [r for r in outcome.failing if r.guardrail.id in found]
        self.purse = Purse(STEPS)
        self.extra = board_of(case.extra)
        self.apart, self.watchful = waived_values(case)

    def blocks(self, rule: Rule, world: World) -> bool:
        """Tell whether a rule turns the answer into a no in a world."""
        return blocks(self.case, rule, world.facts)

    def terms(self, freedom: Freedom) -> Terms:
        """Give what holds for all parts of a search."""
        spans = self.case.rules.board.leaves
        return Terms(freedom, self.apart, self.watchful, spans)

    def solve(self, freedom: Freedom) -> Solved:
        """Find the cheapest moves that leave nothing blocking."""
        terms = self.terms(freedom)
        chosen, known = list(self.blocking), dict[frozenset[int], Found]()
        while True:
            founds = []
            for part in _parts(chosen, self.base.slots, freedom):
                key = frozenset(map(id, part))
                if key not in known:
                    known[key] = self._search(part, terms)
                founds.append(known[key])
                if not known[key].solutions:
                    return self._without(part, known[key], terms)
            best = _joined([found.solutions[0] for found in founds])
            more = self.spoiled(best, chosen)
            if not more:
                proved = all(found.proved for found in founds)
                return Solved(self._ties(founds, best), (), proved)
            chosen += more

    def _search(self, part: list[Rule], terms: Terms) -> Found:
        """Search one part, unless it is plain that a rule in it has no move at all."""
        if not terms.freedom.choices and not all(map(self._lacks_facts, part)):
            return Found((), proved=True)
        return Search(self.base, part, terms, self.blocks, self.purse).run()

    def _lacks_facts(self, rule: Rule) -> bool:
        """Tell whether something that a rule reads is not known yet."""
        slots = {word_of(self.base.slots, slot) for slot in rule.reads}
        return any(self._is_unknown(slot) for slot in slots)

    def _is_unknown(self, slot: int) -> bool:
        """Tell whether a word is not known, or something in its elements."""
        value = self.base.row[slot]
        if value is None or self.base.slots[slot].prop.type != "list":
            return value is None
        return any(None in element for element in value)

    def _without(self, part: list[Rule], found: Found, terms: Terms) -> Solved:
        """Tell that a part has no solution; or find any, where it is not proved."""
        if found.proved:
            return Solved((), tuple(part))
        rules = [rule for rule in self.case.all_rules if rule.blocks]
        any_way = greedy(self.base, rules, self.blocking, terms, self.blocks)
        return Solved((any_way,) if any_way else (), (), proved=False)

    def spoiled(
        self, solution: Solution, apart_from: Iterable[Rule] = ()
    ) -> list[Rule]:
        """Give the further rules that block after a solution."""
        known = set(map(id, apart_from))
        world = self.after(solution)
        slots = {option.move.place.slot for option in solution.options}
        return [
            rule
            for rule in self.readers(slots)
            if id(rule) not in known and self.blocks(rule, world)
        ]

    def readers(self, slots: Iterable[int]) -> list[Rule]:
        """Give the rules that read one of some words."""
        board = self.case.rules.board.readers
        found = {id(rule): rule for slot in slots for rule in board.get(slot, ())}
        return [*self.case.extra, *found.values()]

    def after(self, solution: Solution) -> World:
        """Give the world after a solution."""
        world = self.base
        for option in solution.options:
            world = world.after(option.move)
        return world

    def _ties(self, founds: Sequence[Found], best: Solution) -> tuple[Solution, ...]:
        """Give up to three solutions that cost the same, the best one first."""
        ties = [best]
        combined = itertools.product(*(found.solutions for found in founds))
        for each in itertools.islice(combined, 1, _MOST_COMBINED):
            tie = _joined(each)
            if len(ties) < MOST_TIES and not self.spoiled(tie):
                ties.append(tie)
        return tuple(ties)


def _joined(solutions: Iterable[Solution]) -> Solution:
    """Put the solutions of all parts together."""
    return Solution(tuple(o for solution in solutions for o in solution.options))


def _parts(
    rules: Sequence[Rule], slots: Sequence[Slot], freedom: Freedom
) -> list[list[Rule]]:
    """Part rules so that those of two parts share no field that could be moved."""
    parts: list[tuple[set[int], list[Rule]]] = []
    for rule in rules:
        mine = {word_of(slots, slot) for slot in rule.reads}
        fields, together = {s for s in mine if _may_move(slots[s], freedom)}, [rule]
        apart = []
        for others, members in parts:
            if fields.isdisjoint(others):
                apart.append((others, members))
            else:
                fields |= others
                together = members + together
        parts = [*apart, (fields, together)]
    return [members for _, members in parts]


def _may_move(slot: Slot, freedom: Freedom) -> bool:
    """Tell whether a move could touch a word at all."""
    role, of_list = slot.prop.role, slot.prop.type == "list"
    return role == "choice" or (role == "fact" and (freedom.facts or of_list))
