"""Student's t, and mixtures of it: how likely is less than this."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

_STEPS = 50


class Part(NamedTuple):
    """One part of a mixture: Student's t around a middle, of a scale."""

    weight: float
    middle: float
    scale: float
    freedom: int


def below(t: float, freedom: int) -> float:
    """Give the probability of less than t, by the closed form for whole degrees.

    Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
    """
    angle = math.atan2(t, math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = freedom % 2
    term = total = 1.0
    for k in range(2 if odd else 1, freedom - 1, 2):
        term *= cosine * cosine * k / (k + 1)
        total += term
    if not odd:
        return 0.5 + sine * total / 2
    inside = angle + (sine * cosine * total if freedom > 1 else 0.0)
    return 0.5 + inside / math.pi


def probability(parts: Sequence[Part], value: float) -> float:
    """Give the probability of less than a value."""
    told = sum(
        p.weight * below((value - p.middle) / p.scale, p.freedom)
        for p in parts
        if p.weight > _NOTHING
    )
    return min(max(told, 0.0), 1.0)


def quantile(parts: Sequence[Part], wanted: float) -> float:
    """Give the value below which a mixture lies with a probability.

    Found between two bounds by false position (Illinois): a few steps are enough.
    """
    parts = [p for p in parts if p.weight > _LITTLE]
    total = sum(p.weight for p in parts)
    parts = [p._replace(weight=p.weight / total) for p in parts]
    low = min(p.middle - p.scale for p in parts)
    high = max(p.middle + p.scale for p in parts)
    size = high - low
    while (under := probability(parts, low) - wanted) > 0:
        low, size = low - size, size * 2
    while (over := probability(parts, high) - wanted) < 0:
        high, size = high + size, size * 2
    side = 0
    while high - low > _NEAR * size:
        at = (low * over - high * under) / (over - under) if over > under else low
        found = probability(parts, at) - wanted
        if abs(found) < _EXACT:
            return at
        if found < 0:
            low, under = at, found
            over = over / 2 if side < 0 else over
            side = -1
        else:
            high, over = at, found
            under = under / 2 if side > 0 else under
            side = 1
    return (low + high) / 2


_NOTHING, _LITTLE = 1e-9, 1e-3
_NEAR, _EXACT = 1e-9, 1e-4
