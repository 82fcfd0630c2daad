"""The words and conditions of guardrails, as Rego says them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from weft.core.vocabulary import Property
from weft.engines.guardrails.rules.kinds import bounds, has_currency, places, plain
from weft.engines.guardrails.rules.tree import AnyOf, Branch, Leaf, Quantified

_LAST_BLANK: Final = "\N{IDEOGRAPHIC SPACE}"
BLANKS: Final = "".join(filter(str.isspace, map(chr, range(ord(_LAST_BLANK) + 1))))
"""What a text may not be made of alone; the blanks that Rego knows are fewer."""

_CALLS: Final = {
    "is": "same({read}, {one})",
    "is_not": "opposite(same({read}, {one}))",
    "in": "among({read}, {one})",
    "not_in": "opposite(among({read}, {one}))",
    "below": "below({read}, {one})",
    "at_most": "at_most({read}, {one})",
    "at_least": "opposite(below({read}, {one}))",
    "above": "opposite(at_most({read}, {one}))",
    "between": "every_of([opposite(below({read}, {one})), at_most({read}, {two})])",
    "starts_with": "starts({read}, {one})",
    "has": "has({read}, {one})",
    "has_not": "opposite(has({read}, {one}))",
    "within": "inside({read}, {one})",
    "has_any": "meets({read}, {one})",
    "has_none": "opposite(meets({read}, {one}))",
    "present": "present({read}, {raw})",
}

Names = Mapping[str, str]
"""What the function is called that reads a word, by the id of the word."""


def literal(constant: Any) -> str:
    """Write a plain value as Rego does."""
    if isinstance(constant, frozenset):
        inside = ", ".join(sorted(map(literal, constant)))
        return f"{{{inside}}}" if inside else "set()"
    return json.dumps(constant, ensure_ascii=False)


def reading(name: str, prop: Property) -> str:
    """Write the function that reads a value of a word: [value], or [] if unknown."""
    body = "\n\t".join(_numbers(prop) if prop.type in _NUMBERS else _others(prop))
    value = _VALUES.get(prop.type, "raw")
    return f"{name}(raw) := [{value}] if {{\n\t{body}\n}}\n\nelse := []\n"


_NUMBERS: Final = {"int", "decimal", "money"}
_VALUES: Final = {
    "rank": "place",
    "set": "members",
    **dict.fromkeys(_NUMBERS, "number"),
}
"""What the conditions of a type call the value, where it is not as it came."""


def _others(prop: Property) -> tuple[str, ...]:
    """Give on which conditions the value of a word can be read."""
    values = literal(frozenset(prop.values))
    order = literal({value: at for at, value in enumerate(prop.values)})
    members = "members := {each | some each in raw}"
    return {
        "bool": ("is_boolean(raw)",),
        "enum": (f"raw in {values}",),
        "rank": (f"place := {order}[raw]",),
        "date": ("day(raw)",),
        "text": ("is_string(raw)", f'trim(raw, {literal(BLANKS)}) != ""'),
        "set": ("is_array(raw)", members, f"count(members - {values}) == 0"),
        "list": ("is_list(raw)",),
    }[prop.type]


def _numbers(prop: Property) -> Iterator[str]:
    """Give the same for a number, and its bounds."""
    raw = f"amount(raw, {literal(prop.unit)})" if prop.type == "money" else "raw"
    if prop.type == "money" and not has_currency(prop):
        yield "false"
    if prop.type == "int":
        yield "whole(raw)"
        yield "number := raw"
    else:
        yield f"number := scaled({raw}, {places(prop)})"
    low, high = bounds(prop)
    if low is not None:
        yield f"number >= {low}"
    if high is not None:
        yield f"number <= {high}"


def condition(branch: Branch, names: Names) -> str:
    """Write one clause as an expression of its truth: 2, 1 or 0."""
    if isinstance(branch, Leaf):
        return _leaf(branch, f"value({literal(branch.prop.id)})", names)
    if isinstance(branch, AnyOf):
        return (
            f"one_of([{', '.join(condition(leaf, names) for leaf in branch.leaves)}])"
        )
    return _quantified(branch, names)


def _quantified(branch: Quantified, names: Names) -> str:
    """Write what is to hold of every, of no, or of some element of a list."""
    where, must = (_all(leaves, names) for leaves in (branch.where, branch.must))
    each = {
        "every": f"one_of([opposite({where}), {must}])",
        "none": f"opposite(every_of([{where}, {must}]))",
        "some": f"every_of([{where}, {must}])",
    }[branch.quantifier]
    raw = f"value({literal(branch.prop.id)})"
    over = "some_one" if branch.quantifier == "some" else "each_one"
    return f"{over}({raw}, [{each} | some element in {raw}])"


def _all(leaves: Iterable[Leaf], names: Names) -> str:
    """Write that all leaves hold of an element."""
    inside = (
        _leaf(leaf, f"field(element, {literal(leaf.prop.id)})", names)
        for leaf in leaves
    )
    return f"every_of([{', '.join(inside)}])"


def _leaf(leaf: Leaf, raw: str, names: Names) -> str:
    """Write one leaf."""
    told = _constant(leaf.prop, leaf.constant)
    pair = told if leaf.operator == "between" else (told, None)
    return _CALLS[leaf.operator].format(
        read=f"{names[leaf.prop.id]}({raw})",
        raw=raw,
        one=literal(pair[0]),
        two=literal(pair[1]),
    )


def _constant(prop: Property, typed: Any) -> Any:
    """Give a constant in the form in which Rego compares: a day stays a text."""
    if isinstance(typed, frozenset):
        return frozenset(_constant(prop, each) for each in typed)
    if isinstance(typed, tuple):
        return tuple(_constant(prop, each) for each in typed)
    return plain(prop, typed) if prop.type == "date" else typed
