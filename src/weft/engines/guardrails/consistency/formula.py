"""Conditions as literals of a SAT solver, which finds a world or proves that none is.

A literal is a whole number, its negation the negative one. Each condition that is put
together is equal to a literal, so it can be asked for, or for its opposite, as often
as is wanted; the solver keeps what it learns.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec

YES: Final = 1
NO: Final = -1
_FEW: Final = 5


class Told(msgspec.Struct, frozen=True):
    """A three-valued condition as two literals: it is surely true, surely false."""

    yes: int
    no: int


class Formula:
    """All that is known of the worlds looked at, in one solver."""

    def __init__(self) -> None:
        """Begin with nothing but what is always true."""
        # 80 ms that no other question has to wait for.
        from pysat.solvers import Minisat22  # noqa: PLC0415

        self._solver: Any = Minisat22()
        # By itself it goes too late, when Python has taken away what it needs for that.
        weakref.finalize(self, self._solver.delete)
        self._solver.add_clause([YES])
        self._last = YES
        self._known: dict[frozenset[int], int] = {}
        self.calls = 0
        self.model: list[int] = []
        self.core: frozenset[int] = frozenset()

    def variable(self) -> int:
        """Give a literal of which nothing is known yet."""
        self._last += 1
        return self._last

    def add(self, *literals: int) -> None:
        """Hold that one of some literals is true."""
        self._solver.add_clause(literals)

    def every(self, parts: Iterable[int]) -> int:
        """Give the literal for: all of these."""
        found = frozenset(parts) - {YES}
        if NO in found or any(-part in found for part in found):
            return NO
        if len(found) < len((YES, NO)):
            return next(iter(found), YES)
        if found not in self._known:
            made = self._known[found] = self.variable()
            for part in found:
                self.add(-made, part)
            self.add(made, *(-part for part in found))
        return self._known[found]

    def one(self, parts: Iterable[int]) -> int:
        """Give the literal for: at least one of these."""
        return -self.every(-part for part in parts)

    def exclude(self, literals: Sequence[int]) -> None:
        """Hold that no two of some literals are true."""
        if len(literals) <= _FEW:
            for place, one in enumerate(literals):
                for other in literals[place + 1 :]:
                    self.add(-one, -other)
            return
        before = NO  # whether one of those so far is true
        for literal in literals:
            now = self.variable()
            self.add(-before, now)
            self.add(-literal, now)
            self.add(-literal, -before)
            before = now

    def possible(self, literals: Iterable[int]) -> bool:
        """Tell whether there is a world in which all of these are true; keep it."""
        self.calls += 1
        asked = [literal for literal in literals if literal != YES]
        if NO in asked or not self._solver.solve(assumptions=asked):
            self.core = frozenset(asked if NO in asked else self._solver.get_core())
            return False
        self.model = self._solver.get_model()
        return True

    def prefer(self, literals: Sequence[int]) -> None:
        """Have the solver try these to be true first; it changes no verdict."""
        self._solver.set_phases(literals)

    def true(self, literal: int) -> bool:
        """Tell whether a literal is true in the world that was found last."""
        place = abs(literal) - 1
        told = place < len(self.model) and self.model[place] > 0
        return told == (literal > 0)


def all_of(formula: Formula, parts: Iterable[Told]) -> Told:
    """AND in three values: unknown if none is false and one is unknown."""
    found = tuple(parts)
    yes = formula.every(part.yes for part in found)
    return Told(yes, formula.one(part.no for part in found))


def one_of(formula: Formula, parts: Iterable[Told]) -> Told:
    """OR in three values."""
    return no(all_of(formula, map(no, parts)))


def no(part: Told) -> Told:
    """NOT in three values: unknown stays unknown."""
    return Told(part.no, part.yes)
