"""Hand pieces of work out a few at a time, and take what comes of them in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeVar

P = TypeVar("P")
R = TypeVar("R")
Cancelled = Callable[[], bool]

AHEAD: Final = 4
"""So many pieces wait for each worker, and no more: memory, and a quick stop."""
SOON: Final = 0.2
"""Seconds between two looks whether it is cancelled."""


class Stopped(Exception):
    """Somebody cancelled it: what was not done is not wanted any more."""


def never() -> bool:
    """Tell that nobody cancels."""
    return False


def in_order(
    hand_out: Callable[[Any], P],
    take: Callable[[P], R],
    items: Iterable[Any],
    ahead: int,
) -> Iterator[R]:
    """Give what comes of each item, in their order, with so many handed out before."""
    waiting: deque[P] = deque()
    for item in items:
        waiting.append(hand_out(item))
        if len(waiting) > ahead:
            yield take(waiting.popleft())
    while waiting:
        yield take(waiting.popleft())
