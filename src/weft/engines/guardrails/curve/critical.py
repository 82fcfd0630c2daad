"""From which value of a limit on a guardrail holds of each asset, of all at once.

As every leaf counts in one direction only, an asset has one critical value: on one
side of it the guardrail holds, on the other it does not. They are put together as
the conditions are: where all have to hold, the greatest counts; where one is enough,
the least.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
import numpy as np

from weft.engines.guardrails.curve.catalogue import Catalogue
from weft.engines.guardrails.curve.columns import Column, Elements, Flags, Numbers
from weft.engines.guardrails.curve.limits import Limit
from weft.engines.guardrails.rules.tree import (
    AnyOf,
    Branch,
    Leaf,
    Quantified,
    Tree,
    leaves,
)

Term = Flags | Numbers
"""Of each thing: whether a condition surely holds, where the limit does not matter;
or else the critical value."""
_FAR: Final = 2**62
_FARTHER: Final = 2**100
"""Further off than any value: the first fits where all values do."""


class Criticals(msgspec.Struct, frozen=True, eq=False):
    """The critical value of each asset, in the order of the catalogue.

    Where a greater limit lets less hold, all is turned around: a guardrail holds
    where `sign` times the limit is at least the critical value. far: that of what
    breaks at every value; minus that, of what always holds.
    """

    values: Numbers
    sign: int
    far: int

    @property
    def never(self) -> int:
        """Give how many break at every value."""
        return int(np.count_nonzero(self.values == self.far))

    def breaking(self, limit: int) -> Flags:
        """Tell which assets break at a value of the limit."""
        found: Flags = (self.values > self.sign * limit).astype(np.bool_)
        return found

    def steps(self) -> tuple[list[int], list[int]]:
        """Give where the count of what breaks changes, rising, and how many then do.

        The counts have one more in front: how many break before the first.
        """
        among = self.values[(self.values != self.far) & (self.values != -self.far)]
        values, each = np.unique(among * self.sign, return_counts=True)
        passed = np.cumsum(each) + self.never
        if self.sign > 0:
            counts = 2 * self.never + len(among) - passed
            first = self.never + len(among)
        else:
            counts, first, values = passed, self.never, values + 1
        return values.tolist(), [first, *counts.tolist()]


def criticals(catalogue: Catalogue, tree: Tree, limit: Limit) -> Criticals:
    """Give the critical values of one limit of a guardrail."""
    moving = _Moving(catalogue, limit)
    met = moving.all_of(moving.clause(branch, yes=True) for branch in tree.must)
    spared = [moving.clause(branch, yes=False) for branch in tree.when]
    found = moving.numbers(moving.one_of((met, *spared)))
    return Criticals(found, moving.sign, moving.far)


def holding(catalogue: Catalogue, tree: Tree) -> Flags:
    """Tell of which assets a guardrail surely holds, as it is."""
    fixed = _Moving(catalogue)
    met = fixed.all_of(fixed.clause(branch, yes=True) for branch in tree.must)
    spared = [fixed.clause(branch, yes=False) for branch in tree.when]
    return fixed.one_of((met, *spared))


def breaking(catalogue: Catalogue, tree: Tree) -> Flags:
    """Tell of which assets it surely applies and is surely not met."""
    fixed = _Moving(catalogue)
    unmet = fixed.one_of(fixed.clause(branch, yes=False) for branch in tree.must)
    applies = [fixed.clause(branch, yes=True) for branch in tree.when]
    return fixed.all_of((unmet, *applies))


class _Moving:
    """A limit that is moved over a catalogue; or a guardrail in which none is."""

    def __init__(self, catalogue: Catalogue, limit: Limit | None = None) -> None:
        self.catalogue = catalogue
        parts = limit.parts if limit else ()
        self.parts = {id(part.leaf): part for part in parts}
        self.sign = 1 if limit and limit.rising else -1
        columns = (self.column(part.leaf) for part in parts)
        wide = any(column.numbers.dtype == object for column in columns)
        self.far = _FARTHER if wide else _FAR

    def column(self, leaf: Leaf) -> Column:
        """Give the values that a leaf is about."""
        if leaf.within:
            return self.catalogue.elements(leaf.within).column(leaf.prop)
        return self.catalogue.column(leaf.prop)

    def clause(self, branch: Branch, *, yes: bool) -> Term:
        """Tell whether a clause is surely true, or surely false."""
        if isinstance(branch, Quantified):
            return self.quantified(branch, yes=yes)
        told = self.leaves(leaves(branch), yes=yes)
        either = isinstance(branch, AnyOf) == yes
        return self.one_of(told) if either else self.all_of(told)

    def quantified(self, branch: Quantified, *, yes: bool) -> Term:
        """Tell whether a quantifier is surely true, or surely false.

        That is so for what is said of one element: that it matches, or fails `every`;
        or for what is said of all of them, which is the opposite.
        """
        one = (branch.quantifier == "some") == yes
        met = yes if branch.quantifier == "every" else one
        must = self.leaves(branch.must, yes=met)
        told = self.all_of(must) if met else self.one_of(must)
        where = self.leaves(branch.where, yes=one)
        each = self.all_of((*where, told)) if one else self.one_of((*where, told))
        return self.of_lists(self.catalogue.elements(branch.prop.id), each, one=one)

    def of_lists(self, elements: Elements, each: Term, *, one: bool) -> Term:
        """Tell whether it is so of one element, or of all; not of an unknown list."""
        if each.dtype == np.bool_:
            either: np.ufunc = np.logical_or if one else np.logical_and
            return elements.together(each, either, not one) & elements.readable
        nearest: np.ufunc = np.minimum if one else np.maximum
        empty = self.far if one else -self.far
        found = elements.together(each, nearest, empty)
        return np.where(elements.readable, found, self.far)

    def leaves(self, among: Sequence[Leaf], *, yes: bool) -> list[Term]:
        """Tell of each of some leaves whether it is surely true, or surely false."""
        return [self.leaf(leaf, yes=yes) for leaf in among]

    def leaf(self, leaf: Leaf, *, yes: bool) -> Term:
        """Tell whether a leaf is surely true, or surely false."""
        column, part = self.column(leaf), self.parts.get(id(leaf))
        if part is None:
            return column.surely(leaf, yes=yes)
        found = self.sign * (column.numbers + part.shift)
        if part.end >= 0:  # the other end stays where it is
            low, high = leaf.constant
            past = column.numbers < low if part.end else column.numbers > high
            outside = self.far if yes else -self.far
            found = np.where(past.astype(np.bool_), outside, found)
        return np.where(column.known, found, self.far)

    def all_of(self, terms: Iterable[Term]) -> Term:
        """Put together what has to be so all at once."""
        plain, moved = _apart(terms)
        if not moved:
            return _all(plain)
        greatest: Numbers = np.maximum.reduce(moved)
        return np.where(_all(plain), greatest, self.far) if plain else greatest

    def one_of(self, terms: Iterable[Term]) -> Term:
        """Put together of what one is enough."""
        plain, moved = _apart(terms)
        if not moved:
            return _one(plain)
        least: Numbers = np.minimum.reduce(moved)
        return np.where(_one(plain), -self.far, least) if plain else least

    def numbers(self, term: Term) -> Numbers:
        """Give critical values, also where the limit does not matter to any asset."""
        if term.dtype == np.bool_:
            return np.where(term, -self.far, self.far)
        return term


def _apart(terms: Iterable[Term]) -> tuple[list[Flags], list[Numbers]]:
    """Sort terms into those that the limit does not matter to, and the rest."""
    plain: list[Flags] = []
    moved: list[Numbers] = []
    for term in terms:
        (plain if term.dtype == np.bool_ else moved).append(term)
    return plain, moved


def _all(plain: Sequence[Flags]) -> Flags:
    """Tell of which things all of these are so."""
    found: Flags = np.logical_and.reduce(plain)
    return found


def _one(plain: Sequence[Flags]) -> Flags:
    """Tell of which things one of these is so."""
    found: Flags = np.logical_or.reduce(plain)
    return found
