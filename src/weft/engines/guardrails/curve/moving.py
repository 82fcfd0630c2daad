"""From which value of a limit on a guardrail holds of each asset.

The guardrail is judged at a few values for all assets that are alike in all else.
As every leaf counts in one direction only, an asset has one critical value: on one
side of it the guardrail holds, on the other it does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from weft.engines.guardrails.curve.catalogue import Catalogue
from weft.engines.guardrails.curve.limits import Limit, Part
from weft.engines.guardrails.rules.code import about
from weft.engines.guardrails.rules.code.moving import LIMIT, MovingSource
from weft.engines.guardrails.rules.kinds import is_list, reader
from weft.engines.guardrails.rules.rule import Rule
from weft.engines.guardrails.rules.tree import Tree, all_leaves
from weft.engines.guardrails.rules.unreadable import cleaned
from weft.engines.guardrails.rules.words import word_of

Critical = int | Literal["always", "never"]
"""The last value of the limit at which the guardrail still holds of an asset, or that
it holds at every value, or at none."""


class Moving:
    """A guardrail, and one limit of it that is moved in one direction."""

    def __init__(self, rule: Rule, tree: Tree, limit: Limit) -> None:
        """Generate the code that judges with any limit."""
        moved = {id(part.leaf): part.end for part in limit.parts}
        source = MovingSource(rule.words, moved)
        self.limit = limit
        self.code = about(rule.words, tree, "holds", source)
        self.step = -1 if limit.rising else 1
        read = sorted({word_of(rule.words, slot) for slot in rule.reads})
        self.slots = [rule.words[slot] for slot in read]
        self.props = [slot.prop for slot in self.slots]
        self.names = [prop.id for prop in self.props]
        self.alone = self._is_alone(tree)
        self.shift = limit.parts[0].shift

    def _is_alone(self, tree: Tree) -> bool:
        """Tell whether one leaf with one end alone reads the property of the limit.

        All that counts of its value is then on which side of the limit it lies.
        """
        part, *more = self.limit.parts
        if more or part.end >= 0 or part.leaf.within:
            return False
        name = part.leaf.prop.id
        on_it = [x for x in all_leaves(tree) if x.prop.id == name and not x.within]
        return on_it == [part.leaf]

    def holds(self, facts: dict[str, Any], value: int) -> bool:
        """Tell whether the guardrail holds with the limit at a value."""
        self.code.values[LIMIT] = value
        try:
            return bool(self.code.call(facts))
        except Exception:  # noqa: BLE001 # what cannot be compared is unknown
            return bool(self.code.call(cleaned(facts, self.slots)))

    def criticals(self, catalogue: Catalogue) -> list[Critical]:
        """Give the critical value of every asset, in the order of the catalogue."""
        every: list[Critical] = ["always"] * len(catalogue.assets)
        for members in self._alike(catalogue):
            facts = catalogue.facts(self.names, members[0])
            values = sorted(self._values(facts), reverse=not self.limit.rising)
            found = self._critical(facts, values)
            if self.alone and isinstance(found, int):
                column, shift = catalogue.typed(self.limit.prop), self.shift
                for member in members:
                    every[member] = column[member] + shift
            elif found != "always":
                for member in members:
                    every[member] = found
        return every

    def _alike(self, catalogue: Catalogue) -> Iterable[Sequence[int]]:
        """Group the assets that the guardrail cannot tell apart, but by the limit."""
        if any(prop.type == "list" for prop in self.props):
            return ([number] for number in range(len(catalogue.assets)))
        own = self.limit.prop if self.alone else None
        return catalogue.alike([p for p in self.props if p is not own], own)

    def _critical(self, facts: dict[str, Any], values: list[int]) -> Critical:
        """Find the first of the values in question at which the guardrail holds.

        They lie in the order in which more and more holds.
        """
        if not values:
            holds = self.holds(facts, self.limit.typed)
            return "always" if holds else "never"
        if self.holds(facts, values[0] + self.step):
            return "always"
        if not self.holds(facts, values[-1]):
            return "never"
        low, high = 0, len(values) - 1
        while low < high:
            middle = (low + high) // 2
            if self.holds(facts, values[middle]):
                high = middle
            else:
                low = middle + 1
        return values[low]

    def _values(self, facts: dict[str, Any]) -> set[int]:
        """Give the values of the limit at which some leaf changes its truth."""
        found = set()
        for part in self.limit.parts:
            for raw in _read_by(part, facts):
                typed = reader(part.leaf.prop)(raw)
                if typed is not None:
                    found.add(typed + part.shift)
        return found


def _read_by(part: Part, facts: dict[str, Any]) -> Iterable[Any]:
    """Give the plain values that a leaf is about."""
    leaf = part.leaf
    if not leaf.within:
        return (facts[leaf.prop.id],)
    elements = facts[leaf.within]
    if not is_list(elements):
        return ()
    return [e.get(leaf.prop.id) for e in elements if e.__class__ is dict]
