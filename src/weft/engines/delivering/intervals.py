"""A figure from few observations, with its interval, or that they are too few."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, sqrt

import msgspec

FEWEST = 6
"""Of fewer no interval of a median reaches 95 %: with five it is 93.75 %."""
_Z = 1.959964
"""Of a normal distribution, 95 % lie within so many deviations."""
_RISK = 0.05


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured: a value with the interval in which it lies with 95 %.

    n: so many observations it rests on. value: None where these are too few to say.
    """

    n: int
    unit: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


def median(observed: Sequence[float], unit: str) -> Figure:
    """Give the median, with an interval that assumes nothing of how they spread.

    Between two of the observations in order, so far from the ends that fewer than 5 %
    of samples would miss the median: a sign test turned round.
    """
    n, ordered = len(observed), sorted(observed)
    if n < FEWEST:
        return Figure(n=n, unit=unit)
    middle = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    outside, skipped = 2 * 0.5**n, 0
    while (more := outside + 2 * comb(n, skipped + 1) * 0.5**n) <= _RISK:
        outside, skipped = more, skipped + 1
    return Figure(
        n=n, unit=unit, value=middle, low=ordered[skipped], high=ordered[-1 - skipped]
    )


def share(part: int, n: int) -> Figure:
    """Give a share in per cent, with Wilson's interval, which holds near 0 and 100."""
    if n < FEWEST:
        return Figure(n=n, unit="%")
    rate, z2 = part / n, _Z**2
    centre = (rate + z2 / (2 * n)) / (1 + z2 / n)
    reach = _Z * sqrt(rate * (1 - rate) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    low, high = max(0.0, centre - reach), min(1.0, centre + reach)
    return Figure(n=n, unit="%", value=100 * rate, low=100 * low, high=100 * high)


def rate(weeks: Sequence[int], unit: str) -> Figure:
    """Give how many come in a week, from the count of each.

    The interval is that of a Poisson count, on its root, made as much wider as the
    weeks spread more than chance alone would let them: what comes comes in clumps.
    """
    n, count = sum(weeks), len(weeks)
    if n < FEWEST:
        return Figure(n=n, unit=unit)
    mean = n / count
    spread = sum((week - mean) ** 2 for week in weeks) / max(1, count - 1)
    reach = _Z * sqrt(max(1.0, spread / mean)) / 2
    low = max(0.0, sqrt(n) - reach) ** 2 / count
    high = (sqrt(n + 1) + reach) ** 2 / count
    return Figure(n=n, unit=unit, value=mean, low=low, high=high)
