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
from weft.engines.funding.rounds.signs import rates
from weft.engines.funding.rounds.track import EIGHTY

LATEST: Final = 6
"""So many months of what came are looked at."""
FEWEST: Final = 3
"""With fewer it is too early to say."""
_FADES: Final = 0.6
_READ: Final = 3
"""So many of the latest months are read to tell what would come now."""
NO_WAY: Final[Mapping[Month, float]] = {}
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
        return self.brought(minor(benefit.value)[0], benefit.month)

    def brought(self, value: float, month: Month) -> float:
        """Give what a value of a month would be with the money of today."""
        then = self.by.get(month)
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


def came(
    latest: Sequence[Benefit], paid: Paid, course: Mapping[Month, float] = NO_WAY
) -> Three | None:
    """Give the middle of what came, and where four of five months lie.

    latest: in the order of their months. course: how far its outcome had come, by
    month; where the two go together, the middle lies half way to what readings tell.
    """
    if len(latest) < FEWEST:
        return None
    values = [paid.carried(benefit) for benefit in latest]
    middle = _fading(values)
    if told := _by_readings(latest, paid, course):
        middle = (middle + told) / 2
    spread = _MAD * median(abs(value - middle) for value in values)
    wide = EIGHTY * spread * sqrt(1 + 1 / len(values))
    wide *= _WIDER[weakest(latest) or "D"]
    return middle - wide, middle, middle + wide


def _by_readings(
    latest: Sequence[Benefit], paid: Paid, course: Mapping[Month, float]
) -> float:
    """Give what would come by the latest readings; zero where they do not tell."""
    if not (told := rates(latest, course)):
        return 0.0
    ways = [paid.brought(course[month], month) for month in sorted(course)[-_READ:]]
    return max(_fading(told) * _fading(ways), 0.0)


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
