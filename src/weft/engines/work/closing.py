"""Whether cases are closed by hand when they are done, or in bulk days later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from weft.core.records import Record
from weft.core.work.cases import Case
from weft.engines.work.quantiles import spread

_DAY = 86_400
_BULK, _LIKELY, _CLOSE = 10, 0.2, 0.1
_MOST = 0.5


class Closing(Record, frozen=True, kw_only=True):
    """How cases are put away.

    says_done: the log tells done from closed, so lead times end with done. days: the
    median from done to closed. bulk: the share closed in one minute with ten others or
    more. automatic: it is bulk work, or comes after a fixed time: not work, and no wait
    of whoever asked.
    """

    closed: int
    says_done: bool
    days: float | None
    bulk: float | None
    automatic: bool


def closing(cases: Sequence[Case]) -> Closing:
    """Tell how cases are put away."""
    ended = [case for case in cases if case.ended is not None]
    closed = [case for case in cases if case.closed is not None]
    done = [case for case in ended if not case.unsolved]
    minutes = Counter(
        (case.opened + timedelta(seconds=case.closed or 0)).replace(second=0)
        for case in closed
    )
    many = sum(count for count in minutes.values() if count > _BULK)
    bulk = many / len(closed) if closed else None
    lags = sorted(
        (case.closed - case.ended) / _DAY
        for case in done
        if case.closed is not None and case.ended is not None
    )
    told = spread(lags)
    fixed = len(lags) > _BULK and _steady(lags)
    return Closing(
        closed=len(closed),
        says_done=len(done) >= _MOST * max(1, len(ended)),
        days=told.median,
        bulk=bulk,
        automatic=fixed or (bulk or 0) >= _LIKELY,
    )


def _steady(lags: Sequence[float]) -> bool:
    """Tell whether half of the waits to be closed are as good as equal, and long."""
    low, middle, high = (lags[int(len(lags) * q)] for q in (0.25, 0.5, 0.75))
    return middle >= 1 and high - low <= _CLOSE * middle
