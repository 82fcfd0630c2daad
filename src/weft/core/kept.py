"""Results kept for as long as the tables they were worked out from are in use."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from weft.core.lineage import Changes, changes

T = TypeVar("T")
_MOST = 64
_kept: OrderedDict[Hashable, tuple[tuple[Any, ...], Any]] = OrderedDict()


def kept(
    name: Hashable,
    tables: tuple[Any, ...],
    work_out: Callable[[], T],
    amend: Callable[..., T | None] | None = None,
) -> T:
    """Give what was worked out of these very tables before, or work it out now.

    amend: makes the answer out of an earlier one and of what has changed since in each
    of the tables: (answer, changes, ...); None where it has to be worked out anew. It
    must give what work_out gives, and leave the earlier answer as it is.
    Tables never change, so the same object has the same answer. They are kept
    beside it, so that their ids cannot become another's. The answers used least
    lately are let go. Threads may share it: each step is atomic, and the worst
    that two of them do is to work out the same answer twice.
    """
    at = (name, *map(id, tables))
    held = _kept.pop(at, None)
    if held is None:
        answer = _amended(name, tables, amend) if amend else None
        held = (tables, work_out() if answer is None else answer)
    _kept[at] = held
    while len(_kept) > _MOST:
        _kept.popitem(last=False)
    found: T = held[1]
    return found


def _amended(
    name: Hashable, tables: tuple[Any, ...], amend: Callable[..., T | None]
) -> T | None:
    """Make an answer out of the latest one from whose tables these were made."""
    known = [held for at, held in list(_kept.items()) if at[0] == name]  # type: ignore[index]
    for before, answer in reversed(known):
        pairs = zip(before, tables, strict=True)
        since: list[Changes | None] = [changes(old, new) for old, new in pairs]
        if None not in since:
            return amend(answer, *since)
    return None
