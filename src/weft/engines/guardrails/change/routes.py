"""The moves that a rule needs one of, if it is to hold in the end.

There are two routes: some clause of `when` comes to be surely false, or every clause
of `must` surely true. On the second, one clause that is not true yet will do to
branch over, as each of them needs a move; and if one of them has none, the route is
closed. No field is moved twice, so a move has to bring a leaf where it has to be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from weft.engines.guardrails.change.moves import Moves, Option, Unit
from weft.engines.guardrails.change.world import Move, Place, World
from weft.engines.guardrails.rules.rule import Rule
from weft.engines.guardrails.rules.tree import AnyOf, Branch, Leaf, Quantified, Truth
from weft.engines.guardrails.rules.truth import (
    Row,
    of_element,
    of_quantified,
    one,
    truth,
)

Options = list[Option]
Goals = tuple[tuple[Leaf, bool], ...]
"""Leaves, and the truth that each is to have."""


class Routes:
    """The routes of rules in one world, where some moves are taken or banned."""

    def __init__(
        self,
        moves: Moves,
        world: World,
        taken: frozenset[Unit],
        banned: frozenset[Move],
    ) -> None:
        """Take where the search stands."""
        self.moves, self.world = moves, world
        self.taken, self.banned = taken, banned

    def of(self, rule: Rule) -> Options:
        """Give moves of which any solution has one, for a rule that does not hold."""
        if rule.tree is None:
            return []
        if id(rule) in self.moves.terms.watchful:
            found = self._free(self.moves.all_of(rule, self.world, self.taken))
        else:
            whens = (self._of_branch(each, want=False) for each in rule.tree.when)
            found = [option for options in whens for option in options]
            unmet = (b for b in rule.tree.must if self._truth(b) is not True)
            found += _tightest(self._of_branch(each, want=True) for each in unmet)
        return list({option.move: option for option in found}.values())

    def _free(self, options: Iterable[Option]) -> Options:
        """Leave out the moves that were tried before."""
        return [option for option in options if option.move not in self.banned]

    def _truth(self, branch: Branch) -> Truth:
        """Tell whether a clause holds now."""
        if isinstance(branch, Leaf):
            return truth(branch, self.world.row[branch.slot])
        if isinstance(branch, AnyOf):
            return one(truth(leaf, self.world.row[leaf.slot]) for leaf in branch.leaves)
        return of_quantified(branch, self.world.row[branch.slot])

    def _of_branch(self, branch: Branch, *, want: bool) -> Options:
        """Give moves towards a clause that is to be true, or false, and is not yet."""
        if isinstance(branch, Leaf):
            return self._of_leaf(branch, want=want)
        if isinstance(branch, AnyOf):
            each = (self._of_leaf(leaf, want=want) for leaf in self._not(branch, want))
            return [o for options in each for o in options] if want else _tightest(each)
        return self._of_list(branch, want=want)

    def _not(self, branch: AnyOf, want: bool) -> Iterator[Leaf]:  # noqa: FBT001
        """Give the leaves that are not yet as they should be."""
        row = self.world.row
        return (
            leaf for leaf in branch.leaves if truth(leaf, row[leaf.slot]) is not want
        )

    def _of_leaf(self, leaf: Leaf, element: int = -1, *, want: bool) -> Options:
        """Give moves that bring a leaf where it is to be."""
        making = self.moves.making(leaf, element, self.world, self.taken, want=want)
        return self._free(making)

    def _of_list(self, branch: Quantified, *, want: bool) -> Options:
        """Give moves towards a quantifier that is to be true, or false."""
        slot = branch.slot
        if self.world.row[slot] is None:
            empty = self._free(self.moves.emptying(slot, self.world))
            return empty if want == (branch.quantifier != "some") else []
        numbers = self.world.numbers(slot)
        each = [
            self._of_element(branch, number, element, want=want)
            for number, element in zip(numbers, self.world.row[slot], strict=True)
            if of_element(branch, element) is not want
        ]
        if want == (branch.quantifier != "some"):  # each element has to be so
            return _tightest(each)
        found = [option for options in each for option in options]
        if any(self.moves.could_be_new(goals) for goals in _goals(branch)):
            found += self._free(self.moves.adding(slot, self.world))
        return found

    def _of_element(
        self, branch: Quantified, number: int, element: Row, *, want: bool
    ) -> Options:
        """Give moves towards what one element is to do for a quantifier.

        Either it comes to be an element that decides the quantifier, which takes all
        the leaves of a goal; or it does not, which takes one of them, or that it is
        taken out.
        """
        if want == (branch.quantifier == "some"):
            ways = (self._of_goals(goals, number, element) for goals in _goals(branch))
            return [option for options in ways for option in options]
        at = Place(branch.slot, number)
        found = self._free(self.moves.taking_out(at, self.world, self.taken))
        for leaf in branch.where:
            found += self._of_leaf(leaf, number, want=False)
        if branch.quantifier == "every":
            goals = tuple((leaf, True) for leaf in branch.must)
            return found + self._of_goals(goals, number, element)
        for leaf in branch.must:
            found += self._of_leaf(leaf, number, want=False)
        return found

    def _of_goals(self, goals: Goals, number: int, element: Row) -> Options:
        """Give moves of an element towards several goals at once.

        Leaves on one field need one value that does for all of them.
        """
        by_field: dict[str, list[tuple[Leaf, bool]]] = {}
        for leaf, want in goals:
            by_field.setdefault(leaf.prop.id, []).append((leaf, want))
        needed = []
        for together in by_field.values():
            left = [g for g in together if truth(g[0], element[g[0].field]) is not g[1]]
            if not left:
                continue
            of_set = left[0][0].prop.type == "set"  # brought nearer step by step
            each = [
                self._of_leaf(leaf, number, want=want)
                for leaf, want in (left if of_set else together)
            ]
            needed.append(_tightest(each) if of_set else _common(each))
        return _tightest(needed)


def _goals(branch: Quantified) -> list[Goals]:
    """Give what an element has to be to decide a quantifier: a match, or a failure."""
    where = tuple((leaf, True) for leaf in branch.where)
    if branch.quantifier == "every":
        return [(*where, (leaf, False)) for leaf in branch.must]
    return [(*where, *((leaf, True) for leaf in branch.must))]


def _common(each: Sequence[Options]) -> Options:
    """Give the moves that all of several lists have."""
    rest = [{option.move for option in options} for options in each[1:]]
    return [option for option in each[0] if all(option.move in r for r in rest)]


def _tightest(each: Iterable[Options]) -> Options:
    """Give the fewest moves of several that all need one: none if one has none."""
    return min(each, key=len, default=[])
