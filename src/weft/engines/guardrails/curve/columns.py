"""Values of one word for many things, each different one kept once."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from weft.core.vocabulary import Property
from weft.engines.guardrails.rules.kinds import is_list, reader
from weft.engines.guardrails.rules.tree import Leaf
from weft.engines.guardrails.rules.truth import TESTS

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[Any]
"""Whole numbers: int64, or Python's own where one of them is greater than fits."""

UNREAD: Final = ...
"""Stands for a value that is there and cannot be read; None for one that is missing."""
FARTHEST: Final = 2**62
"""Further off than any number that is kept as int64."""


_COMPARED: Final[Mapping[str, Callable[[Numbers, int], Numbers]]] = {
    "below": operator.lt,
    "at_most": operator.le,
    "at_least": operator.ge,
    "above": operator.gt,
}
"""The operators for which all values are compared at once: they may be many."""


class Column:
    """A value for each thing: the place of it among the different ones.

    values: typed, in the order in which they were met; UNREAD or None where unknown.
    """

    def __init__(self, typed: Iterable[Any]) -> None:
        """Take the value of each thing."""
        places: dict[Any, int] = {}
        codes = [places.setdefault(value, len(places)) for value in typed]
        self.codes = np.array(codes, dtype=np.int32)
        self.values = [*places]

    @cached_property
    def known(self) -> Flags:
        """Tell of each thing whether its value can be compared."""
        return self.where([_is_known(value) for value in self.values])

    @cached_property
    def numbers(self) -> Numbers:
        """Give the values of an ordered word; 0 where unknown."""
        plain = [value if _is_known(value) else 0 for value in self.values]
        fits = all(-FARTHEST < 2 * value < FARTHEST for value in plain)
        found: Numbers = np.array(plain, dtype=np.int64 if fits else object)
        return found[self.codes] if plain else found

    def where(self, told: list[bool]) -> Flags:
        """Give for each thing what is told of its value."""
        return np.array(told, dtype=np.bool_)[self.codes]

    def surely(self, leaf: Leaf, *, yes: bool) -> Flags:
        """Tell of each thing whether a leaf is surely true, or surely false."""
        if compare := _COMPARED.get(leaf.operator):
            told = compare(self.numbers, leaf.constant).astype(np.bool_)
            return self.known & (told if yes else ~told)
        return self.where([_truth(leaf, value) is yes for value in self.values])


class Elements:
    """The elements of a list of each thing, one after the other.

    readable: which things have a list that can be judged. The others have none here.
    """

    def __init__(self, raw: Iterable[Any]) -> None:
        """Take the plain list of each thing."""
        lists = [each if is_list(each) else None for each in raw]
        self.readable = np.array([each is not None for each in lists], dtype=np.bool_)
        sizes = np.array([len(each or ()) for each in lists], dtype=np.int64)
        self._some = sizes > 0
        self._starts = (np.cumsum(sizes) - sizes)[self._some]
        self._flat = [element for each in lists for element in each or ()]
        self._columns: dict[str, Column] = {}

    def column(self, prop: Property) -> Column:
        """Give one field of all elements."""
        if prop.id not in self._columns:
            plain = (
                each.get(prop.id) if each.__class__ is dict else UNREAD
                for each in self._flat
            )
            self._columns[prop.id] = Column(typed(prop, plain))
        return self._columns[prop.id]

    def together(self, of_each: Numbers, by: np.ufunc, empty: Any) -> Numbers:
        """Put together what is said of each element, for each thing that has a list."""
        found: Numbers = np.full(len(self._some), empty, dtype=of_each.dtype)
        if len(self._starts):
            found[self._some] = by.reduceat(of_each, self._starts)
        return found


def typed(prop: Property, plain: Iterable[Any]) -> Iterator[Any]:
    """Give values as they are compared: all that a guardrail can tell apart.

    Of a list as a whole that is only whether it is there.
    """
    read = (lambda raw: is_list(raw) or None) if prop.type == "list" else reader(prop)
    for raw in plain:
        value = None if raw is None else read(raw)
        yield UNREAD if value is None and raw is not None else value


def _is_known(value: Any) -> bool:
    return value is not None and value is not UNREAD


def _truth(leaf: Leaf, value: Any) -> bool | None:
    """Tell whether a leaf holds of a value; None for unknown."""
    if leaf.operator == "present":
        return None if value is UNREAD else value is not None
    return TESTS[leaf.operator](value, leaf.constant) if _is_known(value) else None
