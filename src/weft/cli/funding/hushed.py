"""What a solver prints beside its answer, kept out of what a command prints."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def hushed() -> Iterator[None]:
    """Send what the solver's own library prints to nowhere, and nothing else.

    HiGHS tells on the standard output that it mends a rounding, whatever it is asked,
    and a command that prints JSON would print that before it.
    """
    sys.stdout.flush()
    kept = os.dup(1)
    try:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            yield
    finally:
        with suppress(OSError, TypeError):  # a system without a library to ask
            ctypes.CDLL(None).fflush(None)
        os.dup2(kept, 1)
        os.close(kept)
