"""What changed from one table to another, where the one was made out of the other."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping
from typing import Any, TypeAlias

from immutables import Map

Changes: TypeAlias = Mapping[str, tuple[Any, Any]]
"""By key: what stood there before, and what stands there now; None for nothing."""

_KEPT, _MOST = 512, 1_000
_steps: OrderedDict[int, tuple[Map[str, Any], Map[str, Any], tuple[str, ...]]] = (
    OrderedDict()
)


def step(before: Map[str, Any], after: Map[str, Any], keys: Collection[str]) -> None:
    """Remember which keys were put or dropped to make one table out of another.

    Only few keys, and only the last steps: what is worked out of a table that is much
    changed is better worked out anew.
    """
    if after is not before and len(keys) <= _MOST:
        # The tables are kept beside it, so that their ids cannot become another's.
        _steps[id(after)] = (after, before, tuple(keys))
        while len(_steps) > _KEPT:
            _steps.popitem(last=False)


def changes(before: Map[str, Any], after: Map[str, Any]) -> Changes | None:
    """Tell what changed from one table to another; None where that is not known.

    Either may have been made out of the other. A key whose record is the same again
    is not among them.
    """
    keys = _between(before, after)
    if keys is None:
        keys = _between(after, before)
    if keys is None:
        return None
    found = {key: (before.get(key), after.get(key)) for key in keys}
    return {key: pair for key, pair in found.items() if pair[0] is not pair[1]}


def same_keys(changes: Changes) -> bool:
    """Tell whether nothing was put that was not there before, and nothing dropped."""
    return all(old is not None and new is not None for old, new in changes.values())


def _between(before: Map[str, Any], after: Map[str, Any]) -> set[str] | None:
    """Give the keys put or dropped on the way from one table to a later one."""
    keys: set[str] = set()
    while after is not before:
        held = _steps.get(id(after))
        if held is None or len(keys) > _MOST:
            return None
        _, after, some = held
        keys.update(some)
    return keys
