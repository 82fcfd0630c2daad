"""Readings that stand alone: shown, and not counted until another is like them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

FEWEST = 7
"""Of fewer readings none can be said to stand alone."""
_FAR = 5.0
_SIDE = 2
_TO_DEVIATION = 1.4826  # from the median of distances, where they are normal


def alone(days: Sequence[float], values: Sequence[float]) -> frozenset[int]:
    """Give the places of readings that lie far from what their neighbours say.

    What is left of each after a straight line through all (Theil and Sen: the median of
    all slopes) is compared with the median of the two before and the two after it, in
    units of how far readings usually are from that. A step that lasts is none: its
    second reading is like its first.
    """
    if len(days) < FEWEST:
        return frozenset()
    slope = _middle_slope(days, values)
    left = [v - slope * d for d, v in zip(days, values, strict=True)]
    away = [
        each - median(left[max(0, at - _SIDE) : at + _SIDE + 1])
        for at, each in enumerate(left)
    ]
    usual = _TO_DEVIATION * median(map(abs, away))
    usual = max(usual, _TO_DEVIATION * _step(left) / math.sqrt(2))
    return frozenset(at for at, far in enumerate(away) if abs(far) > _FAR * usual > 0)


def _step(left: Sequence[float]) -> float:
    """Give how far a reading usually is from the one before."""
    return median(abs(b - a) for a, b in pairwise(left))


def _middle_slope(days: Sequence[float], values: Sequence[float]) -> float:
    """Give the median of the slopes between readings; of some where they are many."""
    n = len(days)
    stride = max(1, n * n // _PAIRS)
    slopes = [
        (values[b] - values[a]) / (days[b] - days[a])
        for a in range(n)
        for b in range(a + 1, n, stride)
        if days[b] > days[a]
    ]
    return median(slopes) if slopes else 0.0


_PAIRS = 4_000
