"""How long things take of which some still wait, with intervals that assume nothing.

Who still waits has waited so long at least, and counts with that (Kaplan and Meier,
"Nonparametric estimation from incomplete observations", JASA 53, 1958): to leave them
out would make everybody look quick, and so would taking them as over today. Intervals
by beta products (Fay, Brittain and Proschan, "Pointwise confidence intervals for a
survival distribution with small samples or heavy censoring", Biostatistics 14, 2013),
matched in mean and variance. Where nothing waits before the last is over, they are
exactly those between two values in order that a binomial count gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from weft.core.records import Record
from weft.engines.transition.spans import Span

_MISSED: Final = 0.025
"""Of samples lie so many beyond each end of an interval of 95 %."""
_ALIKE: Final = 1e-9
_DAY: Final = 86_400.0


class Within(Record, frozen=True, kw_only=True):
    """Days within which a share of all was over, between the ends of 95 %.

    value: none where too many still wait to tell it. low, high: none where there are
    too few for an interval; high alone where it lies among those that still wait. few:
    so few that nobody of them stands for the rest: under two, or under ten for a tenth.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    few: bool = False


class Lasted(Record, frozen=True, kw_only=True):
    """How long some things took: half of them at most, and nine of ten.

    n: how many; waiting: of them not over yet.
    """

    n: int
    waiting: int
    median: Within
    slowest: Within


def lasted(spans: Iterable[Span], until: datetime) -> Lasted:
    """Tell how many days things took, those that still wait until an instant too."""
    told = sorted((_days(span, until), span.ended is None) for span in spans)
    days = [each for each, _ in told]
    over = [not waits for _, waits in told]
    return Lasted(
        n=len(days),
        waiting=over.count(False),
        median=_within(days, over, 0.5),
        slowest=_within(days, over, 0.9),
    )


def _days(span: Span, until: datetime) -> float:
    """Give the days that something took, or has waited until an instant."""
    ended = until if span.ended is None else span.ended
    return max(0.0, (ended - span.began).total_seconds() / _DAY)


def _within(days: Sequence[float], over: Sequence[bool], at: float) -> Within:
    """Give a quantile with its interval, as far as there are enough for either."""
    if len(days) * (1 - at) < 1 - _ALIKE:
        return Within(few=True)
    ends = interval(days, over, at, _MISSED) or (float("inf"), float("inf"))
    low, high = (None if each == float("inf") else each for each in ends)
    return Within(value=_quantile(days, over, at), low=low, high=high)


def _quantile(days: Sequence[float], over: Sequence[bool], at: float) -> float | None:
    """Give the days after which no more than the rest of the curve is left.

    Where it runs level at just that height, the middle of it; not known, where it has
    not left that height yet. Expects the days in order, of equal ones those first that
    are over.
    """
    left, level = 1.0, None
    for place, (day, ended) in enumerate(zip(days, over, strict=True)):
        if not ended:
            continue
        if level is not None:
            return (level + day) / 2
        risk = len(days) - place
        left *= (risk - 1) / risk
        if left < 1 - at - _ALIKE:
            return day
        level = day if left <= 1 - at + _ALIKE else None
    return None


def interval(
    days: Sequence[float], over: Sequence[bool], at: float, missed: float
) -> tuple[float, float] | None:
    """Give the ends between which a quantile lies; infinity where one is not known.

    None where there are so few that no interval holds. Expects the days in order, of
    equal ones those first that are over. missed: the share of samples that lie beyond
    each end; at: from a half on.
    """
    if at ** len(days) > missed:
        return None
    low = _first(_below(over, at, one_more=True), lambda share: share > missed)
    high = _first(_below(over, at, one_more=False), lambda share: share >= 1 - missed)
    return tuple(  # type: ignore[return-value]
        float("inf") if place is None else (days[place - 1] if place else 0.0)
        for place in (low, high)
    )


Share = Callable[[int], float]


def _below(over: Sequence[bool], at: float, *, one_more: bool) -> tuple[int, Share]:
    """Give how likely so little is left after so many, as if one more ended just then.

    What is left is a product of betas, one for each that is over: of as many as had
    not ended before it, and one.
    """
    from scipy.special import betainc  # noqa: PLC0415, slow to load

    n = len(over)
    risk = np.arange(n, 0, -1, dtype=float)
    ended = np.asarray(over, dtype=bool)
    mean = _running(np.where(ended, np.log(risk / (risk + 1)), 0.0))
    spread = _running(np.where(ended, np.log1p(1 / (risk * (risk + 2))), 0.0))

    def share(place: int) -> float:
        log_mean, log_spread = mean[place], spread[place]
        if one_more:
            rest = n - place
            if not rest:
                return 1.0
            log_mean += np.log(rest / (rest + 1))
            log_spread += np.log1p(1 / (rest * (rest + 2)))
        if not log_spread:
            return 0.0  # nothing has ended: all is left
        left = np.exp(log_mean)
        a = (1 - left) / np.expm1(log_spread) - left
        return float(betainc(a, a * (1 - left) / left, 1 - at))

    return n, share


def _running(each: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add up from nothing on."""
    return np.concatenate(([0.0], np.cumsum(each)))


def _first(shares: tuple[int, Share], holds: Callable[[float], bool]) -> int | None:
    """Give the least place at which something holds that stays so after it."""
    n, share = shares
    low, high = 0, n + 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(share(middle)) else (middle + 1, high)
    return low if low <= n else None
