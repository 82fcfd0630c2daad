"""Things that are alike in some columns: what is said of one is said of all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import Any, Final

Alike = Sequence[Sequence[int]]
"""The numbers of things that are alike, a group for each way to be."""

_TOLD_APART: Final = ({str, int, type(None)}, {str, bool, type(None)})


def alike(columns: Sequence[Sequence[Any]]) -> Alike | None:
    """Put things together that have the same values in some columns.

    None where values could be equal and not the same, as 1 and True are, or where so
    few are alike that nothing is gained.
    """
    keys = [key for column in columns if (key := _keys(column)) is not None]
    if not keys or len(keys) < len(columns):
        return None
    found = defaultdict[Any, list[int]](list)
    for number, row in enumerate(zip(*keys, strict=True)):
        found[row].append(number)
    return [*found.values()] if len(found) * 2 <= len(keys[0]) else None


def _keys(column: Sequence[Any]) -> Sequence[Hashable] | None:
    """Give something that tells the values of a column apart, if anything does."""
    if _told_apart(column):
        return column
    with suppress(KeyError):
        return _keys_of_lists([each for each in column if each is not None], column)
    return None


def _told_apart(column: Sequence[Any]) -> bool:
    """Tell whether the values of a column are the same if they are equal."""
    classes = {*map(type, column)}
    return any(classes <= each for each in _TOLD_APART)


def _keys_of_lists(
    lists: Sequence[Any], column: Sequence[Any]
) -> Sequence[Hashable] | None:
    """Give lists with their elements numbered by what they are.

    None where they have not all the same fields; where these are as many, KeyError.
    """
    if {*map(type, lists)} != {tuple}:
        return None
    elements = [*chain.from_iterable(lists)]
    if {*map(type, elements)} != {dict}:
        return None
    names = [*elements[0]]
    if not names or {*map(len, elements)} != {len(names)}:
        return None
    fields = [[element[name] for element in elements] for name in names]
    if not all(map(_told_apart, fields)):
        return None
    known: dict[Any, int] = {}
    told = iter([known.setdefault(row, len(known)) for row in zip(*fields)])  # noqa: B905
    return [None if each is None else (*islice(told, len(each)),) for each in column]
