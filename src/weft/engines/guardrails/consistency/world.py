"""Every world that guardrails could be asked about, in one formula.

A world says of each word what kind of value it has, or that nothing is known. Of a
list it says whether it is known, and which elements there are.

How many elements are enough: one for each clause that goes through the list. Take
any world. A clause that is true of all elements stays so whichever are taken out; for
any other one element is enough to keep its truth: one that fails (`every`, `none`),
one that matches (`some`), or if there is none, one of which it is not known. Keep
such an element for each clause and take out the rest: every clause has the truth that
it had, and so has every guardrail. So a world with more elements shows nothing that
one of these does not.

Where facts are held and choices are free, the question is about many worlds at once:
the elements with what is a fact of them are such that no choice meets both of two
guardrails, and each alone is met by some. Keep an element for each `some` clause in a
world that meets the one, and in a world that meets the other; both are still met. If
some element can by no choice be what `every` and `none` ask of each, keep it too. If
not, the elements are too few for all that `some` asks, and fewer are too few as well.
So twice as many elements as there are `some` clauses, and one, are enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from weft.core.vocabulary import Property
from weft.engines.guardrails.consistency.field import Field
from weft.engines.guardrails.consistency.formula import (
    NO,
    YES,
    Formula,
    Told,
    all_of,
    no,
    one_of,
)
from weft.engines.guardrails.rules.board import Board, field_of
from weft.engines.guardrails.rules.rule import Rule
from weft.engines.guardrails.rules.tree import AnyOf, Branch, Leaf, Quantified
from weft.engines.guardrails.rules.words import (
    NO_MANDATE,
    RUN,
    SIGNED,
    Slot,
    word_of,
)

At = tuple[int, int, int]
"""A slot, -1 and -1; or the slot of a list, an element, and a field of elements."""
_APART: Final[Mapping[str, tuple[str, ...]]] = {
    "act": (RUN,),
    "mandate": (SIGNED, NO_MANDATE),
}
_ALWAYS: Final = frozenset({"act", "mission", "mission.type", "mandate"})
_AT_TIMES: Final = frozenset({"asset", "mandate.limit"})


class World:
    """Literals for all that rules read.

    fields: by where they are. there: for each list, whether each of its elements is
    there. known: all is known that can be.
    """

    def __init__(
        self, rules: Sequence[Rule], slots: Sequence[Slot], acts: Sequence[str] = ()
    ) -> None:
        """Take all rules at once, and the words that they were fitted to.

        acts: those that are told apart whether or not a rule names them.
        """
        self._apart = {**_APART, "act": (*acts, *_APART["act"])}
        self.formula, self.slots = Formula(), slots
        self.board = Board(rules, slots)
        self.fields: dict[At, Field] = {}
        self.there: dict[int, list[int]] = {}
        self._said: dict[tuple[int, Any], Told] = {}
        self._lists: dict[int, list[tuple[int, Any]]] = {}
        self._kept: frozenset[At] = frozenset()
        self.props = {slot.prop.id: number for number, slot in enumerate(slots)}
        for name in ("act", "mandate"):
            self._field(self.props[name])
        self._make_elements(rules)
        for rule in rules:
            self._lay(rule)
        self._hold_what_is_given()
        self.known = self.formula.every(self._all_known())

    def _lay(self, rule: Rule) -> None:
        """Make the fields that a rule reads."""
        for slot in rule.reads:
            self._field(word_of(self.slots, slot))
        for branch in lists_of(rule):
            self._inside(branch)

    def _make_elements(self, rules: Sequence[Rule]) -> None:
        """Make as many elements of each list as any question needs."""
        clauses: dict[int, set[Any]] = {}
        somes: dict[int, list[int]] = {}
        for rule in rules:
            own = self._lists[id(rule)] = [(b.slot, key_of(b)) for b in lists_of(rule)]
            for slot, key in own:
                clauses.setdefault(slot, set()).add(key)
            for slot in {slot for slot, _ in own}:
                asked = sum(at == slot and key[0] == "some" for at, key in own)
                somes.setdefault(slot, []).append(asked)
        for slot, keys in sorted(clauses.items()):
            size = max(len(keys), 2 * sum(sorted(somes[slot])[-2:]) + 1)
            self.there[slot] = [self.formula.variable() for _ in range(size)]

    def _field(self, slot: int) -> Field:
        """Give the field of a word."""
        at = slot, -1, -1
        if at not in self.fields:
            prop = self.slots[slot].prop
            leaves = self.board.leaves.get((slot, -1), [])
            apart = self._apart.get(prop.id, ())
            self.fields[at] = Field(self.formula, prop, leaves, apart)
        return self.fields[at]

    def _inside(self, branch: Quantified) -> None:
        """Make the fields of elements that a clause reads."""
        fields = self.slots[branch.slot].fields
        for leaf in (*branch.where, *branch.must):
            within = word_of(fields, leaf.field)
            leaves = self.board.leaves[branch.slot, within]
            for element in range(len(self.there[branch.slot])):
                at = branch.slot, element, within
                if at not in self.fields:
                    prop = fields[within].prop
                    self.fields[at] = Field(self.formula, prop, leaves)

    def _hold_what_is_given(self) -> None:
        """Hold what Weft itself sees to, whatever is asked.

        An act and the state of a mandate are always known, and of a request its
        mission; what runs may be nobody's. What runs is an asset, and an asset has a
        type. Only a signed mandate has a limit. What is given of a thing is known of
        an asset alone.
        """
        add, fields = self.formula.add, self._by_name()
        runs, owned = self.cell("act", RUN), self.formula.variable()
        asset = fields.get("asset")
        there = asset.known if asset else self.formula.variable()
        add(fields["act"].known)
        add(fields["mandate"].known)
        add(owned, runs)
        add(-runs, there)
        add(owned, self.cell("mandate", NO_MANDATE))
        for name in {"mission", "mission.type"} & fields.keys():
            add(-owned, fields[name].known)
            add(owned, fields[name].absent)
        if asset:
            add(asset.known, asset.absent)
        if "asset.type" in fields:
            add(-there, fields["asset.type"].known)
        if "mandate.limit" in fields:
            add(fields["mandate.limit"].absent, self.cell("mandate", SIGNED))
        for at, field in self.fields.items():
            if self._is_given(at, field.prop):
                add(field.absent, there)

    def _is_given(self, at: At, prop: Property) -> bool:
        """Tell whether no request states a property: it is known of assets alone."""
        own = prop.id not in _ALWAYS | _AT_TIMES
        return at[1] < 0 and own and prop.role == "given"

    def _all_known(self) -> Iterator[int]:
        """Give what is true where all is known that could be."""
        for at, field in self.fields.items():
            if field.prop.id not in _AT_TIMES and not self._is_given(at, field.prop):
                yield field.known

    def _by_name(self) -> dict[str, Field]:
        """Give the fields of words by their names."""
        return {field.prop.id: field for at, field in self.fields.items() if at[1] < 0}

    def cell(self, name: str, value: str) -> int:
        """Give the literal for: a word has this value, which is told from others."""
        field = self._field(self.props[name])
        found = (lit for cell, lit in field.kinds if value in cell.values)
        return next(found)

    def told(self, branches: Iterable[Branch]) -> Told:
        """Give what clauses say, all together."""
        return all_of(self.formula, map(self._branch, branches))

    def told_with(self, branches: Iterable[Branch], kept: Iterable[At]) -> Told:
        """Give what clauses say where some fields are as in the world found last."""
        self._kept = frozenset(kept)
        try:
            return self.told(branches)
        finally:
            self._kept = frozenset()

    def _branch(self, branch: Branch) -> Told:
        """Give what one clause says."""
        if isinstance(branch, Leaf):
            return self._leaf(branch, -1)
        if isinstance(branch, AnyOf):
            leaves = (self._leaf(leaf, -1) for leaf in branch.leaves)
            return one_of(self.formula, leaves)
        if self._kept:
            return self._quantified(branch)
        key = branch.slot, key_of(branch)
        if key not in self._said:
            self._said[key] = self._quantified(branch)
        return self._said[key]

    def _quantified(self, branch: Quantified) -> Told:
        """Give what a clause about the elements of a list says."""
        each = [
            self._element(branch, element, there)
            for element, there in enumerate(self.there[branch.slot])
        ]
        some = branch.quantifier == "some"
        found = (one_of if some else all_of)(self.formula, each)
        known = self.fields[branch.slot, -1, -1].known
        every = self.formula.every
        return Told(every([known, found.yes]), every([known, found.no]))

    def _element(self, branch: Quantified, element: int, there: int) -> Told:
        """Give what an element does for a clause; one that is not there, nothing."""
        formula = self.formula
        where = all_of(formula, (self._leaf(leaf, element) for leaf in branch.where))
        must = all_of(formula, (self._leaf(leaf, element) for leaf in branch.must))
        if branch.quantifier == "every":
            asked = one_of(formula, (no(where), must))
        else:
            asked = all_of(formula, (where, must))
            asked = no(asked) if branch.quantifier == "none" else asked
        if branch.quantifier == "some":
            return Told(
                formula.every([there, asked.yes]), formula.one([-there, asked.no])
            )
        return Told(formula.one([-there, asked.yes]), formula.every([there, asked.no]))

    def _leaf(self, leaf: Leaf, element: int) -> Told:
        """Give what a leaf says: of a word, or of a field of one element."""
        slot, within = field_of(leaf, self.slots)
        at = slot, element if within >= 0 else -1, within
        told = self.fields[at].told(leaf)
        if at not in self._kept:
            return told
        true = self.formula.true
        return Told(YES if true(told.yes) else NO, YES if true(told.no) else NO)

    def apart_from(self, rules: Iterable[Rule], *, facts: bool = False) -> list[int]:
        """Give what takes out all elements that a question about rules does not need.

        facts: the question is whether there are facts for which no choice does.
        """
        if not self.there:
            return []
        clauses: dict[int, set[Any]] = {slot: set() for slot in self.there}
        somes = Counter[int]()
        for rule in rules:
            for slot, key in self._lists[id(rule)]:
                clauses[slot].add(key)
                somes[slot] += key[0] == "some"
        found = []
        for slot, there in self.there.items():
            size = 2 * somes[slot] + 1 if facts else len(clauses[slot])
            found += [-literal for literal in there[size:]]
        return found


def lists_of(rule: Rule) -> Iterator[Quantified]:
    """Give the clauses of a rule that go through a list."""
    if rule.tree is not None:
        for branch in (*rule.tree.when, *rule.tree.must):
            if isinstance(branch, Quantified):
                yield branch


def key_of(branch: Quantified) -> Any:
    """Give what two clauses about a list have in common if they say the same."""
    parts = (branch.where, branch.must)
    leaves = (tuple((x.field, x.operator, x.constant) for x in part) for part in parts)
    return (branch.quantifier, *leaves)
