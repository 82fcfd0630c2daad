"""Comparisons, and moves, that are made in the background, one of each at a time.

Whoever asks sees how far it is and what there is so far, and may stop it. The latest
few stay until Weft is started anew.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Generic, Protocol, TypeAlias, TypeVar

from weft.app.comparing.keeping import Kept
from weft.app.comparing.pieces import Stopped
from weft.app.comparing.processes import on_processes
from weft.engines.simulation.comparing import Mapper
from weft.errors import ConflictError, WeftError

KEPT, WAITING = 12, 3


class Grows(Protocol):
    """What there is of it so far."""

    @property
    def done(self) -> float:
        """Give the share that is done, 0 to 1."""


# What somebody sends, all that it hangs on, and what comes of it.
Q = TypeVar("Q")
A = TypeVar("A")
R = TypeVar("R", bound=Grows)
Make: TypeAlias = Callable[[A, Mapper], Iterator[R]]
Keep: TypeAlias = Callable[[R], Kept]


class Job(Generic[Q, A, R]):
    """One comparison: what was asked, what there is of it, and its record."""

    def __init__(self, number: int, asked: Q, ask: A) -> None:
        """Begin nothing yet."""
        self.number, self.asked, self.ask = number, asked, ask
        self.report: R | None = None
        self.kept: Kept | None = None
        self.began = 0.0
        self.stopped = threading.Event()
        self.future: Future[None] | None = None

    @property
    def running(self) -> bool:
        """Tell whether it is being made, or waits for its turn."""
        return self.future is not None and not self.future.done()

    @property
    def done(self) -> float:
        """Give the share that is done, 0 to 1."""
        return self.report.done if self.report else 0.0

    @property
    def left(self) -> int | None:
        """Give the seconds that are left, about; none where nothing tells."""
        if not self.running or self.done <= 0:
            return None
        gone = time.monotonic() - self.began
        return round(gone * (1 - self.done) / self.done)

    @property
    def wrong(self) -> WeftError | None:
        """Give what was wrong with what was asked."""
        if self.future is None or not self.future.done() or self.future.cancelled():
            return None
        error = self.future.exception()
        return error if isinstance(error, WeftError) else None

    def work(self, make: Make[A, R], keep: Keep[R]) -> None:
        """Make it, report by report, and keep it when it is whole; or be stopped."""
        self.began = time.monotonic()
        with suppress(Stopped):
            with on_processes(cancelled=self.stopped.is_set) as mapper:
                for report in make(self.ask, mapper):
                    self.report = report
                    if self.stopped.is_set():
                        return
            self.kept = keep(report)


class Jobs(Generic[Q, A, R]):
    """The comparisons of this Weft, by number; or its moves."""

    def __init__(self, make: Make[A, R], what: str) -> None:
        """Begin with none. make: how one is made. what: what they are called."""
        self.make, self.what = make, what
        self._pool = ThreadPoolExecutor(1, f"weft-{what}")
        self._turn = threading.Lock()
        self._jobs: OrderedDict[int, Job[Q, A, R]] = OrderedDict()
        self._next = 1

    def start(self, asked: Q, ask: A, keep: Keep[R]) -> Job[Q, A, R]:
        """Begin a comparison, or give the one that is being made of the same ask.

        keep: puts it on record once it is whole.

        Raises ConflictError where too many wait already.
        """
        with self._turn:
            waiting = [job for job in self._jobs.values() if job.running]
            for job in waiting:
                if job.ask == ask and not job.stopped.is_set():
                    return job
            if len(waiting) >= WAITING:
                raise ConflictError(
                    f"{len(waiting)} {self.what} are being made already.",
                    do="Wait for one of them, or stop it.",
                )
            job = self._jobs[self._next] = Job(self._next, asked, ask)
            self._next += 1
            job.future = self._pool.submit(job.work, self.make, keep)
            while len(self._jobs) > KEPT:
                _, oldest = self._jobs.popitem(last=False)
                oldest.stopped.set()
        return job

    def of(self, number: int) -> Job[Q, A, R] | None:
        """Give a comparison by its number."""
        return self._jobs.get(number)

    @property
    def latest(self) -> Job[Q, A, R] | None:
        """Give the one that was asked for last."""
        return next(reversed(self._jobs.values()), None)

    def close(self) -> None:
        """Stop them all."""
        for job in list(self._jobs.values()):
            job.stopped.set()
        self._pool.shutdown(wait=False, cancel_futures=True)
