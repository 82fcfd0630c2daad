"""Run the searches of a round at once, each on a core of its own.

They are compiled code, which lets other threads run: two take the time of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from weft.engines.allocation import Plan, Search


def abreast(searches: Sequence[Search]) -> list[Plan]:
    """Run searches side by side. Where one fails, the others are told to stop."""
    over = Event()
    with ThreadPoolExecutor(len(searches), "weft-search") as pool:
        running = [pool.submit(search, over.is_set) for search in searches]
        try:
            return [each.result() for each in running]
        finally:
            over.set()  # also where somebody interrupts, who would wait for them
