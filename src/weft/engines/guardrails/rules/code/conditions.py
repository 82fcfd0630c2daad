"""Code that judges by one guardrail: lines that leave the outcome in h."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from weft.engines.guardrails.rules.code.source import Source, indented
from weft.engines.guardrails.rules.tree import AnyOf, Branch, Leaf, Quantified, Tree


def holds(source: Source, tree: Tree) -> list[str]:
    """Surely does not apply, or is surely met."""
    met = _all_met(source, tree.must)
    if not tree.when:
        return met
    first = spared(source, tree)
    if len(first) == len(met) == 1:
        return [f"{first[0]} or ({met[0].removeprefix('h = ')})"]
    return [*first, "if not h:", *indented(met)]


def spared(source: Source, tree: Tree) -> list[str]:
    """Surely does not apply."""
    return _one_unmet(source, tree.when)


def broken(source: Source, tree: Tree) -> list[str]:
    """Surely applies, and is surely not met."""
    applies = _all_met(source, tree.when)
    return [*applies, "if h:", *indented(_one_unmet(source, tree.must))]


def _all_met(source: Source, branches: Sequence[Branch]) -> list[str]:
    """Give lines for: all clauses are surely true."""
    plain = " and ".join(surely(source, branch) for branch in _plain(branches))
    lines = [f"h = {plain or 'True'}"]
    for branch in branches:
        if isinstance(branch, Quantified):
            lines += ["if h:", *indented(_met(source, branch))]
    return lines


def _one_unmet(source: Source, branches: Sequence[Branch]) -> list[str]:
    """Give lines for: some clause is surely false."""
    plain = " or ".join(surely_not(source, branch) for branch in _plain(branches))
    lines = [f"h = {plain or 'False'}"]
    for branch in branches:
        if isinstance(branch, Quantified):
            lines += ["if not h:", *indented(_unmet(source, branch))]
    return lines


def surely(source: Source, branch: Leaf | AnyOf) -> str:
    """Give the expression for: this clause is surely true."""
    if isinstance(branch, Leaf):
        return source.surely(branch)
    return f"({' or '.join(map(source.surely, branch.leaves))})"


def surely_not(source: Source, branch: Leaf | AnyOf) -> str:
    """Give the expression for: this clause is surely false."""
    if isinstance(branch, Leaf):
        return source.surely_not(branch)
    return f"({' and '.join(map(source.surely_not, branch.leaves))})"


def fine(source: Source, branch: Quantified) -> str:
    """Give the expression for: this element surely does what `every` or `none` asks."""
    outside = [source.surely_not(leaf) for leaf in branch.where]
    if branch.quantifier == "every":
        met = " and ".join(source.surely(leaf) for leaf in branch.must)
        return " or ".join([*outside, f"({met})"])
    return " or ".join([*outside, *(source.surely_not(leaf) for leaf in branch.must)])


def _faulty(source: Source, branch: Quantified) -> str:
    """Give the expression for: this element surely fails `every`."""
    inside = [source.surely(leaf) for leaf in branch.where]
    unmet = " or ".join(source.surely_not(leaf) for leaf in branch.must)
    return " and ".join([*inside, f"({unmet})"])


def _matching(source: Source, branch: Quantified) -> str:
    """Give the expression for: this element surely matches `where` and `must`."""
    leaves = (*branch.where, *branch.must)
    return " and ".join(source.surely(leaf) for leaf in leaves)


def _met(source: Source, branch: Quantified) -> list[str]:
    """Give lines for: this quantifier surely holds."""
    if branch.quantifier == "some":
        return _one(source, branch, _matching(source, branch))
    return _all(source, branch, fine(source, branch))


def _unmet(source: Source, branch: Quantified) -> list[str]:
    """Give lines for: this quantifier surely does not hold."""
    if branch.quantifier == "some":
        return _all(source, branch, fine(source, branch))  # that is: it does not match
    if branch.quantifier == "none":
        return _one(source, branch, _matching(source, branch))
    return _one(source, branch, _faulty(source, branch))


def _all(source: Source, branch: Quantified, condition: str) -> list[str]:
    """Give lines for: the list is known, and this is so of all its elements."""
    return [
        "h = False",
        f"if {source.is_there(branch)}:",
        *indented(source.each(branch)),
        f"        if not ({condition}):",
        "            break",
        "    else:",
        "        h = True",
    ]


def _one(source: Source, branch: Quantified, condition: str) -> list[str]:
    """Give lines for: the list is known, and this is so of one of its elements."""
    return [
        "h = False",
        f"if {source.is_there(branch)}:",
        *indented(source.each(branch)),
        f"        if {condition}:",
        "            h = True",
        "            break",
    ]


def _plain(branches: Iterable[Branch]) -> list[Leaf | AnyOf]:
    """Give the clauses that are one expression."""
    return [branch for branch in branches if not isinstance(branch, Quantified)]
