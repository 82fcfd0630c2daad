"""The cheapest set of moves after which none of some rules blocks: an exact search.

It grows sets of moves, at first of one, then of two, and so on. Any solution has one
of the moves that a rule which blocks needs (see routes.py), so it is enough to branch
over those of one such rule, the one with the fewest. A move that was tried is banned
for those tried after it: the sets with it are done.

Cost, compared in this order: the number of edits, the sum of their weights, the sum
of the distances of ordered values, and last a fixed order that makes it unique.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

import msgspec

from weft.engines.guardrails.change.moves import Moves, Option, Terms, Unit
from weft.engines.guardrails.change.routes import Routes
from weft.engines.guardrails.change.world import Move, World
from weft.engines.guardrails.rules.cells import NOT_FAR
from weft.engines.guardrails.rules.rule import Rule

Blocks = Callable[[Rule, World], bool]
Cost = tuple[int, Fraction]


class Solution(msgspec.Struct, frozen=True):
    """Moves after which nothing blocks; the fields they are about name its kind."""

    options: tuple[Option, ...]

    @property
    def order(self) -> tuple[Any, ...]:
        """Give what makes one of several equally cheap solutions the first."""
        return tuple(sorted(option.order for option in self.options))

    @property
    def paths(self) -> tuple[str, ...]:
        """Name the fields that are moved."""
        return tuple(sorted(option.order[0] for option in self.options))


class Found(msgspec.Struct, frozen=True):
    """What a search came to.

    solutions: equally cheap ones, one for each set of fields, in a fixed order; none
    if there is none. proved: nothing is cheaper, or nothing at all does it.
    """

    solutions: tuple[Solution, ...]
    proved: bool


class Spent(Exception):
    """The steps that a search may take are used up."""


class _Node(msgspec.Struct, frozen=True):
    """A set of moves on the way: the world after them, and what still blocks.

    taken: the units they took up. banned: the moves that were tried before. open_to:
    the moves of each rule one step before; those of `stale` rules are others now.
    """

    world: World
    blocking: list[Rule]
    options: tuple[Option, ...] = ()
    weight: int = 0
    distance: Fraction = NOT_FAR
    taken: frozenset[Unit] = frozenset()
    banned: frozenset[Move] = frozenset()
    open_to: Mapping[int, list[Option]] = {}
    stale: frozenset[int] = frozenset()


class Purse:
    """The steps that all parts of one search may take together."""

    def __init__(self, steps: int) -> None:
        """Begin with so many."""
        self.steps = steps

    def take(self, steps: int) -> None:
        """Take some steps; raise Spent if there are not so many left."""
        self.steps -= steps
        if self.steps < 0:
            raise Spent


class Search:
    """One search over some rules, from one world."""

    def __init__(
        self,
        base: World,
        rules: Sequence[Rule],
        terms: Terms,
        blocks: Blocks,
        purse: Purse,
    ) -> None:
        """Take the rules that must not block in the end."""
        self.base, self.rules, self.blocks = base, rules, blocks
        self.purse = purse
        self.moves = Moves(base, rules, terms)
        self.edits, self.was_cut = 0, False
        self.best: Cost | None = None
        self.kept: dict[tuple[str, ...], Solution] = {}

    def run(self) -> Found:
        """Search with ever more edits until it is settled."""
        blocking = [rule for rule in self.rules if self.blocks(rule, self.base)]
        try:
            while not self.kept:
                self.edits, self.was_cut = self.edits + 1, False
                self._grow(_Node(self.base, blocking))
                if not self.was_cut and not self.kept:
                    return Found((), proved=True)
        except Spent:
            return Found(self._solutions(), proved=False)
        return Found(self._solutions(), proved=True)

    def _solutions(self) -> tuple[Solution, ...]:
        return tuple(sorted(self.kept.values(), key=lambda each: each.order))

    def _grow(self, node: _Node) -> None:
        """Try all sets of moves that begin with those of a node."""
        self.purse.take(1 + len(node.blocking) // 4)
        if not node.blocking:
            self._keep(node)
            return
        open_to = self._open(node)
        if open_to is None:
            return
        need = _apart(open_to.values())
        if len(node.options) + need > self.edits:
            self.was_cut = True
            return
        if self.best is not None and (node.weight + need, node.distance) > self.best:
            return
        banned = node.banned
        fewest = min(open_to.values(), key=len)
        for option in sorted(fewest, key=lambda each: each.cost):
            self._grow(self._after(node, option, open_to, banned))
            banned |= {option.move}

    def _open(self, node: _Node) -> dict[int, list[Option]] | None:
        """Give the moves of each rule that blocks; None if one of them has none."""
        routes = Routes(self.moves, node.world, node.taken, node.banned)
        found = {}
        for rule in node.blocking:
            options = node.open_to.get(id(rule))
            if options is None or id(rule) in node.stale:
                self.purse.take(1)
                options = routes.of(rule)
            else:
                options = [each for each in options if each.move not in node.banned]
            if not options:
                return None
            found[id(rule)] = options
        return found

    def _after(
        self,
        node: _Node,
        option: Option,
        open_to: Mapping[int, list[Option]],
        banned: frozenset[Move],
    ) -> _Node:
        """Make one more move: only the rules that read its field can be others then."""
        world = node.world.after(option.move)
        readers = self.moves.board.readers.get(option.move.place.slot, [])
        stale = frozenset(map(id, readers))
        still = [rule for rule in node.blocking if id(rule) not in stale]
        return _Node(
            world,
            still + [rule for rule in readers if self.blocks(rule, world)],
            (*node.options, option),
            node.weight + option.weight,
            node.distance + option.distance if node.distance else option.distance,
            node.taken | option.units,
            banned,
            open_to,
            stale,
        )

    def _keep(self, node: _Node) -> None:
        """Keep a solution if it is as cheap as the best, and forget dearer ones."""
        cost = (node.weight, node.distance)
        if self.best is None or cost < self.best:
            self.best, self.kept = cost, {}
        if cost == self.best:
            found = Solution(node.options)
            known = self.kept.get(found.paths)
            if known is None or found.order < known.order:
                self.kept[found.paths] = found


def _apart(open_to: Collection[Sequence[Option]]) -> int:
    """Give a number of edits that is needed at least.

    Rules whose moves share no unit need an edit each; they are taken greedily.
    """
    used: set[Unit] = set()
    count = 0
    for options in sorted(open_to, key=len):
        units = {unit for option in options for unit in option.units}
        if used.isdisjoint(units):
            used |= units
            count += 1
    return count
