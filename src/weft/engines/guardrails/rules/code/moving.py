"""Code that judges by one guardrail of which a limit can be moved, without compiling.

The leaves that are moved compare with a name, `limit`, whose value is put in its
place before the code is called; all else is generated as ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from weft.engines.guardrails.rules.code.leaves import TYPED
from weft.engines.guardrails.rules.code.source import Source
from weft.engines.guardrails.rules.kinds import reader
from weft.engines.guardrails.rules.tree import Leaf
from weft.engines.guardrails.rules.words import Slot

LIMIT: Final = "limit"
_YES = {
    "below": "{v} < {c}",
    "at_most": "{v} <= {c}",
    "at_least": "{v} >= {c}",
    "above": "{v} > {c}",
}
_NO = {
    "below": _YES["at_least"],
    "at_most": _YES["above"],
    "at_least": _YES["below"],
    "above": _YES["at_most"],
}


class MovingSource(Source):
    """Source in which some leaves are moved: by identity, and for a range which end."""

    def __init__(self, slots: Sequence[Slot], moved: Mapping[int, int]) -> None:
        """Take which leaves are moved."""
        super().__init__(slots)
        self.moved = moved

    def surely(self, leaf: Leaf) -> str:
        """Give the expression for: this leaf is surely true."""
        if id(leaf) not in self.moved:
            return super().surely(leaf)
        return self._compared(leaf, yes=True)

    def surely_not(self, leaf: Leaf) -> str:
        """Give the expression for: this leaf is surely false."""
        if id(leaf) not in self.moved:
            return super().surely_not(leaf)
        return self._compared(leaf, yes=False)

    def _compared(self, leaf: Leaf, *, yes: bool) -> str:
        """Give the expression for a leaf whose constant is the limit."""
        name = self._name(leaf)
        first, later = name.first, name.later
        if leaf.prop.type not in TYPED:
            first, later = f"(y := {self.bind(reader(leaf.prop))}({name.raw}))", "y"
        if leaf.operator != "between":
            told = (_YES if yes else _NO)[leaf.operator].format(v=later, c=LIMIT)
            return f"({first} is not None and {told})"
        ends = [self.bind(end) for end in leaf.constant]
        ends[self.moved[id(leaf)]] = LIMIT
        inside = f"{ends[0]} <= {later} <= {ends[1]}"
        return f"({first} is not None and {'' if yes else 'not '}{inside})"
