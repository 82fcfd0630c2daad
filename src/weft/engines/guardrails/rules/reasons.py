"""What does not hold, written down as people read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final, Literal

from weft.core.requests import Reason
from weft.engines.guardrails.rules import truth
from weft.engines.guardrails.rules.kinds import reader
from weft.engines.guardrails.rules.tree import Leaf, Quantified
from weft.engines.guardrails.rules.wording import actual

Part = Literal["must", "one-of", "applies"]
_KEPT: Final = frozenset([str, int, bool, type(None)])
_MOST_KEPT: Final = 512
"""So many reasons are kept of a leaf, of values of these types."""


def telling(leaf: Leaf, part: Part) -> Callable[..., Reason]:
    """Give what writes down that a leaf does not hold.

    It is called with the plain value that is there, and inside a list also with the
    index of the element. Whatever is the same each time is found here, once; and what
    was told of a value is told again of the same one, as many assets have few values.
    """
    prop, operator, expected = leaf.prop, leaf.operator, leaf.expected
    name, within, read = prop.id, leaf.within, reader(leaf.prop)
    # The one leaf that is then false, and not unknown.
    is_presence = operator == "present"

    def written(raw: Any, index: int) -> Reason:
        typed = read(raw)
        unknown = typed is None and not (is_presence and raw is None)
        return Reason(
            path=f"{within}[{index}].{name}" if within else name,
            operator=operator,
            expected=expected,
            actual=actual(prop, typed, raw),
            part=part,
            truth="unknown" if unknown else "false",
        )

    # By type too: 1 and true are told apart. A list has no hash to be found by.
    kept = lru_cache(_MOST_KEPT, typed=True)(written)

    def tell(raw: Any, index: int = -1) -> Reason:
        return (kept if raw.__class__ in _KEPT else written)(raw, index)

    return tell


def telling_list(branch: Quantified, part: Part) -> Callable[[Any], Reason]:
    """Give what writes down that there is no list: called with what is there."""

    def tell(raw: Any) -> Reason:
        return Reason(
            path=branch.prop.id,
            operator=branch.quantifier,
            expected="a list of elements",
            actual=actual(branch.prop, None, raw),
            part=part,
            truth="unknown",
        )

    return tell


def no_match(branch: Quantified, elements: Sequence[Any]) -> Reason:
    """Write down that no element of a list matches. elements: typed."""
    unsure = truth.of_quantified(branch, elements) is None
    return Reason(
        path=branch.prop.id,
        operator=branch.quantifier,
        expected="an element that matches",
        actual=f"none of {len(elements)}",
        part="must",
        truth="unknown" if unsure else "false",
    )


def inside(element: Any, leaf: Leaf) -> Any:
    """Give the plain value in an element that a leaf is about."""
    return element.get(leaf.prop.id) if element.__class__ is dict else element
