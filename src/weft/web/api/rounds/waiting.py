"""Work for whoever waits: once they are gone it ends, and nothing is left of it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from litestar import Request
from litestar.concurrency import sync_to_thread

T = TypeVar("T")


async def while_waiting(
    request: Request[Any, Any, Any], work: Callable[[Callable[[], bool]], T]
) -> T:
    """Do work in another thread, and let it know once nobody waits for it any more.

    work: is given what tells whether they are gone; asks it often, and then ends.
    """
    gone = threading.Event()
    watching = asyncio.create_task(_watch(request, gone))
    try:
        return await sync_to_thread(work, gone.is_set)
    finally:
        watching.cancel()


async def _watch(request: Request[Any, Any, Any], gone: threading.Event) -> None:
    """Wait until the one who asked has hung up: a call that was read has no more."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    gone.set()
