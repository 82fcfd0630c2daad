"""Consistency asked of Z3 in the plainest way: a question for each one, each two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import z3

from weft.core.firm import Firm
from weft.core.guardrails import Clause, Guardrail
from weft.core.vocabulary import Property

ELEMENTS = 2
"""So many elements of a list, for one guardrail and another."""
Both = tuple[Any, Any]


class Smt:
    """A firm's guardrails as conditions over whole numbers; -1 is not known."""

    def __init__(self, firm: Firm) -> None:
        """Take a firm whose guardrails are about an act, words and lists of words."""
        self.firm, self.held = firm, list[Any]()
        self.values = {
            word.id: [*(word.values or (False, True))]
            for word in firm.vocabulary.values()
        }
        self.values["act"] = [*firm.acts, "run"]
        self.known: dict[str, Any] = {}
        self.rules = [firm.guardrails[key] for key in sorted(firm.guardrails)]
        self.says = {rule.id: self._says(rule) for rule in self.rules}
        self.held.append(self._word("act") >= 0)

    def _word(self, name: str, at: str = "") -> Any:
        """Give the number that stands for the value of a word."""
        key = f"{at}{name}"
        if key not in self.known:
            found = self.known[key] = z3.Int(key)
            word = self.firm.vocabulary.get(name)
            low, high = 0, len(self.values[name]) - 1
            if word and word.type == "int":
                low, high = word.lowest or 0, word.highest or 0
            self.held.append(z3.And(found >= min(-1, low - 1), found <= high))
        return self.known[key]

    def _says(self, rule: Guardrail) -> tuple[Both, Both]:
        """Give when a guardrail applies and is met: surely, and surely not."""
        return self._all(rule.when), self._all(rule.must)

    def _all(self, clauses: Iterable[Clause], at: str = "") -> Both:
        told = [self._clause(clause, at) for clause in clauses]
        return z3.And([yes for yes, _ in told]), z3.Or([no for _, no in told])

    def _clause(self, clause: Clause, at: str) -> Both:
        if isinstance(clause.path, str):
            return self._leaf(clause, at)
        if isinstance(clause.any, tuple):
            told = [self._leaf(leaf, at) for leaf in clause.any]
            return z3.Or([yes for yes, _ in told]), z3.And([no for _, no in told])
        form = next(f for f in ("every", "none", "some") if _is_told(clause, f))
        name = getattr(clause, form)
        known = z3.Bool(f"{name} is known")
        each = [self._element(clause, form, name, n) for n in range(ELEMENTS)]
        some = form == "some"
        yes = (z3.Or if some else z3.And)([yes for yes, _ in each])
        no = (z3.And if some else z3.Or)([no for _, no in each])
        return z3.And(known, yes), z3.And(known, no)

    def _element(self, clause: Clause, form: str, name: str, number: int) -> Both:
        """Give what an element does for a clause."""
        at = f"{name}[{number}]."
        there = z3.Bool(f"{at}there")
        where, must = self._all(clause.where, at), self._all(clause.must, at)
        if form == "every":
            yes, no = z3.Or(where[1], must[0]), z3.And(where[0], must[1])
        else:
            yes, no = z3.And(where[0], must[0]), z3.Or(where[1], must[1])
        if form == "none":
            yes, no = no, yes
        if form == "some":
            return z3.And(there, yes), z3.Or(z3.Not(there), no)
        return z3.Or(z3.Not(there), yes), z3.And(there, no)

    def _leaf(self, leaf: Clause, at: str) -> Both:
        name = str(leaf.path)
        word, value = self._word(name, at), leaf.constant
        prop: Property | None = self.firm.vocabulary.get(name)
        many = value if isinstance(value, tuple) else (value,)
        numbers = [v if prop and prop.type == "int" else self._place(name, v)
                   for v in many]  # fmt: skip
        test = {
            "is": lambda: word == numbers[0],
            "in": lambda: z3.Or([word == each for each in numbers]),
            "not_in": lambda: z3.And([word != each for each in numbers]),
            "at_most": lambda: word <= numbers[0],
            "at_least": lambda: word >= numbers[0],
        }[leaf.operator]()
        return z3.And(word >= 0, test), z3.And(word >= 0, z3.Not(test))

    def _place(self, name: str, value: Any) -> int:
        return self.values[name].index(value)

    def _possible(self, *conditions: Any) -> bool:
        """Ask whether there is a world in which all of these are so."""
        solver = z3.Solver()
        solver.add(*self.held, *conditions)
        return bool(solver.check() == z3.sat)

    def flaws(self) -> dict[str, set[tuple[str, ...]]]:
        """Find what never applies, is never met, and what one other makes needless."""
        found: dict[str, set[tuple[str, ...]]]
        found = {"unreachable": set(), "ban": set(), "implied": set()}
        for rule in self.rules:
            when, must = self.says[rule.id]
            if not self._possible(when[0]):
                found["unreachable"].add((rule.id,))
            elif not self._possible(when[0], must[0]):
                found["ban"].add((rule.id,))
        out = {ids[0] for kind in ("unreachable", "ban") for ids in found[kind]}
        left = [rule for rule in self.rules if rule.id not in out]
        for one in left:
            for other in left:
                if (
                    one is not other
                    and (one.level == "advise" or other.level == "must")
                    and not self._possible(self._fails(one), self._holds(other))
                ):
                    found["implied"].add((one.id, other.id))
        return found

    def _holds(self, rule: Guardrail) -> Any:
        (_, spared), (met, _) = self.says[rule.id]
        return z3.Or(spared, met)

    def _fails(self, rule: Guardrail) -> Any:
        return z3.Not(self._holds(rule))


def _is_told(clause: Clause, form: str) -> bool:
    return isinstance(getattr(clause, form), str)
