"""Replies to those who wait for the disk: many deeds of one commit wake the loop once.

A future of another thread can be awaited with asyncio's own means; it then wakes the
loop for each deed by itself, which cost as much as judging a request.
"""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")


class Replies(Generic[T]):
    """What other threads have ended, until the loop comes to hear of it."""

    def __init__(self) -> None:
        """Begin with nothing to tell."""
        self._ended: deque[asyncio.Future[None]] = deque()
        self._woken = False

    async def of(self, future: Future[T]) -> T:
        """Wait for the result of another thread, and take it back if nobody waits."""
        loop = asyncio.get_running_loop()
        waiting = loop.create_future()

        def end(_: Future[T]) -> None:
            self._ended.append(waiting)
            if not self._woken:  # else the loop has still to come for this one too
                self._woken = True
                loop.call_soon_threadsafe(self._tell)

        future.add_done_callback(end)
        try:
            await waiting
        except asyncio.CancelledError:
            future.cancel()
            raise
        return future.result()

    def _tell(self) -> None:
        """Let all go that wait for what has ended."""
        self._woken = False  # before looking: what ends from now on wakes it again
        while self._ended:
            waiting = self._ended.popleft()
            if not waiting.done():
                waiting.set_result(None)
