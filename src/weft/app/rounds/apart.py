"""Have HiGHS solve a small firm in a process of its own, which is stopped at once.

HiGHS looks whether it is to stop only between the nodes of its search, and the first
takes seconds; it also writes a line of its own to what a command prints. So it works
apart: whoever cancels ends the process, and what it prints goes nowhere.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection

from weft.engines.allocation import Exact, Problem, best

SOON = 0.05
"""Seconds between two looks whether it is cancelled."""


def solve_apart(cancelled: Callable[[], bool]) -> Callable[[Problem, float], Exact]:
    """Give what solves a small firm in another process until it is cancelled."""

    def solve(problem: Problem, seconds: float) -> Exact:
        context = get_context("forkserver")
        context.set_forkserver_preload([__name__, "scipy.optimize"])
        mine, theirs = context.Pipe(duplex=False)
        child = context.Process(
            target=_solve, args=(theirs, problem, seconds), daemon=True
        )
        child.start()
        theirs.close()
        try:
            while not mine.poll(SOON):
                if cancelled():
                    return Exact()
            found: Exact = mine.recv()
        except EOFError:  # it was ended from elsewhere, as where memory ran out
            return Exact()
        finally:
            child.kill()
            child.join()
            mine.close()
        return found

    return solve


def _solve(answer: Connection, problem: Problem, seconds: float) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    answer.send(best(problem, seconds))
