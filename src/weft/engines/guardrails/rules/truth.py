"""Three-valued truth of leaves and quantifiers: true, false, or unknown.

Unknown counts as in Kleene's strong logic: AND gives the least and OR the greatest
of its parts, where false < unknown < true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from weft.engines.guardrails.rules.tree import Leaf, Quantified, Truth

Row = Sequence[Any]
"""The typed values of a request by slot, None where unknown."""

TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda value, constant: bool(value == constant),
    "is_not": lambda value, constant: bool(value != constant),
    "in": lambda value, constant: value in constant,
    "not_in": lambda value, constant: value not in constant,
    "below": lambda value, constant: bool(value < constant),
    "at_most": lambda value, constant: bool(value <= constant),
    "at_least": lambda value, constant: bool(value >= constant),
    "above": lambda value, constant: bool(value > constant),
    "between": lambda value, ends: bool(ends[0] <= value <= ends[1]),
    "starts_with": lambda value, constant: bool(value.startswith(constant)),
    "has": lambda value, constant: constant in value,
    "has_not": lambda value, constant: constant not in value,
    "within": lambda value, constant: bool(value <= constant),
    "has_any": lambda value, constant: not value.isdisjoint(constant),
    "has_none": lambda value, constant: bool(value.isdisjoint(constant)),
    "present": lambda value, _: bool(value),
}


def truth(leaf: Leaf, value: Any) -> Truth:
    """Tell whether a leaf holds of a typed value; None for unknown."""
    return None if value is None else TESTS[leaf.operator](value, leaf.constant)


def of_known(leaf: Leaf, value: Any) -> Truth:
    """Tell whether a leaf holds of a value of the word itself, which is then there.

    In a row, a leaf that asks for presence finds just that in its slot.
    """
    if leaf.operator == "present":
        return None if value is None else True
    return truth(leaf, value)


def of_quantified(branch: Quantified, elements: Any) -> Truth:
    """Tell whether a quantifier holds of the elements of a list."""
    if elements is None:
        return None
    if branch.quantifier == "some":
        return one(of_element(branch, element) for element in elements)
    return every(of_element(branch, element) for element in elements)


def of_element(branch: Quantified, element: Row) -> Truth:
    """Tell what one element does for a quantifier: `every` and `none` need each."""
    inside = of_leaves(branch.where, element)
    must = of_leaves(branch.must, element)
    if branch.quantifier == "every":
        return one((no(inside), must))
    both = every((inside, must))
    return no(both) if branch.quantifier == "none" else both


def of_leaves(leaves: Iterable[Leaf], element: Row) -> Truth:
    """Tell whether all leaves hold of an element."""
    return every(truth(leaf, element[leaf.field]) for leaf in leaves)


def every(parts: Iterable[Truth]) -> Truth:
    """AND: false if one is false, else unknown if one is unknown, else true."""
    least: Truth = True
    for part in parts:
        if part is False:
            return False
        least = None if part is None else least
    return least


def one(parts: Iterable[Truth]) -> Truth:
    """OR: true if one is true, else unknown if one is unknown, else false."""
    greatest: Truth = False
    for part in parts:
        if part is True:
            return True
        greatest = None if part is None else greatest
    return greatest


def no(part: Truth) -> Truth:
    """NOT: swaps true and false."""
    return None if part is None else not part
