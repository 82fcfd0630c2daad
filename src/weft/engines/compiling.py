"""Compile inner loops with Numba, once a machine where something can be kept.

Where there is no Numba the same functions run as plain Python, to the same bits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

try:
    from numba import njit
except ImportError:  # no Numba for this Python yet: slow, and the same results

    def njit(**_: object) -> Callable[[Any], Any]:  # type: ignore[no-redef]
        """Leave a function as it is."""
        return lambda function: function

    def keep(function: Callable[..., Any], **options: Any) -> Callable[..., Any]:  # noqa: ARG001
        """Leave a function as it is."""
        return function

else:  # a fault in there is no want of Numba
    from weft.engines.kept import keep


_NUMPY: Final[dict[str, Any]] = {"error_model": "numpy"}
"""Nothing divides by zero, so nothing need look: a tenth of a search."""
_INNER: Final[dict[str, Any]] = {
    **_NUMPY,
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
    "_nrt": False,  # counting who holds an array took two thirds of the time
}


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give the function as machine code; kept beside it, or with the user, if it can.

    Arguments and results are arrays, numbers and tuples of them. Where neither place
    can be written, it is compiled anew in each run. While it runs other threads do too:
    Answers do not wait for a round.
    """
    return keep(function, nogil=True, **_NUMPY)


def inner(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give the function as machine code that only compiled code calls.

    It makes no arrays and gives none back: it works in those that it is handed.
    """
    made: Callable[..., Any] = njit(**_INNER)(function)
    return made


def leaf(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give the function as machine code that is put into each place that calls it.

    For what is called most, from few places: to hand over three tuples of arrays is to
    write four hundred words, which took a third of a search.
    """
    made: Callable[..., Any] = njit(**_INNER, forceinline=True)(function)
    return made
