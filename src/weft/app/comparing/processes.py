"""Make the runs of a comparison on several processes of this machine."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any, Final, TypeVar

from weft.app.comparing.pieces import AHEAD, SOON, Cancelled, Stopped, in_order, never
from weft.engines.simulation.comparing import Mapper, Sized, in_turn
from weft.errors import Unavailable

R = TypeVar("R")

LITTLE = 2_000_000
"""Days of people: what is done sooner here than other processes have started."""
_LOADED: Final = (
    "__main__",
    "scipy.special",
    "weft.engines.simulation.comparing",
    "weft.engines.simulation.kernel.loop",
)


@contextmanager
def on_processes(
    workers: int | None = None,
    *,
    little: int = LITTLE,
    cancelled: Cancelled = never,
) -> Iterator[Mapper]:
    """Give what makes runs on so many processes, one for each core by default.

    What comes of them comes in the order asked, to the same bits as in this process
    alone, which is what one worker means. However this ends, by Ctrl-C, by cancelling
    or by being killed, the processes end with it, also in the midst of a run.

    Raises Stopped in whoever waits for a run when it is cancelled.
    """
    if workers == 1:
        yield in_turn
        return
    crew: list[_Crew] = []

    def made(work: Callable[[Any], R], items: Iterable[Sized], /) -> Iterator[R]:
        items = list(items)
        if not crew and sum(item.size for item in items) < little:
            yield from in_turn(work, items)
            return
        if not crew:
            crew.append(_Crew(workers or os.cpu_count() or 1))
        yield from crew[0].work(work, items, cancelled)

    try:
        yield made
    finally:
        for each in crew:
            each.end()


class _Crew:
    """Processes on a rope: where nobody holds its other end any more, they end."""

    def __init__(self, count: int) -> None:
        # What every process loads is loaded once, in the one from which all split.
        context = get_context("forkserver")
        context.set_forkserver_preload(list(_LOADED))
        self.count = count
        self.theirs, self.mine = context.Pipe(duplex=False)
        self.pool = ProcessPoolExecutor(
            count, mp_context=context, initializer=_tied, initargs=(self.theirs,)
        )

    def work(
        self, work: Callable[[Any], R], items: Iterable[Any], cancelled: Cancelled
    ) -> Iterator[R]:
        """Do it on all of them, and give what comes of it in order."""

        def take(future: Future[R]) -> R:
            while True:
                with suppress(TimeoutError):
                    return future.result(timeout=SOON)
                if cancelled():
                    raise Stopped

        def hand_out(item: Any) -> Future[R]:
            return self.pool.submit(work, item)

        try:
            yield from in_order(hand_out, take, items, AHEAD * self.count)
        except BrokenProcessPool as error:
            raise Unavailable(
                "A process that made runs was ended from outside.",
                do="Where memory ran out, give fewer: --processes 1.",
            ) from error

    def end(self) -> None:
        """Let go of the rope, and wait until nothing is left."""
        self.mine.close()
        self.pool.shutdown(cancel_futures=True)
        self.theirs.close()


def _tied(rope: Connection) -> None:
    """Tie this process to whoever began it; Ctrl-C is for them alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_hold, args=(rope,), daemon=True).start()


def _hold(rope: Connection) -> None:
    with suppress(EOFError, OSError):
        rope.recv_bytes()
    os._exit(0)
