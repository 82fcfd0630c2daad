"""The expressions for single leaves, over plain values.

Each takes what is missing, of another type or out of its domain for neither true
nor false. Where a property has few values, those for which the leaf is true (or
false) are looked up: they are texts, and nothing else is equal to a text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from weft.engines.guardrails.rules.kinds import bounds, is_list
from weft.engines.guardrails.rules.tree import Leaf
from weft.engines.guardrails.rules.truth import of_known

Bind = Callable[[Any], str]

# w: the typed value, read where it is first needed; v: the same again; c: constant.
_KNOWN = "({w} is not None and {v} %s {c})"
_SURELY = {
    "is": "{w} == {c}",
    "is_not": _KNOWN % "!=",
    "in": "{w} in {c}",
    "not_in": _KNOWN % "not in",
    "below": _KNOWN % "<",
    "at_most": _KNOWN % "<=",
    "at_least": _KNOWN % ">=",
    "above": _KNOWN % ">",
    "between": "({w} is not None and {c}[0] <= {v} <= {c}[1])",
    "starts_with": "({w} is not None and {v}.startswith({c}))",
    "has": "({w} is not None and {c} in {v})",
    "has_not": "({w} is not None and {c} not in {v})",
    "within": _KNOWN % "<=",
    "has_any": "({w} is not None and not {v}.isdisjoint({c}))",
    "has_none": "({w} is not None and {v}.isdisjoint({c}))",
    "present": "{w} is not None",
}
_SURELY_NOT = {
    "is": _SURELY["is_not"],
    "is_not": _SURELY["is"],
    "in": _SURELY["not_in"],
    "not_in": _SURELY["in"],
    "below": _SURELY["at_least"],
    "at_most": _SURELY["above"],
    "at_least": _SURELY["below"],
    "above": _SURELY["at_most"],
    "between": "({w} is not None and not {c}[0] <= {v} <= {c}[1])",
    "starts_with": "({w} is not None and not {v}.startswith({c}))",
    "has": _SURELY["has_not"],
    "has_not": _SURELY["has"],
    "within": "({w} is not None and not {v} <= {c})",
    "has_any": _SURELY["has_none"],
    "has_none": _SURELY["has_any"],
}


TYPED = frozenset({"decimal", "money", "date", "text", "set"})
"""The types whose values are compared in another form than they are written in."""


class Name(msgspec.Struct, frozen=True):
    """How to name the value that a leaf is about.

    raw: as it was put. first, later: in the form that is compared, when it is first
    needed in an expression and when it is needed again.
    """

    raw: str
    first: str
    later: str


def expression(leaf: Leaf, name: Name, bind: Bind, *, yes: bool) -> str:
    """Give the expression for: a leaf is surely true, or surely false."""
    if leaf.operator == "present" and not yes:
        return f"{name.raw} is None"
    if leaf.prop.type == "list":  # the only question about one as a whole
        return f"{bind(is_list)}({name.raw})"
    if leaf.prop.type in {"bool", "enum", "rank"}:
        return _among(leaf, name, bind, yes=yes)
    if leaf.prop.type == "int":
        return _whole(leaf, name, bind, yes=yes)
    form = (_SURELY if yes else _SURELY_NOT)[leaf.operator]
    return form.format(w=name.first, v=name.later, c=bind(leaf.constant))


def _among(leaf: Leaf, name: Name, bind: Bind, *, yes: bool) -> str:
    """Give the expression for one of few values."""
    prop = leaf.prop
    if prop.type == "bool":
        wanted = [str(b) for b in (True, False) if of_known(leaf, b) is yes]
        if len(wanted) == 1:
            return f"{name.raw} is {wanted[0]}"
        return f"({name.first} is {f' or {name.later} is '.join(wanted)})"
    typed = range(len(prop.values)) if prop.type == "rank" else prop.values
    told = zip(prop.values, typed, strict=True)
    found = frozenset(text for text, value in told if of_known(leaf, value) is yes)
    return f"{name.raw} in {bind(found)}"


def _whole(leaf: Leaf, name: Name, bind: Bind, *, yes: bool) -> str:
    """Give the expression for a whole number: inside some ends, or outside."""
    known = f"{name.first}.__class__ is {bind(int)}"
    low, high = _ends(leaf)
    lowest, highest = bounds(leaf.prop)
    if (leaf.operator != "is_not") == yes:
        low = max((e for e in (low, lowest) if e is not None), default=None)
        high = min((e for e in (high, highest) if e is not None), default=None)
        inside = _inside(name.later, low, high, bind)
        return f"({' and '.join([known, *inside])})"
    domain = _inside(name.later, lowest, highest, bind)
    within = " and ".join(_inside(name.later, low, high, bind))
    return f"({' and '.join([known, *domain])} and not ({within}))"


def _ends(leaf: Leaf) -> tuple[int | None, int | None]:
    """Give the ends between which a leaf holds, or, if it is `is_not`, does not."""
    told: Any = leaf.constant
    if leaf.operator == "between":
        return told[0], told[1]
    if leaf.operator in {"below", "at_most"}:
        return None, told - (leaf.operator == "below")
    if leaf.operator in {"above", "at_least"}:
        return told + (leaf.operator == "above"), None
    return (None, None) if leaf.operator == "present" else (told, told)


def _inside(name: str, low: int | None, high: int | None, bind: Bind) -> list[str]:
    """Give the conditions for a number being from one end to another."""
    found = [] if low is None else [f"{name} >= {bind(low)}"]
    return found if high is None else [*found, f"{name} <= {bind(high)}"]
