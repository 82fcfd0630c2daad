"""Before and after, beside a control: by how much more one metric moved than another.

The mean of the readings after a day less that of those before it, and from that the
same of a control that the change left alone: what happened to both falls out. Readings
near in time are alike, so each mean counts as one of fewer readings, by how alike
neighbours are (their lag-one correlation); the interval is Student's, with Welch's
degrees of freedom. Where the two moved apart before the day already, the control is
none. Known as difference in differences: Card and Krueger, Minimum Wages and
Employment (1994); for alike neighbours, Bertrand, Duflo and Mullainathan, How Much
Should We Trust Differences-in-Differences Estimates (2004).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean
from typing import NamedTuple

from weft.core.outcomes.reading import Reading
from weft.engines.outcomes.student import Part, quantile

FEWEST = 4
"""Readings of each metric before the change and after it, at least."""
WINDOW = timedelta(days=365)
"""So long before and after it at most is looked at."""
_SURE = 0.975
_MOST_ALIKE = 0.9


class Span(NamedTuple):
    """When a change came: until the one day all was as before, from the other new."""

    until: date
    start: date


class Moved(NamedTuple):
    """By how much a metric moved, from before a change to after it.

    before, after: the means; error: the variance of their difference, and freedom its
    degrees; n: readings before and after. drift: a day, before the change, with its
    variance and degrees of freedom.
    """

    before: float
    after: float
    n: tuple[int, int]
    error: float
    freedom: float
    drift: float
    drift_error: float

    @property
    def by(self) -> float:
        """Give by how much it moved."""
        return self.after - self.before


class Effect(NamedTuple):
    """By how much more a metric moved than its control; 95 % lie in between.

    apart: they moved apart before the change already.
    """

    value: float
    low: float
    high: float
    apart: bool


def around(
    readings: Sequence[Reading], span: Span
) -> tuple[list[Reading], list[Reading]]:
    """Give the readings of a year before a change, and of one after it."""
    first, last = span.until - WINDOW, span.start + WINDOW
    before = [r for r in readings if first <= r.on < span.until]
    return before, [r for r in readings if span.start <= r.on <= last]


def moved(readings: Sequence[Reading], span: Span) -> Moved | None:
    """Tell how a metric moved; None where it was read too seldom."""
    before, after = around(readings, span)
    if min(len(before), len(after)) < FEWEST:
        return None
    sides = [[r.value for r in some] for some in (before, after)]
    alike = _alike(sides)
    errors = [_error(side, alike) for side in sides]
    days = [float((r.on - span.until).days) for r in before]
    drift, drift_error = _drift(days, sides[0], alike)
    return Moved(
        before=fmean(sides[0]),
        after=fmean(sides[1]),
        n=(len(before), len(after)),
        error=sum(errors),
        freedom=_freedom(errors, [len(side) - 1 for side in sides]),
        drift=drift,
        drift_error=drift_error,
    )


def beside(metric: Moved, control: Moved) -> Effect:
    """Tell by how much more a metric moved than its control."""
    value = metric.by - control.by
    errors = [metric.error, control.error]
    freedom = _freedom(errors, [metric.freedom, control.freedom])
    reach = _reach(sum(errors), freedom)
    errors = [metric.drift_error, control.drift_error]
    freedom = _freedom(errors, [metric.n[0] - 2, control.n[0] - 2])
    apart = abs(metric.drift - control.drift) > _reach(sum(errors), freedom) > 0
    return Effect(value, value - reach, value + reach, apart)


def _reach(variance: float, freedom: float) -> float:
    """Give half the width of an interval."""
    part = Part(1.0, 0.0, 1.0, max(1, math.floor(freedom)))
    return quantile([part], _SURE) * math.sqrt(variance)


def _freedom(errors: Sequence[float], freedoms: Sequence[float]) -> float:
    """Give the degrees of freedom of a sum of variances (Welch, Satterthwaite)."""
    if not (total := sum(errors)):
        return min(freedoms)
    parts = (error**2 / max(n, 1) for error, n in zip(errors, freedoms, strict=True))
    return total**2 / sum(parts)


def _alike(sides: Sequence[Sequence[float]]) -> float:
    """Tell how alike neighbours are: their correlation, less what chance takes off."""
    shared = whole = 0.0
    for side in sides:
        middle = fmean(side)
        off = [value - middle for value in side]
        shared += sum(a * b for a, b in pairwise(off))
        whole += sum(each * each for each in off)
    n = sum(map(len, sides))
    told = shared / whole + 2 * len(sides) / n if whole else 0.0
    return min(max(told, 0.0), _MOST_ALIKE)


def _error(side: Sequence[float], alike: float) -> float:
    """Give the variance of a mean of readings that are alike."""
    middle, n = fmean(side), len(side)
    variance = sum((value - middle) ** 2 for value in side) / (n - 1)
    return variance / n * (1 + alike) / (1 - alike)


def _drift(
    days: Sequence[float], values: Sequence[float], alike: float
) -> tuple[float, float]:
    """Give the slope of a straight line through readings, and its variance."""
    middle, level = fmean(days), fmean(values)
    wide = sum((day - middle) ** 2 for day in days)
    slope = sum(
        (day - middle) * (value - level)
        for day, value in zip(days, values, strict=True)
    )
    slope /= wide
    left = sum(
        (value - level - slope * (day - middle)) ** 2
        for day, value in zip(days, values, strict=True)
    )
    error = left / (len(days) - 2) / wide
    return slope, error * (1 + alike) / (1 - alike)
