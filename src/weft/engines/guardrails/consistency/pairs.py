"""Two guardrails that nothing can satisfy, where both apply.

They contradict each other if there is something to which both apply, each could be
met there, and both cannot. That is asked in two ways:

- of everything to which both apply. One world in which both are met settles it;
- of some facts, that whoever asks cannot choose otherwise: is there something to
  which both apply, such that no choice meets both? Facts are guessed, and it is asked
  whether some choices meet both. If so, those choices rule out all facts for which
  they do as well, and the next ones are guessed. There are finitely many kinds of
  facts, so this ends; where it ends without a guess left, there are none.

The elements of a list, and what is a fact of them, count as facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from weft.engines.guardrails.consistency.field import Field
from weft.engines.guardrails.consistency.flaws import Flaw
from weft.engines.guardrails.consistency.saying import listed, named, want
from weft.engines.guardrails.consistency.space import Says, Space
from weft.engines.guardrails.consistency.spans import ever
from weft.engines.guardrails.consistency.world import At
from weft.engines.guardrails.rules.board import field_of
from weft.engines.guardrails.rules.tree import (
    Branch,
    Leaf,
    Quantified,
    leaves,
)
from weft.engines.guardrails.rules.words import word_of

MOST_GUESSES: Final = 1000
"""So many kinds of facts are tried for two guardrails."""


class Sight:
    """What matters to contradictions of one guardrail: read once, asked often."""

    def __init__(self, space: Space, says: Says, number: int) -> None:
        """Look at a guardrail."""
        self.says, self.bit = says, 1 << number
        self.together = 0
        self.musts = _words(space, says.tree.must)
        self.whens = _words(space, says.tree.when)
        self.mixed = any(map(_is_mixed, (*says.tree.when, *says.tree.must)))
        self.choices = frozenset(_choices(space, (*says.tree.when, *says.tree.must)))
        self.box: dict[At, frozenset[int]] = {}
        for branch in says.tree.when:
            if isinstance(branch, Leaf) and branch.prop.type not in {"set", "list"}:
                at = word_of(space.words.slots, branch.slot), -1, -1
                field = space.world.fields[at]
                if branch.operator != "present":
                    self._narrow(at, field, branch)

    def _narrow(self, at: At, field: Field, leaf: Leaf) -> None:
        """Note the kinds of values of a word for which a guardrail applies."""
        true = frozenset(lit for cell, lit in field.kinds if field.admits(leaf, cell))
        self.box[at] = self.box.get(at, true) & true

    def meets(self, other: Sight) -> bool:
        """Tell whether both could apply to the same, by one word at a time."""
        return all(
            not kinds.isdisjoint(other.box.get(at, kinds))
            for at, kinds in self.box.items()
        )

    def touches(self, other: Sight) -> bool:
        """Tell whether what one asks for could matter to the other at all."""
        mine = self.musts & (other.musts | other.whens | self.whens)
        its = other.musts & (self.musts | self.whens | other.whens)
        return bool(mine and its)


def sights(space: Space, met: Iterable[Says]) -> list[Sight]:
    """Look at the guardrails that something meets; note which are met together."""
    found = [Sight(space, says, number) for number, says in enumerate(met)]
    space.formula.prefer([sight.says.met for sight in found])
    everything = [sight.says for sight in found]
    for sight in found:
        if not sight.together and space.possible(everything, sight.says.met):
            note(space, found)
    return found


def note(space: Space, found: Iterable[Sight]) -> int:
    """Note which guardrails are met together in the world found last."""
    here = [sight for sight in found if space.true(sight.says.met)]
    mask = sum(sight.bit for sight in here)
    for sight in here:
        sight.together |= mask
    return mask


def contradictions(
    space: Space, found: Sequence[Sight], today: date, only: str = ""
) -> Iterator[Flaw]:
    """Find every two that contradict each other; only: those with one of them."""
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            ids = {one.says.guardrail.id, other.says.guardrail.id}
            if only and only not in ids:
                continue
            mixed = one.mixed or other.mixed
            if (one.together & other.bit and not mixed) or not one.meets(other):
                continue
            both = (one.says.guardrail, other.says.guardrail)
            if one.touches(other) and ever(both, today):
                yield from _of_two(space, found, one, other)


def _of_two(
    space: Space, found: Sequence[Sight], one: Sight, other: Sight
) -> Iterator[Flaw]:
    """Tell whether two contradict each other, everywhere or for some facts."""
    both = [one.says, other.says]
    apply = [says.applies for says in both]
    if not one.together & other.bit:
        if not space.possible(both, *(says.met for says in both)):
            if all(space.possible(both, *apply, says.met) for says in both):
                yield contradiction(space, both)
            return
        note(space, found)
    # Where no choice is about both, what meets the one can be chosen beside what meets
    # the other.
    if (one.mixed or other.mixed) and not one.choices.isdisjoint(other.choices):
        alone = space.of(both)
        core = _facts_of_none(alone, alone.all)
        space.whole &= alone.whole
        if core is not None:
            yield contradiction(alone, alone.all, core)


def contradiction(
    space: Space, of: Sequence[Says], facts: frozenset[int] = frozenset()
) -> Flaw:
    """Tell of guardrails that contradict each other; facts: for which alone."""
    names = listed(named(says.guardrail) for says in of)
    apply = [says.applies for says in of]
    example = space.example(of, *apply, *facts, facts=bool(facts))
    kept = {name for says in of for name in _names(says.tree.when)}
    kept |= {
        space.world.slots[at[0]].prop.id
        for at, field in space.world.fields.items()
        if any(abs(literal) in _literals(space, at, field) for literal in facts)
    }
    both = "both" if len(of) == len(("one", "other")) else "all"
    if facts:
        what = f"With facts such as these no choice meets {both} {names}."
    else:
        what = f"Nothing meets {both} {names} where they apply together."
    return Flaw(
        flaw="contradiction",
        guardrails=tuple(says.guardrail.id for says in of),
        what=what,
        example={name: value for name, value in example.items() if name in kept},
        wants=tuple(map(want, of)),
    )


def _facts_of_none(space: Space, both: Sequence[Says]) -> frozenset[int] | None:
    """Find facts for which no choice meets both guardrails, though each can be met."""
    formula, world = space.formula, space.world
    fields = {at: field for says in both for at, field in space.fields_of(says)}
    fixed = {at: each for at, each in fields.items() if is_fact(each, at)}
    choices = fields.keys() - fixed.keys()
    guess = formula.variable()
    apply = [guess, *(says.applies for says in both)]
    for _ in range(MOST_GUESSES):
        if not space.possible(both, *apply, facts=True):
            return None
        facts = state(space, fixed)
        met = [says.met for says in both]
        if not space.possible(both, *met, *facts, facts=True):
            core = formula.core & frozenset(facts)
            blocked = _alone(space, both, facts)
            if blocked is None:
                return core
        else:
            parts = [branch for says in both for branch in _clauses(says)]
            blocked = world.told_with(parts, choices).yes
        formula.add(-guess, -blocked)
    space.whole = False
    return None


def _alone(space: Space, both: Sequence[Says], facts: Sequence[int]) -> int | None:
    """Tell of which facts one of both cannot be met, whatever the other asks."""
    apply = [says.applies for says in both]
    for says in both:
        if not space.possible(both, *apply, says.met, *facts, facts=True):
            return space.formula.every(space.formula.core & frozenset(facts))
    return None


def state(space: Space, fields: dict[At, Field]) -> list[int]:
    """Give the literals for the facts of the world found last."""
    found = [literal for at in sorted(fields) for literal in fields[at].state()]
    for slot in sorted({at[0] for at in fields} & space.world.there.keys()):
        there = space.world.there[slot]
        found += [lit if space.true(lit) else -lit for lit in there]
    return found


def is_fact(field: Field, at: At) -> bool:
    """Tell whether whoever asks cannot choose a field otherwise."""
    return field.prop.role != "choice" or (at[1] < 0 and field.prop.type == "list")


def _is_mixed(branch: Branch) -> bool:
    """Tell whether a clause is about facts and choices, so that one can stand in."""
    roles = {leaf.prop.role == "choice" for leaf in leaves(branch)}
    return len(roles) > 1 or (isinstance(branch, Quantified) and True in roles)


def _choices(space: Space, branches: Iterable[Branch]) -> Iterator[tuple[int, int]]:
    """Give the fields that conditions read and that whoever asks can choose."""
    for branch in branches:
        for each in leaves(branch):
            if each.prop.role == "choice":
                slot, within = field_of(each, space.words.slots)
                yield word_of(space.words.slots, slot), within


def _clauses(says: Says) -> tuple[Branch, ...]:
    return (*says.tree.when, *says.tree.must)


def _words(space: Space, branches: Iterable[Branch]) -> frozenset[int]:
    """Give the words that clauses read, by their slots."""
    slots = space.words.slots
    lists = (b.slot for b in branches if isinstance(b, Quantified))
    each = (leaf.slot for branch in branches for leaf in leaves(branch))
    return frozenset(word_of(slots, slot) for slot in (*lists, *each))


def _names(branches: Iterable[Branch]) -> Iterator[str]:
    """Name the words that clauses read."""
    for branch in branches:
        if isinstance(branch, Quantified):
            yield branch.prop.id
        else:
            yield from (leaf.prop.id for leaf in leaves(branch))


def _literals(space: Space, at: At, field: Field) -> frozenset[int]:
    """Give the literals that a field is made of."""
    own: list[Any] = [field.known, field.absent, *field.members.values()]
    own += [literal for _, literal in field.kinds]
    return frozenset(map(abs, own + space.world.there.get(at[0], [])))
