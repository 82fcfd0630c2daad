"""Sets as choices: which of their members matter to the rules."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any, Final

from weft.core.vocabulary import Property
from weft.engines.guardrails.rules.cells import ranking
from weft.engines.guardrails.rules.tree import Leaf

MOST_COMBINED: Final = 6
"""How many members are combined freely when a whole set is to be told."""


DROPPING: Final = frozenset({"has_not", "within", "has_none"})
"""What comes true by taking members out; the others by putting members in."""


def matters(leaf: Leaf, member: str) -> bool:
    """Tell whether it can matter to a leaf that a set has this member."""
    if leaf.operator in {"has", "has_not"}:
        return bool(member == leaf.constant)
    if leaf.operator in {"has_any", "has_none"}:
        return member in leaf.constant
    return leaf.operator == "within" and member not in leaf.constant


def classes(
    prop: Property, leaves: Sequence[Leaf], *, apart: bool = False
) -> list[list[str]]:
    """Group the members that matter: those of a group matter to the same leaves.

    What counts is whether any member of a group is there, so a group is emptied
    member by member in one fixed order. apart: each member for itself.
    """
    groups: dict[Any, list[str]] = {}
    for member in ranking(
        prop, [leaf for leaf in leaves if leaf.operator != "present"]
    ):
        to = tuple(matters(leaf, member) for leaf in leaves)
        if apart or any(to):
            groups.setdefault((to, member) if apart else to, []).append(member)
    return list(groups.values())


def whole_sets(
    groups: Sequence[Sequence[str]], most: int | None = None
) -> list[frozenset[str]]:
    """Give the sets that could be told where nothing is known, by groups.

    most: how many members at most. All sets, if there are not too many of them.
    """
    first = [group[0] for group in groups]
    if most is None:
        most = len(first) if len(first) <= MOST_COMBINED else 1
    sizes = range(min(most, len(first)) + 1)
    return [frozenset(some) for size in sizes for some in combinations(first, size)]
