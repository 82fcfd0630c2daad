"""Code that tells which leaves of a guardrail offend, once it is known not to hold.

Each leaf that offends is a reason. Of a list that is missing, or of which no element
matches `some`, the quantifier itself is one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from weft.core.requests import Reason
from weft.engines.guardrails.rules import truth
from weft.engines.guardrails.rules.code.conditions import fine, surely, surely_not
from weft.engines.guardrails.rules.code.source import Source, indented
from weft.engines.guardrails.rules.kinds import Reader
from weft.engines.guardrails.rules.reasons import (
    Part,
    inside,
    no_match,
    telling,
    telling_list,
)
from weft.engines.guardrails.rules.tree import (
    AnyOf,
    Branch,
    Leaf,
    Quantified,
    Tree,
    leaves,
)

_OPPOSITE = {
    "is": "is_not",
    "in": "not_in",
    "below": "at_least",
    "at_most": "above",
    "has": "has_not",
    "has_any": "has_none",
}
_OPPOSITE |= {other: operator for operator, other in _OPPOSITE.items()}


def why(source: Source, tree: Tree) -> list[str]:
    """Give the lines that return the reasons for facts of which it does not hold."""
    lines = ["found = []"]
    for branch in tree.must:
        lines += _unmet(source, branch)
    for branch in tree.when:
        lines += _doubtful(source, branch)
    return [*lines, "return found"]


def _unmet(source: Source, branch: Branch) -> list[str]:
    """Give the lines for one clause of `must`."""
    if isinstance(branch, Quantified):
        return _unmet_list(source, branch)
    part: Part = "one-of" if isinstance(branch, AnyOf) else "must"
    found = [_note(source, leaf, part) for leaf in leaves(branch)]
    return [f"if not {surely(source, branch)}:", *indented(found)]


def _unmet_list(source: Source, branch: Quantified) -> list[str]:
    """Give the lines for one quantifier of `must`."""
    no_list = source.bind(telling_list(branch, "must"))
    lines = [f"if not ({source.is_there(branch)}):"]
    lines.append(f"    found.append({no_list}(x{branch.slot}))")
    if branch.quantifier == "some":
        return [*lines, "else:", f"    {_found_by(_none_matches, source, branch)}"]
    tell_one = _every if branch.quantifier == "every" else _none
    loop = [
        "i = 0",
        *source.each(branch),
        f"    if not ({fine(source, branch)}):",
        *indented(indented(tell_one(source, branch))),
        "    i += 1",
    ]
    return [*lines, "else:", *indented(loop)]


def _every(source: Source, branch: Quantified) -> list[str]:
    """Give the lines for an element that fails: its leaves, and what may spare it."""
    lines = []
    for leaf in branch.must:
        lines += [f"if not {source.surely(leaf)}:"]
        lines += indented([_note(source, leaf, "must")])
    for leaf in branch.where:
        lines += [f"if not ({source.surely(leaf)} or {source.surely_not(leaf)}):"]
        lines += indented([_note(source, leaf, "applies")])
    return lines


def _none(source: Source, branch: Quantified) -> list[str]:
    """Give the lines for an element that matches: one leaf less would do."""
    matching = leaves(branch)
    part: Part = "must" if len(matching) == 1 else "one-of"
    return [_note(source, _turned(leaf), part) for leaf in matching]


def _turned(leaf: Leaf) -> Leaf:
    """Give a leaf as it would have to be for an element not to match."""
    operator = _OPPOSITE.get(leaf.operator, f"not {leaf.operator}")
    return replace(leaf, operator=operator)


def _doubtful(source: Source, branch: Branch) -> list[str]:
    """Give the lines for one clause of `when`: what is not known in it."""
    if isinstance(branch, Quantified):
        return [_found_by(_doubts, source, branch)]
    lines = []
    for leaf in leaves(branch):
        lines += [f"if not ({source.surely(leaf)} or {source.surely_not(leaf)}):"]
        lines += indented([_note(source, leaf, "applies")])
    sure = f"{surely(source, branch)} or {surely_not(source, branch)}"
    return [f"if not ({sure}):", *indented(lines)]


def _note(source: Source, leaf: Leaf, part: Part) -> str:
    """Give the line that notes that one leaf offends."""
    index = ", i" if leaf.within else ""
    tell = source.bind(telling(leaf, part))
    return f"found.append({tell}({source.place(leaf)}{index}))"


# Bound into the code: what is seldom needed is not worth generating.

_Tell = Callable[[Quantified, Any, Any], list[Reason]]
"""Tells of a quantifier, the plain list and its typed elements what offends."""


def _found_by(tell: _Tell, source: Source, branch: Quantified) -> str:
    """Give the line that notes what is told of the list of a quantifier."""
    read: Reader = source.slots[branch.slot].reader()
    name, of, raw = source.bind(tell), source.bind(branch), f"x{branch.slot}"
    return f"found.extend({name}({of}, {raw}, {source.bind(read)}({raw})))"


def _none_matches(branch: Quantified, raw: Any, elements: Any) -> list[Reason]:
    """Tell that no element matches `some`, and what the nearest one lacks."""
    if truth.of_quantified(branch, elements) is True:
        return []
    found = [no_match(branch, elements)]
    lacking = [
        [
            leaf
            for leaf in leaves(branch)
            if truth.truth(leaf, e[leaf.field]) is not True
        ]
        for e in elements
    ]
    if lacking:
        nearest = min(range(len(lacking)), key=lambda place: len(lacking[place]))
        for leaf in lacking[nearest]:
            value = inside(raw[nearest], leaf)
            found.append(telling(leaf, "one-of")(value, nearest))
    return found


def _doubts(branch: Quantified, raw: Any, elements: Any) -> list[Reason]:
    """Tell what is not known in a quantifier of `when`."""
    if elements is None:
        return [telling_list(branch, "applies")(raw)]
    if truth.of_quantified(branch, elements) is not None:
        return []
    return [
        telling(leaf, "applies")(inside(raw[index], leaf), index)
        for index, element in enumerate(elements)
        if truth.of_element(branch, element) is None
        for leaf in leaves(branch)
        if element[leaf.field] is None
    ]
