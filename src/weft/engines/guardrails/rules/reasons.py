"""Offences written down as people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from weft.core.requests import Reason
from weft.engines.guardrails.rules import truth
from weft.engines.guardrails.rules.code import Offence, Part
from weft.engines.guardrails.rules.kinds import reader
from weft.engines.guardrails.rules.tree import Leaf, Quantified
from weft.engines.guardrails.rules.wording import actual


def reason(offence: Offence, facts: Mapping[str, Any]) -> Reason:
    """Write down one offence: where, what was expected, what is there."""
    at, index, value, part = offence
    if isinstance(at, Leaf):
        return _of_leaf(at, index, part, facts)
    return _of_list(at, value, part, facts.get(at.prop.id))


def _of_leaf(leaf: Leaf, index: int, part: Part, facts: Mapping[str, Any]) -> Reason:
    """Write down one leaf that does not hold."""
    prop = leaf.prop
    raw, path = facts.get(prop.id), prop.id
    if index >= 0:
        raw, path = _inside(leaf, index, facts)
    typed = reader(prop)(raw)
    # The one leaf that is then false, and not unknown.
    absent = leaf.operator == "present" and raw is None
    return Reason(
        path=path,
        operator=leaf.operator,
        expected=leaf.expected,
        actual=actual(prop, typed, raw),
        part=part,
        truth="unknown" if typed is None and not absent else "false",
    )


def _inside(leaf: Leaf, index: int, facts: Mapping[str, Any]) -> tuple[Any, str]:
    """Find the plain value in an element that a leaf is about, and write its path."""
    name, element = leaf.prop.id, facts[leaf.within][index]
    known = element.get(name) if element.__class__ is dict else element
    return known, f"{leaf.within}[{index}].{name}"


def _of_list(
    branch: Quantified, elements: Sequence[Any] | None, part: Part, raw: Any
) -> Reason:
    """Write down that there is no list, or none with an element that matches."""
    expected, there = "a list of elements", actual(branch.prop, None, raw)
    unsure = True
    if elements is not None:
        expected, there = "an element that matches", f"none of {len(elements)}"
        unsure = truth.of_quantified(branch, elements) is None
    return Reason(
        path=branch.prop.id,
        operator=branch.quantifier,
        expected=expected,
        actual=there,
        part=part,
        truth="unknown" if unsure else "false",
    )
