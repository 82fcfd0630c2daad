"""How a metric moves: the ways it may, weighed by how much its readings speak for each.

A metric has a level that drifts by a steady slope and wanders as a random walk, and is
read with an error: y = level + error, level' = level + slope x time + wandering. How
much it wanders beside the error, and whether it drifts at all, is not chosen but
weighed: eight ratios, each with and without a slope, by their marginal likelihood (that
of the slope as if it were known as well as from one reading, which is what Schwarz's
criterion says; level and scale are left open). Each way gives Student's t for a coming
reading, with a degree of freedom less than there are readings for the level and one for
the slope; the answer is the mixture of all. So three readings give a very wide interval
and sixty a narrow one, and gaps count by the days that passed.

After Harvey, Forecasting, Structural Time Series Models and the Kalman Filter (1989);
de Jong, The Diffuse Kalman Filter (1991); Kass and Wasserman, A Reference Bayesian Test
for Nested Hypotheses and Its Relationship to the Schwarz Criterion (1995).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from weft.engines.outcomes.student import Part

_WANDERING = (0.0, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
_ROUNDED = 12  # the variance of what rounding leaves: a step squared, by this
_DECIMALS, _LEAST = 6, 1e-9


class Motion(NamedTuple):
    """One way in which a metric may move.

    unit: what the other figures are told in: the square of a reading may be no number.
    weight: of all ways, 1 together. level: at the last reading, which the filter gives
    for `when`, the days weighed alike. scale: the variance of one reading's error.
    spread: variance of the level, and wandering: what it gains a day, in that scale.
    slope: a day; slope_spread: its variance in that scale; 0 where there is no slope.
    """

    unit: float
    weight: float
    level: float
    when: float
    last: float
    scale: float
    spread: float
    wandering: float
    slope: float
    slope_spread: float
    freedom: int

    def reading(self, day: float) -> Part:
        """Give the distribution of a reading on a coming day."""
        ahead, away = max(day - self.last, 0.0), day - self.when
        spread = 1 + self.spread + self.wandering * ahead
        spread += self.slope_spread * away * away
        middle = self.level + self.slope * away
        wide = math.sqrt(self.scale * spread)
        return Part(self.weight, self.unit * middle, self.unit * wide, self.freedom)

    @property
    def rate(self) -> Part:
        """Give the distribution of the slope."""
        spread = math.sqrt(self.scale * self.slope_spread)
        slope = self.unit * self.slope
        return Part(self.weight, slope, self.unit * spread, self.freedom)


def motions(days: Sequence[float], values: Sequence[float]) -> list[Motion]:
    """Weigh the ways in which a metric may move; days rise, and are three or more."""
    usual = median(b - a for a, b in pairwise(days))
    unit = max(map(abs, values)) or 1.0
    scaled = [value / unit for value in values]
    floor = max(_rounding(values) / unit, _LEAST) ** 2 / _ROUNDED
    told = [
        way for ratio in _WANDERING for way in _ways(days, scaled, ratio / usual, floor)
    ]
    best = max(weight for weight, _ in told)
    shares = [math.exp(weight - best) for weight, _ in told]
    total = sum(shares)
    return [
        way._replace(weight=share / total, unit=unit)
        for share, (_, way) in zip(shares, told, strict=True)
    ]


def _ways(
    days: Sequence[float], values: Sequence[float], wandering: float, floor: float
) -> Iterator[tuple[float, Motion]]:
    """Give two ways, with a slope and without, and the logarithm of what speaks for it.

    The filter starts from the first reading, as nothing was known before it; the slope
    is what remains of the readings told by what remains of their days.
    """
    level, when, spread = values[0], days[0], 1.0
    whole = shared = timed = size = 0.0
    for at in range(1, len(days)):
        spread += wandering * (days[at] - days[at - 1])
        off, late, error = values[at] - level, days[at] - when, spread + 1
        whole += off * off / error
        shared += off * late / error
        timed += late * late / error
        size += math.log(error)
        level += off * spread / error
        when += late * spread / error
        spread /= error
    n = len(days) - 1
    slope = shared / timed
    for drifts, unexplained in ((1, whole - slope * shared), (0, whole)):
        left = max(unexplained, 0.0) + n * floor
        yield (
            -(size + drifts * math.log(n) + n * math.log(left)) / 2,
            Motion(
                unit=1.0,
                weight=0.0,
                level=level,
                when=when,
                last=days[-1],
                scale=left / (n - drifts),
                spread=spread,
                wandering=wandering,
                slope=drifts * slope,
                slope_spread=drifts / timed,
                freedom=n - drifts,
            ),
        )


def _rounding(values: Sequence[float]) -> float:
    """Give the step to which readings are rounded; at least a little of their size."""
    size = max(map(abs, values)) or 1.0
    for decimals in range(_DECIMALS):
        if all(abs(v - round(v, decimals)) < size * 1e-9 for v in values):
            return 10.0**-decimals
    return size * 1e-6
