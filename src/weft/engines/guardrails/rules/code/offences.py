"""Code that tells which leaves of a guardrail offend, once it is known not to hold.

An offence is a leaf, the index of the element (or -1), the plain value that is there
and the leaf's part. Of a list that is missing, or of which no element matches `some`,
the quantifier itself is the offence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from msgspec.structs import replace

from weft.engines.guardrails.rules import truth
from weft.engines.guardrails.rules.code.conditions import fine, surely, surely_not
from weft.engines.guardrails.rules.code.source import Source, indented
from weft.engines.guardrails.rules.kinds import Reader
from weft.engines.guardrails.rules.tree import (
    AnyOf,
    Branch,
    Leaf,
    Quantified,
    Tree,
    leaves,
)

Part = Literal["must", "one-of", "applies"]
Offence = tuple[Leaf | Quantified, int, Any, Part]

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
    """Give the lines that return the offences of facts of which it does not hold."""
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
    part = "one-of" if isinstance(branch, AnyOf) else "must"
    found = [_note(source, leaf, "-1", part) for leaf in leaves(branch)]
    return [f"if not {surely(source, branch)}:", *indented(found)]


def _unmet_list(source: Source, branch: Quantified) -> list[str]:
    """Give the lines for one quantifier of `must`."""
    name, elements = source.bind(branch), f"x{branch.slot}"
    lines = [f"if not ({source.is_there(branch)}):"]
    lines.append(f"    found.append(({name}, -1, None, 'must'))")
    if branch.quantifier == "some":
        tell, read = source.bind(_no_match), source.bind(_reader_of(source, branch))
        return [
            *lines,
            "else:",
            f"    found.extend({tell}({name}, {read}({elements})))",
        ]
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
        lines += indented([_note(source, leaf, "i", "must")])
    for leaf in branch.where:
        lines += [f"if not ({source.surely(leaf)} or {source.surely_not(leaf)}):"]
        lines += indented([_note(source, leaf, "i", "applies")])
    return lines


def _none(source: Source, branch: Quantified) -> list[str]:
    """Give the lines for an element that matches: one leaf less would do."""
    matching = leaves(branch)
    part = "must" if len(matching) == 1 else "one-of"
    return [_note(source, _turned(leaf), "i", part) for leaf in matching]


def _turned(leaf: Leaf) -> Leaf:
    """Give a leaf as it would have to be for an element not to match."""
    operator = _OPPOSITE.get(leaf.operator, f"not {leaf.operator}")
    return replace(leaf, operator=operator)


def _doubtful(source: Source, branch: Branch) -> list[str]:
    """Give the lines for one clause of `when`: what is not known in it."""
    if isinstance(branch, Quantified):
        tell, name = source.bind(_doubts), source.bind(branch)
        read = source.bind(_reader_of(source, branch))
        return [f"found.extend({tell}({name}, {read}(x{branch.slot})))"]
    lines = []
    for leaf in leaves(branch):
        lines += [f"if not ({source.surely(leaf)} or {source.surely_not(leaf)}):"]
        lines += indented([_note(source, leaf, "-1", "applies")])
    sure = f"{surely(source, branch)} or {surely_not(source, branch)}"
    return [f"if not ({sure}):", *indented(lines)]


def _reader_of(source: Source, branch: Quantified) -> Reader:
    """Give what reads the list that a quantifier goes through."""
    return source.slots[branch.slot].reader()


def _note(source: Source, leaf: Leaf, index: str, part: str) -> str:
    """Give the line that notes one offence."""
    return (
        f"found.append(({source.bind(leaf)}, {index}, {source.place(leaf)}, '{part}'))"
    )


# Bound into the code: what is seldom needed is not worth generating.


def _no_match(branch: Quantified, elements: Sequence[Any]) -> list[Offence]:
    """Tell that no element matches `some`, and what the nearest one lacks."""
    if truth.of_quantified(branch, elements) is True:
        return []
    found: list[Offence] = [(branch, -1, elements, "must")]
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
            value = elements[nearest][leaf.field]
            found.append((leaf, nearest, value, "one-of"))
    return found


def _doubts(branch: Quantified, elements: Sequence[Any] | None) -> list[Offence]:
    """Tell what is not known in a quantifier of `when`."""
    if elements is None:
        return [(branch, -1, None, "applies")]
    if truth.of_quantified(branch, elements) is not None:
        return []
    return [
        (leaf, index, None, "applies")
        for index, element in enumerate(elements)
        if truth.of_element(branch, element) is None
        for leaf in leaves(branch)
        if element[leaf.field] is None
    ]
