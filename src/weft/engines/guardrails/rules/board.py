"""Which leaves of which rules lie on which field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from weft.engines.guardrails.rules.rule import Rule
from weft.engines.guardrails.rules.tree import Leaf, Quantified, all_leaves
from weft.engines.guardrails.rules.words import Slot, word_of

Field = tuple[int, int]
"""The slot of a word, and -1; or the slot of a list, and a field of its elements."""


class Board:
    """Rules laid out over the fields that they read.

    leaves: on each field. fields: for each rule, by its identity, its fields and
    which of the leaves there are its own. lists: the lists that a rule goes through.
    quantifiers: how many clauses go through each list. readers: the rules that read
    a word, by its slot. numbers: which of the leaves on its field a leaf is. cells:
    of the fields for which somebody has worked them out.
    """

    def __init__(self, rules: Iterable[Rule], slots: Sequence[Slot]) -> None:
        """Lay out rules."""
        self.leaves: dict[Field, list[Leaf]] = {}
        self.fields: dict[int, dict[Field, list[int]]] = {}
        self.lists: dict[int, list[int]] = {}
        self.quantifiers: Counter[int] = Counter()
        self.readers: dict[int, list[Rule]] = {}
        self.numbers: dict[int, int] = {}
        self.cells: dict[Field, Any] = {}
        for rule in rules:
            self._lay(rule, slots)

    def _lay(self, rule: Rule, slots: Sequence[Slot]) -> None:
        """Lay out one rule; one that does not fit lies nowhere."""
        for slot in {word_of(slots, slot) for slot in rule.reads}:
            self.readers.setdefault(slot, []).append(rule)
        mine = self.fields.setdefault(id(rule), {})
        lists = self.lists.setdefault(id(rule), [])
        if rule.tree is None:
            return
        for leaf in all_leaves(rule.tree):
            field = field_of(leaf, slots)
            here = self.leaves.setdefault(field, [])
            mine.setdefault(field, []).append(len(here))
            self.numbers[id(leaf)] = len(here)
            here.append(leaf)
        for branch in (*rule.tree.when, *rule.tree.must):
            if isinstance(branch, Quantified):
                self.quantifiers[branch.slot] += 1
                if branch.slot not in lists:
                    lists.append(branch.slot)
                mine.setdefault((branch.slot, -1), [])


@lru_cache(maxsize=512)
def board_of(rules: tuple[Rule, ...]) -> Board:
    """Lay out rules that fit the same words; the same ones are laid out once."""
    return Board(rules, rules[0].words if rules else ())


def field_of(leaf: Leaf, slots: Sequence[Slot]) -> Field:
    """Give the field that a leaf reads, also where it asks for presence alone."""
    if leaf.field < 0:
        return word_of(slots, leaf.slot), -1
    return leaf.slot, word_of(slots[leaf.slot].fields, leaf.field)
