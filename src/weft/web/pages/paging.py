"""A long list, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
SIZE = 50
"""So many rows are one page: a few screens, and quick to draw."""


class Paging(msgspec.Struct, frozen=True):
    """Which page of how many; `query` is what the next page has to ask for too."""

    page: int
    pages: int
    total: int
    query: dict[str, str]

    def to(self, link: Callable[..., str], path: str, page: int) -> str:
        """Give the address of another page of the same list."""
        return link(path, **self.query, n=page)


def part(
    items: Sequence[T], page: int, size: int = SIZE, **query: Any
) -> tuple[Sequence[T], Paging]:
    """Give one page of a list; the last one where it has not so many."""
    pages = max(1, -(-len(items) // size))
    page = min(max(1, page), pages)
    asked = {key: str(value) for key, value in query.items() if value}
    shown = items[(page - 1) * size : page * size]
    return shown, Paging(page, pages, len(items), asked)
