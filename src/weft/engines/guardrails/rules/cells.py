"""Cells: the finitely many kinds of values that a field can have, seen by the rules.

The constants of all leaves on a field cut its domain into cells in which no leaf
changes. So one value of each cell is enough to try, the one nearest to the old.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, Final

import msgspec

from weft.core.vocabulary import Property
from weft.engines.guardrails.rules.board import Board, Field
from weft.engines.guardrails.rules.kinds import ORDERED, bounds
from weft.engines.guardrails.rules.tree import Leaf
from weft.engines.guardrails.rules.truth import of_known

Signature = tuple[Any, ...]
NOT_FAR: Final = Fraction(0)


class Cell(msgspec.Struct, frozen=True):
    """Values that no leaf tells apart.

    For an ordered field those from `low` to `high`, where None is without end; for
    any other field `values`, the one to be preferred first.
    """

    signature: Signature
    values: tuple[Any, ...] = ()
    low: int | None = None
    high: int | None = None
    named: tuple[int, ...] = ()

    def nearest(self, old: Any) -> Any:
        """Give the value of an ordered cell that is nearest to the old one."""
        if old is not None:
            if self.low is not None and old < self.low:
                return self.low
            return self.high if self.high is not None and old > self.high else old
        if self.named:
            return self.named[0]
        return next((end for end in (self.low, self.high) if end is not None), 0)


def cells(
    prop: Property, leaves: Sequence[Leaf], apart: Iterable[Any] = ()
) -> tuple[Cell, ...]:
    """Cut the domain of a field, but for a set, into cells.

    apart: values that are told apart whether or not a leaf names them.
    """
    apart = tuple(apart)
    if prop.type in ORDERED:
        return _intervals(prop, leaves, apart)
    groups: dict[Signature, list[Any]] = {}
    for value in _values(prop, leaves, apart):
        groups.setdefault(signature(value, leaves, apart), []).append(value)
    return tuple(Cell(key, tuple(values)) for key, values in groups.items())


def cells_of(
    board: Board, field: Field, prop: Property, apart: Iterable[Any] = ()
) -> tuple[Cell, ...]:
    """Cut a field by the leaves that a board has there, once where nothing is apart."""
    leaves = board.leaves.get(field, [])
    if apart:
        return cells(prop, leaves, apart)
    if field not in board.cells:
        board.cells[field] = cells(prop, leaves)
    found: tuple[Cell, ...] = board.cells[field]
    return found


def signature(
    value: Any, leaves: Sequence[Leaf], apart: Sequence[Any] = ()
) -> Signature:
    """Give what the leaves say of a value: two of one signature are alike to them."""
    told = [of_known(leaf, value) for leaf in leaves]
    return (*told, *(value == each for each in apart))


def ranking(prop: Property, leaves: Sequence[Leaf]) -> list[Any]:
    """Order values by preference: as the rules name them, then as the property does."""
    named = [value for leaf in leaves for value in leaf.order]
    if prop.type == "rank":
        return list(dict.fromkeys([*named, *range(len(prop.values))]))
    own: tuple[Any, ...] = (True, False) if prop.type == "bool" else prop.values
    return list(dict.fromkeys([*named, *own]))


def distance(prop: Property, leaves: Sequence[Leaf], old: Any, new: Any) -> Fraction:
    """Tell how far a new value is from the old, as a share of the whole range.

    A date, or a number without declared ends, has the range that the rules name.
    """
    if prop.type not in ORDERED or old is None or new == old:
        return NOT_FAR
    low, high = bounds(prop)
    if prop.type == "date" or low is None or high is None:
        known = [*_constants(leaves), old]
        low, high = min(known), max(known)
    return Fraction(abs(new - old), max(high - low, 1))


def _constants(leaves: Iterable[Leaf]) -> list[Any]:
    """Give every single value that leaves compare with."""
    found: list[Any] = []
    for leaf in leaves:
        if leaf.operator != "present":
            found += leaf.order
    return found


def _intervals(
    prop: Property, leaves: Sequence[Leaf], apart: Sequence[Any]
) -> tuple[Cell, ...]:
    """Cut an ordered domain at every constant; join what no leaf tells apart."""
    lowest, highest = bounds(prop)
    found: list[Cell] = []
    start = lowest
    for cut in sorted({*_constants(leaves), *apart}):
        if start is None or start < cut:
            _join(found, _interval(start, cut - 1, leaves, apart))
        _join(found, _interval(cut, cut, leaves, apart, (cut,)))
        start = cut + 1
    if highest is None or start is None or start <= highest:
        _join(found, _interval(start, highest, leaves, apart))
    return tuple(found)


def _interval(
    low: int | None,
    high: int | None,
    leaves: Sequence[Leaf],
    apart: Sequence[Any],
    named: tuple[int, ...] = (),
) -> Cell:
    """Make a cell of an interval inside which no leaf changes."""
    within = next((end for end in (low, high) if end is not None), 0)
    return Cell(signature(within, leaves, apart), (), low, high, named)


def _join(found: list[Cell], cell: Cell) -> None:
    """Add an interval, to the last one if no leaf tells them apart."""
    if found and found[-1].signature == cell.signature:
        last = found.pop()
        named = (*last.named, *cell.named)
        cell = Cell(cell.signature, (), last.low, cell.high, named)
    found.append(cell)


def _values(
    prop: Property, leaves: Sequence[Leaf], apart: Sequence[Any]
) -> Iterable[Any]:
    """Give the values of a field that has no order; of a text one of each kind."""
    if prop.type != "text":
        return ranking(prop, leaves)
    begins = [leaf.constant for leaf in leaves if leaf.operator == "starts_with"]
    whole = (leaf for leaf in leaves if leaf.operator != "starts_with")
    named = [*_constants(whole), *apart]
    others = [_other(begin, named, begins) for begin in [*begins, ""]]
    return dict.fromkeys([*named, *begins, *others])


def _other(begin: str, named: Sequence[str], begins: Sequence[str]) -> str:
    """Make a text that begins so, is named nowhere, and matches no longer begin."""
    longer = [each for each in begins if len(each) > len(begin)]
    ends = itertools.chain(["", "-other", "~"], map(chr, itertools.count(0x4E00)))
    texts = (f"{begin or 'other'}{end}" for end in ends)
    return next(
        text
        for text in texts
        if text not in named and not any(text.startswith(each) for each in longer)
    )
