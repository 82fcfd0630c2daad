"""Guardrails written down in a line, by the names that the firm gave."""

from __future__ import annotations

from collections.abc import Iterable

from weft.core.guardrails import Guardrail
from weft.engines.guardrails.consistency.flaws import Want
from weft.engines.guardrails.consistency.space import Says
from weft.engines.guardrails.rules.tree import AnyOf, Branch, Leaf, Quantified


def want(says: Says) -> Want:
    """Write down what a guardrail asks for."""
    guardrail = says.guardrail
    asks = conditions(says.tree.must)
    return Want(guardrail=guardrail.id, level=guardrail.level, asks=asks)


def conditions(branches: Iterable[Branch]) -> str:
    """Write down conditions that have to hold together."""
    return " and ".join(map(_branch, branches))


def named(guardrail: Guardrail) -> str:
    """Name a guardrail in a sentence."""
    return f"{guardrail.id} (“{guardrail.title}”)"


def listed(names: Iterable[str]) -> str:
    """Write names in a row."""
    found = list(names)
    return " and ".join([", ".join(found[:-1]), found[-1]] if found[1:] else found)


def _branch(branch: Branch) -> str:
    if isinstance(branch, Quantified):
        where = f" where {_all(branch.where)}" if branch.where else ""
        of = f"{branch.quantifier} of {branch.prop.id}{where}"
        return f"{of}: {_all(branch.must)}"
    if isinstance(branch, AnyOf):
        return f"({' or '.join(map(leaf, branch.leaves))})"
    return leaf(branch)


def _all(leaves: Iterable[Leaf]) -> str:
    return " and ".join(map(leaf, leaves))


def leaf(condition: Leaf) -> str:
    """Write down one condition."""
    return f"{condition.prop.id} {condition.operator} {condition.expected}"
