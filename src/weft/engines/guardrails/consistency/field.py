"""One field of a world as literals: which kind of value it has, if it is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from weft.core.vocabulary import Property
from weft.engines.guardrails.consistency.formula import Formula, Told
from weft.engines.guardrails.rules.cells import Cell, cells
from weft.engines.guardrails.rules.kinds import places, plain
from weft.engines.guardrails.rules.tree import Leaf
from weft.engines.guardrails.rules.truth import of_known

UNREADABLE: Final = ""
"""A plain value that no property takes: it is there, and nothing is known by it."""
_LONGEST: Final = 2**53
_DIGITS: Final = 18


class Field:
    """What a field can hold, seen by the leaves on it: one cell, or nothing known.

    kinds: the cells with their literals; of a set its members instead. known,
    absent: whether a value is there that can be read, and whether there is none.
    """

    def __init__(
        self,
        formula: Formula,
        prop: Property,
        leaves: Sequence[Leaf],
        apart: Sequence[Any] = (),
    ) -> None:
        """Cut the domain, and hold that exactly one of its parts is so."""
        self.formula, self.prop = formula, prop
        self.absent = formula.variable()
        self.kinds: list[tuple[Cell, int]] = []
        self.members: dict[str, int] = {}
        if prop.type in {"set", "list"}:
            self.known = formula.variable()
            formula.exclude([self.known, self.absent])
            names = prop.values if prop.type == "set" else ()
            for name in names:
                self.members[name] = formula.variable()
                formula.add(-self.members[name], self.known)
            return
        for cell in cells(prop, leaves, apart):
            if _can_be_written(prop, cell):
                self.kinds.append((cell, formula.variable()))
        literals = [literal for _, literal in self.kinds]
        formula.exclude([*literals, self.absent])
        self.known = formula.one(literals)

    def told(self, leaf: Leaf) -> Told:
        """Give what a leaf says of this field."""
        if leaf.operator == "present":
            return Told(self.known, self.absent)
        if self.prop.type == "set":
            yes = self.formula.every([self.known, self._of_set(leaf)])
            return Told(yes, self.formula.every([self.known, -self._of_set(leaf)]))
        sides: dict[bool, list[int]] = {True: [], False: []}
        for cell, literal in self.kinds:
            sides[self.admits(leaf, cell)].append(literal)
        return Told(self.formula.one(sides[True]), self.formula.one(sides[False]))

    def admits(self, leaf: Leaf, cell: Cell) -> bool:
        """Tell whether a leaf is true of the values of a cell."""
        return of_known(leaf, sample(cell)) is True

    def has(self, cell: Cell, value: Any) -> bool:
        """Tell whether a typed value lies in a cell."""
        if cell.values:
            return value in cell.values
        low = cell.low is None or cell.low <= value
        return low and (cell.high is None or value <= cell.high)

    def _of_set(self, leaf: Leaf) -> int:
        """Give what a leaf says of a set, by its members."""
        if leaf.operator in {"has", "has_not"}:
            has = self.members[leaf.constant]
            return has if leaf.operator == "has" else -has
        within = leaf.operator == "within"
        some = self.formula.one(
            literal
            for name, literal in self.members.items()
            if (name in leaf.constant) != within
        )
        return some if leaf.operator == "has_any" else -some

    def value(self) -> Any:
        """Give the plain value in the world found last; None where there is none."""
        if self.formula.true(self.absent):
            return None
        if not self.formula.true(self.known):
            return UNREADABLE
        if self.prop.type == "set":
            true = self.formula.true
            return tuple(name for name, lit in self.members.items() if true(lit))
        cell = next(cell for cell, lit in self.kinds if self.formula.true(lit))
        return plain(self.prop, sample(cell))

    def state(self) -> list[int]:
        """Give the literals that say all of this field in the world found last."""
        if self.members:
            literals = [self.known, self.absent, *self.members.values()]
        else:
            literals = [lit for _, lit in self.kinds if self.formula.true(lit)]
            literals = literals or [self.known, self.absent]
        return [lit if self.formula.true(lit) else -lit for lit in literals]

    def wishes(self) -> Iterator[tuple[int, ...]]:
        """Give what to try one after the other, for an example that reads well."""
        if self.prop.type == "list":
            yield self.known, self.absent
            return
        if self.members:
            yield self.known, self.absent
            for literal in self.members.values():
                yield (-literal,)
            return
        yield (*(lit for _, lit in self.kinds), self.absent)


def sample(cell: Cell) -> Any:
    """Give a value of a cell: one that a rule names, where there is one."""
    return cell.values[0] if cell.values else cell.nearest(None)


def _can_be_written(prop: Property, cell: Cell) -> bool:
    """Tell whether a value of an ordered cell can be stated at all."""
    if prop.type not in {"int", "decimal", "money"}:
        return True
    most = _LONGEST if prop.type == "int" else 10 ** (_DIGITS + places(prop)) - 1
    low = cell.low is None or cell.low <= most
    return low and (cell.high is None or cell.high >= -most)
