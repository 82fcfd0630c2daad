"""Any change that works, where the exact search was given up: not the smallest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from weft.engines.guardrails.change.moves import Moves, Option, Terms, Unit
from weft.engines.guardrails.change.routes import Routes
from weft.engines.guardrails.change.search import Solution
from weft.engines.guardrails.change.world import World
from weft.engines.guardrails.rules.rule import Rule

_MOST: Final = 60

Blocks = Callable[[Rule, World], bool]


def greedy(
    base: World,
    rules: Sequence[Rule],
    blocking: Sequence[Rule],
    terms: Terms,
    blocks: Blocks,
) -> Solution | None:
    """Make the move after which the fewest rules block, again and again.

    What turns out not to be needed is taken back in the end. None if it gets stuck.
    """
    moves, world, left = Moves(base, rules, terms), base, list(blocking)
    made: list[Option] = []
    taken: frozenset[Unit] = frozenset()
    while left and len(made) < _MOST:
        routes = Routes(moves, world, taken, frozenset())
        options = [option for rule in left for option in routes.of(rule)]
        if not options:
            return None
        ranked = []
        for option in options:
            after = world.after(option.move)
            readers = moves.board.readers.get(option.move.place.slot, [])
            stay = [rule for rule in left if rule not in readers]
            then = stay + [rule for rule in readers if blocks(rule, after)]
            ranked.append((len(then), option.cost, option, after, then))
        _, _, option, world, left = min(ranked, key=lambda each: each[:2])
        made.append(option)
        taken |= option.units
    return None if left else Solution(_needed(base, rules, made, blocks))


def _needed(
    base: World, rules: Sequence[Rule], made: Sequence[Option], blocks: Blocks
) -> tuple[Option, ...]:
    """Leave out the moves without which nothing blocks either."""
    kept = list(made)
    for option in made:
        fewer = [each for each in kept if each is not option]
        world = base
        try:
            for each in fewer:
                world = world.after(each.move)
        except ValueError:  # it moves a field of the element that is not added now
            continue
        if not any(blocks(rule, world) for rule in rules):
            kept = fewer
    return tuple(kept)
