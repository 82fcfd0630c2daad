"""Make the runs of a comparison on several processes of this machine."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from typing import Any, Final, TypeVar

from weft.engines.simulation.comparing import Mapper, Sized, in_turn

R = TypeVar("R")

LITTLE = 2_000_000
"""Days of people: what is done sooner here than other processes have started."""
_LOADED: Final = (
    "__main__",
    "scipy.special",
    "weft.engines.simulation.comparing",
    "weft.engines.simulation.kernel.loop",
)
AHEAD = 4
"""So many runs wait for each process, and no more: memory, and a quick stop."""


@contextmanager
def on_processes(
    workers: int | None = None, *, little: int = LITTLE
) -> Iterator[Mapper]:
    """Give what makes runs on so many processes, one for each core by default.

    What comes of them comes in the order asked, to the same bits as in one process.
    Whoever stops asking stops them.
    """
    count = workers or os.cpu_count() or 1
    if count == 1:
        yield in_turn
        return
    pools: list[ProcessPoolExecutor] = []

    def made(work: Callable[[Any], R], items: Iterable[Sized], /) -> Iterator[R]:
        items = list(items)
        if not pools and sum(item.size for item in items) < little:
            yield from in_turn(work, items)
            return
        if not pools:
            pools.append(ProcessPoolExecutor(count, mp_context=_context()))
        [pool] = pools
        waiting: deque[Future[R]] = deque()
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > AHEAD * count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    try:
        yield made
    finally:
        for pool in pools:
            pool.shutdown(wait=False, cancel_futures=True)


def _context() -> BaseContext:
    """Have what every process loads loaded once, in the one from which all split."""
    context = get_context("forkserver")
    context.set_forkserver_preload(list(_LOADED))
    return context
