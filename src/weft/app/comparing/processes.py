"""Make the runs of a comparison on several processes of this machine."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from weft.engines.simulation.comparing import Mapper, Sample, Task, in_turn, sample

LITTLE = 4_000_000
"""Days of people: what is done sooner here than other processes have started."""
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

    def made(tasks: Iterable[Task]) -> Iterator[Sample]:
        tasks = list(tasks)
        if not pools and sum(t.setting.people * t.days for t in tasks) < little:
            yield from in_turn(tasks)
            return
        if not pools:
            pools.append(
                ProcessPoolExecutor(count, mp_context=get_context("forkserver"))
            )
        [pool] = pools
        waiting: deque[Future[Sample]] = deque()
        for task in tasks:
            waiting.append(pool.submit(sample, task))
            if len(waiting) > AHEAD * count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    try:
        yield made
    finally:
        for pool in pools:
            pool.shutdown(wait=False, cancel_futures=True)
