"""Who makes the runs: this process in turn, others beside it, or other machines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar

R = TypeVar("R")


class Sized(Protocol):
    """Something to do that tells how much it is."""

    @property
    def size(self) -> float:
        """Give how much there is to do, in days of people."""


class Mapper(Protocol):
    """Do one kind of work on many things: what comes of each, in their order."""

    def __call__(
        self, work: Callable[[Any], R], items: Iterable[Sized], /
    ) -> Iterator[R]:
        """Give what comes of each, in order, to the same bits whoever does it."""


def in_turn(work: Callable[[Any], R], items: Iterable[Sized], /) -> Iterator[R]:
    """Do it here, one after another."""
    return map(work, items)
