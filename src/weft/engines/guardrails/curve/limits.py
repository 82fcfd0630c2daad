"""The limits of a guardrail: the constants that could be drawn tighter or looser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import getitem
from typing import Any, Final

import msgspec

from weft.core.guardrails import Clause, Guardrail, Param
from weft.core.records import read, show
from weft.core.sources import Source
from weft.core.vocabulary import Property
from weft.engines.guardrails.rules.kinds import ORDERED, bounds, plain
from weft.engines.guardrails.rules.tree import AnyOf, Branch, Leaf, Tree
from weft.engines.guardrails.rules.wording import text_of

_HIGHEST: Final = {"at_most": 0, "below": 1}
_LOWEST: Final = {"at_least": 0, "above": -1}
"""Operators by the end they set; and how far from the value of a thing the first
limit lies at which the leaf is true of it."""

_STEP: Final = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


class Part(msgspec.Struct, frozen=True):
    """A leaf that compares with a limit.

    end: of a range which end it is, else -1. positive: the leaf has to be true for
    the guardrail to hold; else it has to be false, as in `when`.
    """

    leaf: Leaf
    end: int
    positive: bool

    @property
    def is_highest(self) -> bool:
        """Tell whether it says what is the most."""
        return self.leaf.operator in _HIGHEST or self.end == 1

    @property
    def rising(self) -> bool:
        """Tell whether a greater limit lets more things hold."""
        return self.is_highest == self.positive

    @property
    def shift(self) -> int:
        """Give how far from the value of a thing the last limit lies that lets it be.

        Typed values are whole numbers, so the nearest other one is a step away.
        """
        own = {**_HIGHEST, **_LOWEST}.get(self.leaf.operator, 0)
        if self.positive:
            return own
        return own - 1 if self.is_highest else own + 1


class Limit(msgspec.Struct, frozen=True):
    """A constant of a guardrail that has an order, by its place in the text.

    place: such as `must[0].at_most`, or `params.longest` for a threshold with a
    name. typed: where it stands, in the form in which it is compared.
    """

    place: str
    prop: Property
    parts: tuple[Part, ...]
    typed: int

    @property
    def rising(self) -> bool | None:
        """Tell whether a greater limit lets more hold; None if it works both ways."""
        ways = {part.rising for part in self.parts}
        return ways.pop() if len(ways) == 1 else None

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        """Give the lowest and the highest value that it may have."""
        lowest, highest = bounds(self.prop)
        for part in self.parts:
            if part.end == 0:
                highest = part.leaf.constant[1]
            elif part.end == 1:
                lowest = part.leaf.constant[0]
        return lowest, highest

    def plain(self, typed: int) -> Any:
        """Give a value as it is written in a guardrail."""
        return plain(self.prop, typed)

    def text(self, typed: int) -> str:
        """Give a value as people read it."""
        return text_of(self.prop, typed)


def limits_of(guardrail: Guardrail, tree: Tree) -> tuple[Limit, ...]:
    """Find the limits of a guardrail that fits the vocabulary, as they are written."""
    found: dict[str, list[Part]] = {}
    for word, clauses, branches in (
        ("when", guardrail.when, tree.when),
        ("must", guardrail.must, tree.must),
    ):
        for number, (clause, branch) in enumerate(zip(clauses, branches, strict=True)):
            for place, leaf_clause, leaf, holds in _leaves(clause, branch):
                positive = holds == (word == "must")
                at = f"{word}[{number}]{place}"
                for where, part in _parts(at, leaf_clause, leaf, positive=positive):
                    found.setdefault(where, []).append(part)
    return tuple(
        Limit(place, parts[0].leaf.prop, tuple(parts), _value(parts[0]))
        for place, parts in found.items()
        if len({part.leaf.prop.id for part in parts}) == 1
    )


def moved(guardrail: Guardrail, place: str, value: Any) -> Guardrail:
    """Give a guardrail with another value at one place; raise what it refuses."""
    plain_ = msgspec.json.decode(show(guardrail))
    *way, last = [int(n) if n else name for name, n in _STEP.findall(place)]
    reduce(getitem, way, plain_)[last] = value
    return read(Guardrail, plain_, Source("guardrail"))


def _parts(
    place: str, clause: Clause, leaf: Leaf, *, positive: bool
) -> Iterator[tuple[str, Part]]:
    """Give the limits of one leaf, each with its place."""
    if leaf.prop.type not in ORDERED:
        return
    if leaf.operator == "between":
        for end in (0, 1):
            yield f"{place}.between[{end}]", Part(leaf, end, positive)
    elif leaf.operator in _HIGHEST or leaf.operator in _LOWEST:
        constant = clause.constant
        named = isinstance(constant, Param)
        where = f"params.{constant.param}" if named else f"{place}.{leaf.operator}"
        yield where, Part(leaf, -1, positive)


def _value(part: Part) -> int:
    """Give where a limit stands."""
    constant = part.leaf.constant
    value: int = constant if part.end < 0 else constant[part.end]
    return value


def _leaves(clause: Clause, branch: Branch) -> Iterator[tuple[str, Clause, Leaf, bool]]:
    """Give the leaves of a clause: the place, as written, as fitted.

    And whether each has to be true for the clause to hold.
    """
    if isinstance(branch, Leaf):
        yield "", clause, branch, True
    elif isinstance(branch, AnyOf):
        yield from _inner("any", clause.any or (), branch.leaves, holds=True)
    else:
        some, every = branch.quantifier == "some", branch.quantifier == "every"
        yield from _inner("where", clause.where, branch.where, holds=some)
        yield from _inner("must", clause.must, branch.must, holds=some or every)


def _inner(
    word: str, clauses: Iterable[Clause], leaves: Iterable[Leaf], *, holds: bool
) -> Iterator[tuple[str, Clause, Leaf, bool]]:
    """Give the leaves inside a clause."""
    for number, (clause, leaf) in enumerate(zip(clauses, leaves, strict=True)):
        yield f".{word}[{number}]", clause, leaf, holds
