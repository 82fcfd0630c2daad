"""The leaves of a guardrail as it is written, and the same with others in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from weft.core.guardrails import OPERATORS, QUANTIFIERS, Clause, Guardrail, Param

MANY = frozenset({"in", "not_in", "within", "has_any", "has_none"})
"""The operators that take several values, or the name of a set."""


def leaves(guardrail: Guardrail) -> Iterator[Clause]:
    """Give each leaf, those inside of lists and groups too."""
    for clause in (*guardrail.when, *guardrail.must):
        yield from _leaves(clause)


def _leaves(clause: Clause) -> Iterator[Clause]:
    if clause.path is not UNSET:
        yield clause
    for inner in (*(clause.any or ()), *clause.where, *clause.must):
        yield from _leaves(inner)


def lists(guardrail: Guardrail) -> Iterator[str]:
    """Give the lists of whose elements a guardrail speaks."""
    for clause in (*guardrail.when, *guardrail.must):
        yield from _list(clause)


def asked(clauses: Iterable[Clause]) -> Iterator[str]:
    """Give the properties that have to be told: lists whole, not their fields."""
    for clause in clauses:
        if clause.path is not UNSET:
            yield clause.path
        yield from _list(clause)
        yield from asked(clause.any or ())


def _list(clause: Clause) -> Iterator[str]:
    yield from (name for q in QUANTIFIERS if (name := getattr(clause, q)) is not UNSET)


def constants(guardrail: Guardrail, leaf: Clause) -> tuple[Any, ...]:
    """Give the values that a leaf names, looked up where they are a threshold."""
    constant = leaf.constant
    if isinstance(constant, Param):
        return (guardrail.params.get(constant.param),)
    return constant if isinstance(constant, tuple) else (constant,)


def named_set(leaf: Clause) -> str:
    """Give the named set that a leaf names; empty where it names none."""
    constant = leaf.constant
    is_named = isinstance(constant, str) and constant.startswith("@")
    return str(constant)[1:] if is_named and leaf.operator in MANY else ""


def rewritten(
    guardrail: Guardrail, leaf: Callable[[Clause], Clause], name: Callable[[str], str]
) -> Guardrail:
    """Give a guardrail with each leaf, and the name of each list, in another form."""

    def clause(each: Clause) -> Clause:
        if each.path is not UNSET:
            return leaf(each)
        changed: dict[str, Any] = {
            q: name(named)
            for q in QUANTIFIERS
            if (named := getattr(each, q)) is not UNSET
        }
        if each.any is not UNSET:
            changed["any"] = tuple(map(clause, each.any))
        inner = {part: tuple(map(clause, getattr(each, part))) for part in _PARTS}
        return replace(each, **changed, **inner)

    return replace(
        guardrail,
        when=tuple(map(clause, guardrail.when)),
        must=tuple(map(clause, guardrail.must)),
    )


def with_constant(leaf: Clause, constant: Any) -> Clause:
    """Give a leaf that compares with something else."""
    field = next(f for f, word in OPERATORS.items() if word == leaf.operator)
    return replace(leaf, **{field: constant})


_PARTS = ("where", "must")
