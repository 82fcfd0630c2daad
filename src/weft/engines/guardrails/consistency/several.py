"""More than two guardrails that contradict each other, though any fewer do not.

A set of guardrails that can apply together is guessed, and it is asked whether all of
them can be met. If so, every guardrail that is met in that world is noted, and the
next guess has to have another one. If not, the guess is narrowed down to those without
which the others could be met: they contradict each other, and no later guess has all
of them. When nothing is left to guess, all are found.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from weft.engines.guardrails.consistency.flaws import Flaw
from weft.engines.guardrails.consistency.pairs import Sight, contradiction, note
from weft.engines.guardrails.consistency.space import Space
from weft.engines.guardrails.consistency.spans import ever
from weft.engines.guardrails.rules.tree import Branch, Leaf, Quantified, leaves

MOST_GUESSES: Final = 200
"""So many sets are tried for an act; what is left then is said to be left out."""


class Several:
    """The search for more than two."""

    def __init__(
        self, space: Space, found: Sequence[Sight], today: date, only: str = ""
    ) -> None:
        """Take the guardrails, and the one that has to be among them, if any."""
        self.space, self.formula, self.today = space, space.formula, today
        reach = _contested(space, found)
        self.sights = reach
        self.everything = [sight.says for sight in reach]
        self.guess = self.formula.variable()
        self.taken = {sight.bit: self.formula.variable() for sight in reach}
        for sight in reach:
            self.formula.add(-self.taken[sight.bit], sight.says.applies)
        must = [s for s in reach if not only or s.says.guardrail.id == only]
        self.asked = [self.taken[s.bit] for s in must] if only else []
        self.possible = bool(must)

    def flaws(self, known: Iterable[frozenset[str]]) -> Iterator[Flaw]:
        """Find them. known: the twos that contradict each other already."""
        by_id = {sight.says.guardrail.id: sight for sight in self.sights}
        for ids in known:
            self._not_all([by_id[each] for each in ids if each in by_id])
        self._not_within(0)
        self.formula.prefer([*self.taken.values(), *(s.met for s in self.everything)])
        for _ in range(MOST_GUESSES if self.possible else 0):
            if not self.space.possible(self.everything, self.guess, *self.asked):
                return
            taken = [s for s in self.sights if self.space.true(self.taken[s.bit])]
            if self._met(taken):
                self._not_within(note(self.space, self.sights))
            else:
                yield from self._core(taken)
        self.space.whole &= not self.possible

    def _met(self, of: Sequence[Sight], *more: int) -> bool:
        """Tell whether something meets all of some guardrails."""
        met = (sight.says.met for sight in of)
        return self.space.possible(self.everything, *met, *more)

    def _core(self, taken: Sequence[Sight]) -> Iterator[Flaw]:
        """Narrow down guardrails that cannot be met together."""
        core = [s for s in taken if s.says.met in self.formula.core] or list(taken)
        for sight in tuple(core):
            fewer = [each for each in core if each is not sight]
            if not self._met(fewer):
                core = fewer
        self._not_all(core)
        says = [sight.says for sight in core]
        apply = [each.applies for each in says]
        least = len(("one", "other", "third"))
        if (
            len(core) >= least
            and ever((s.guardrail for s in says), self.today)
            and self.space.possible(says, *apply)
        ):
            without = ([each for each in core if each is not s] for s in core)
            if all(self._met(fewer, *apply) for fewer in without):
                yield contradiction(self.space, says)

    def _not_all(self, of: Sequence[Sight]) -> None:
        """Guess no more sets that have all of these."""
        self.formula.add(-self.guess, *(-self.taken[sight.bit] for sight in of))

    def _not_within(self, mask: int) -> None:
        """Guess no more sets that have none but these."""
        others = (lit for bit, lit in self.taken.items() if not bit & mask)
        self.formula.add(-self.guess, *others)


def _contested(space: Space, found: Sequence[Sight]) -> list[Sight]:
    """Leave out the guardrails that can always be met as well.

    Where one value of a choice suits all conditions on it, that are on the one side
    or the other of guardrails, giving it hurts none of them; so whoever asks for no
    more than that stands in nobody's way. Without them others may do so, too.
    """
    left = [s for s in found if any(s.touches(o) for o in found if o is not s)]
    while True:
        free = _suited(space, left)
        kept = [
            sight
            for sight in left
            if not all(_is_free(branch, free) for branch in sight.says.tree.must)
        ]
        if len(kept) == len(left):
            return kept
        left = kept


def _suited(space: Space, found: Sequence[Sight]) -> set[int]:
    """Give the words of which one value suits all conditions, by slot."""
    asked: dict[int, list[Leaf]] = {}
    for sight in found:
        for branch in (*sight.says.tree.when, *sight.says.tree.must):
            for leaf in () if isinstance(branch, Quantified) else leaves(branch):
                asked.setdefault(leaf.slot, []).append(leaf)
    suited = set()
    for slot, on in asked.items():
        field = space.world.fields.get((slot, -1, -1))
        kinds = field.kinds if field and on[0].prop.role == "choice" else ()
        if field and any(all(field.admits(x, c) for x in on) for c, _ in kinds):
            suited.add(slot)
    return suited


def _is_free(branch: Branch, free: Container[int]) -> bool:
    """Tell whether a clause can be met by words of which one value suits all."""
    if isinstance(branch, Quantified):
        return False
    return any(leaf.slot in free for leaf in leaves(branch))
