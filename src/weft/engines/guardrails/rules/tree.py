"""A guardrail that fits the vocabulary: every name found, every constant typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from weft.core.vocabulary import Property

Truth = bool | None
"""True, False, or None for unknown."""


class Leaf(msgspec.Struct, frozen=True):
    """One field compared with one constant.

    slot: the place of the field in the row; inside a quantifier `field` is its
    place in each element of the list at that slot, else -1; `within` names that
    list. expected: the constant as people read it. order: the values in the order
    in which the constant, or its named set, gives them.
    """

    prop: Property
    slot: int
    field: int
    operator: str
    constant: Any
    expected: str
    order: tuple[Any, ...] = ()
    within: str = ""


class AnyOf(msgspec.Struct, frozen=True):
    """Leaves of which one is to hold."""

    leaves: tuple[Leaf, ...]


class Quantified(msgspec.Struct, frozen=True):
    """What is to hold of every, of no, or of some element of a list."""

    quantifier: Literal["every", "none", "some"]
    prop: Property
    slot: int
    where: tuple[Leaf, ...]
    must: tuple[Leaf, ...]


Branch = Leaf | AnyOf | Quantified


class Tree(msgspec.Struct, frozen=True):
    """The conditions of one guardrail."""

    when: tuple[Branch, ...]
    must: tuple[Branch, ...]


def leaves(branch: Branch) -> tuple[Leaf, ...]:
    """Give the leaves of one clause."""
    if isinstance(branch, Leaf):
        return (branch,)
    if isinstance(branch, AnyOf):
        return branch.leaves
    return (*branch.where, *branch.must)


def all_leaves(tree: Tree) -> Iterator[Leaf]:
    """Give every leaf of a guardrail, those of `when` first."""
    for branch in (*tree.when, *tree.must):
        yield from leaves(branch)


def placed(tree: Tree) -> Iterator[tuple[str, Leaf]]:
    """Give every leaf with its path in the guardrail: `$.when[0].any[1]`."""
    for part, branches in (("when", tree.when), ("must", tree.must)):
        for number, branch in enumerate(branches):
            at = f"$.{part}[{number}]"
            if isinstance(branch, Leaf):
                yield at, branch
                continue
            groups = (
                {"any": branch.leaves}
                if isinstance(branch, AnyOf)
                else {"where": branch.where, "must": branch.must}
            )
            for name, group in groups.items():
                for place, each in enumerate(group):
                    yield f"{at}.{name}[{place}]", each


def slots(tree: Tree) -> frozenset[int]:
    """Give the slots that a guardrail reads."""
    lists = (b.slot for b in (*tree.when, *tree.must) if isinstance(b, Quantified))
    return frozenset((*lists, *(leaf.slot for leaf in all_leaves(tree))))
