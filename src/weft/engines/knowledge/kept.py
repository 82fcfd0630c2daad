"""Results kept for as long as the tables they were worked out from are in use."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from operator import is_not
from typing import Any, TypeVar

T = TypeVar("T")
_MOST = 48
_kept: OrderedDict[Hashable, tuple[tuple[object, ...], Any]] = OrderedDict()


def kept(name: Hashable, tables: tuple[object, ...], work_out: Callable[[], T]) -> T:
    """Give what was worked out of these very tables before, or work it out now.

    Tables never change, so the same object has the same answer. They are kept
    beside it, so that their ids cannot become another's. The answers used least
    lately are let go. Threads may share it: each step is atomic, and the worst
    that two of them do is to work out the same answer twice.
    """
    at = (name, *map(id, tables))
    held = _kept.pop(at, None) or (tables, work_out())
    _kept[at] = held
    while len(_kept) > _MOST:
        _kept.popitem(last=False)
    answer: T = held[1]
    return answer


def kept_each(
    name: str,
    things: Iterable[tuple[str, tuple[object, ...]]],
    work_out: Callable[..., T],
) -> list[T]:
    """Give what is worked out of each thing, anew only for those that are others now.

    things: a key, and the records that the answer rests on, which never change. Those
    of the last call under this name are remembered.
    """
    before = _each.get(name, {})
    now: dict[str, tuple[tuple[object, ...], Any]] = {}
    for key, records in things:
        held = before.get(key)
        if held is None or any(map(is_not, held[0], records)):
            held = (records, work_out(*records))
        now[key] = held
    _each[name] = now
    return [answer for _, answer in now.values()]


_each: dict[str, dict[str, tuple[tuple[object, ...], Any]]] = {}
