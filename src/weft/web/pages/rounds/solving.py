"""Rounds that are being worked out in the background, one at a time.

Whoever asks is told how far it is, and may stop it: nothing is left behind. What came
of the latest few stays until the firm has changed, or Weft is started anew.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from weft.app.rounds.working_out import Ask, Patience
from weft.engines.allocation import Proposal
from weft.errors import WeftError

_MOST = 12


class Solve:
    """One round that is worked out, and what came of it; done: the share, 0 to 1."""

    def __init__(self, ask: Ask) -> None:
        """Begin nothing yet."""
        self.ask, self.done = ask, 0.0
        self.stopped = threading.Event()
        self.future: Future[Proposal] | None = None

    @property
    def running(self) -> bool:
        """Tell whether it is still worked out, or waits for its turn."""
        return self.future is not None and not self.future.done()

    @property
    def proposal(self) -> Proposal | None:
        """Give what came of it; None while it runs, if stopped, or where it failed."""
        future = self.future
        if future is None or not future.done() or future.cancelled():
            return None
        return None if future.exception() or self.stopped.is_set() else future.result()

    @property
    def wrong(self) -> WeftError | None:
        """Give what was wrong with what was asked."""
        future = self.future
        if future is None or not future.done() or future.cancelled():
            return None
        error = future.exception()
        return error if isinstance(error, WeftError) else None

    def work(self, work_out: Callable[[Ask, Patience], Proposal]) -> Proposal:
        """Work it out, for as long as is asked."""
        until = time.monotonic() + self.ask.limit

        def tell(done: float) -> None:
            self.done = done

        def left() -> float:
            return 0.0 if self.stopped.is_set() else max(until - time.monotonic(), 0.0)

        return work_out(self.ask, Patience(left, self.stopped.is_set, tell))


class Solves:
    """The rounds that are worked out, by month."""

    def __init__(self) -> None:
        """Begin with none."""
        self._pool = ThreadPoolExecutor(1, "weft-round")
        self._turn = threading.Lock()
        self._solves: OrderedDict[str, Solve] = OrderedDict()

    def start(self, ask: Ask, work_out: Callable[[Ask, Patience], Proposal]) -> None:
        """Work a round out, unless it is being worked out already."""
        with self._turn:
            old = self._solves.get(ask.month)
            if old is not None and old.running:
                return
            solve = self._solves[ask.month] = Solve(ask)
            solve.future = self._pool.submit(solve.work, work_out)
            self._solves.move_to_end(ask.month)
            while len(self._solves) > _MOST:
                _, oldest = self._solves.popitem(last=False)
                oldest.stopped.set()

    def latest(self, months: Sequence[str]) -> Proposal | None:
        """Give what came of the first of some months that was worked out."""
        solves = (self._solves.get(month) for month in months)
        found = (solve.proposal for solve in solves if solve is not None)
        return next((each for each in found if each is not None), None)

    def of(self, month: str) -> Solve | None:
        """Give the latest of a month."""
        return self._solves.get(month)

    def stop(self, month: str) -> None:
        """Stop the one of a month; nothing is left of it."""
        with self._turn:
            solve = self._solves.pop(month, None)
        if solve is not None:
            solve.stopped.set()

    def close(self) -> None:
        """Stop them all."""
        for month in list(self._solves):
            self.stop(month)
        self._pool.shutdown(wait=False, cancel_futures=True)
