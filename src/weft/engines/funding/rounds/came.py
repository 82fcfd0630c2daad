"""What came lately, brought to the money a mission has today.

A month in which it had half the money says little of what it is worth with the whole,
so each is brought along the curve of the fund. The latest months count the most, and
one odd month moves nothing: the middle is a median, each month weighing six tenths of
the one after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from statistics import median
from typing import Final

import msgspec

from weft.core.funding.forecast import Benefit
from weft.core.funding.fund import Grade
from weft.core.scalars import Month, minor
from weft.engines.funding.rounds.track import EIGHTY

LATEST: Final = 6
"""So many months of what came are looked at."""
FEWEST: Final = 3
"""With fewer it is too early to say."""
_FADES: Final = 0.6
_MAD: Final = 1.4826
"""Makes a median of distances the spread of a bell curve."""
_WIDER: Final = {"A": 1.0, "B": 1.25, "C": 1.5, "D": 2.0}
"""By how much the interval is wider for weaker evidence; illustrative."""

Three = tuple[float, float, float]


class Paid(msgspec.Struct, frozen=True):
    """What a mission was paid by month, what it is paid now, and what more brings.

    Minor units; marginal: as in the fund. Where nothing is known of a month it counts
    as it came.
    """

    by: Mapping[Month, int] = {}
    now: int = 0
    marginal: int = 60

    def carried(self, benefit: Benefit) -> float:
        """Give what a benefit would be with the money of today."""
        value, then = minor(benefit.value)[0], self.by.get(benefit.month)
        if not then or not self.now or then == self.now:
            return value
        return value * share_of(self.now, then, self.marginal)


NOT_TOLD: Final = Paid()


def share_of(then: int, now: int, marginal: int) -> float:
    """Give what so much money brings, as a share of what the money now brings.

    The curve on which the next unit always brings `marginal` hundredths of what the
    average one does: there and back again along it changes nothing.
    """
    return float((then / now) ** (marginal / 100))


def came(latest: Sequence[Benefit], paid: Paid) -> Three | None:
    """Give the middle of what came, and where four of five months lie.

    latest: in the order of their months.
    """
    if len(latest) < FEWEST:
        return None
    values = [paid.carried(benefit) for benefit in latest]
    middle = _fading(values)
    spread = _MAD * median(abs(value - middle) for value in values)
    wide = EIGHTY * spread * sqrt(1 + 1 / len(values))
    wide *= _WIDER[weakest(latest) or "D"]
    return middle - wide, middle, middle + wide


def _fading(values: Sequence[float]) -> float:
    """Give the weighted median, the last of the values weighing most."""
    count = len(values)
    weighed = sorted((v, _FADES ** (count - at)) for at, v in enumerate(values))
    left = sum(weight for _, weight in weighed) / 2
    for value, weight in weighed:
        left -= weight
        if left <= 0:
            return value
    return weighed[-1][0]


def weakest(latest: Sequence[Benefit]) -> Grade | None:
    """Give the weakest grade of what came."""
    return max((b.grade for b in latest), default=None)
