"""What a mission is believed to be worth a month, with an interval and its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import median
from typing import Final

import msgspec

from weft.core.funding.forecast import Age, Benefit, Forecast
from weft.core.funding.fund import Grade
from weft.core.funding.months import between
from weft.core.scalars import Month, minor
from weft.engines.funding.rounds.track import AGEING, EIGHTY, Experience, Kept

LATEST: Final = 6
"""So many months of what came are looked at."""
FEWEST: Final = 3
"""With fewer it is too early to say."""
_MAD: Final = 1.4826
"""Makes a median of distances the spread of a bell curve."""
_WIDER: Final = {"A": 1.0, "B": 1.25, "C": 1.5, "D": 2.0}
"""By how much the interval is wider for weaker evidence; illustrative."""


class Belief(msgspec.Struct, frozen=True):
    """Minor units a month over the horizon, if the money stays: four of five between.

    early: too early to say. unknown: neither a benefit nor a promise that still
    counts. months: of what came, that it rests on. age, kept: of the latest promise.
    """

    low: int
    mid: int
    high: int
    early: bool
    unknown: bool
    months: int = 0
    grade: Grade | None = None
    promised: int | None = None
    due: Month | None = None
    age: Age | None = None
    kept: Kept | None = None
    chance: int | None = None


_Three = tuple[float, float, float]


def believe(
    forecasts: Sequence[Forecast],
    benefits: Sequence[Benefit],
    past: Experience,
    month: Month,
    horizon: int,
    *,
    chance: int | None = None,
) -> Belief:
    """Weigh what came lately against what was promised.

    forecasts, benefits: of one mission, in one currency. What came is the median of
    its latest months. A promise is cut to what such promises come to, counts for less
    as it ages, and is reached in a straight line until it is due. chance: of reaching
    it, in hundredths, where readings tell it; it then takes the place of the record.
    """
    latest = sorted((b for b in benefits if b.month < month), key=lambda b: b.month)
    latest = latest[-LATEST:]
    said = sorted((f for f in forecasts if f.made <= month), key=lambda f: f.key)
    said = [f for f in said if f.age(month) != "lapsed"]
    promise = max(said, key=lambda f: (f.made, f.due), default=None)
    seen = _seen(latest)
    if promise is None and seen is None:
        return Belief(0, 0, 0, early=not latest, unknown=True, months=len(latest))
    came = seen or (0.0, 0.0, 0.0)
    whole, kept = came, None
    if promise is not None:
        kept = past.expect(promise.mission, promise.horizon)
        whole = _reached(came, promise, kept, month, horizon, chance=chance)
    low, mid, high = map(round, whole)
    return Belief(
        low,
        mid,
        high,
        early=len(latest) < FEWEST,
        unknown=False,
        months=len(latest),
        grade=_weakest(latest),
        promised=minor(promise.value)[0] if promise else None,
        due=promise.due if promise else None,
        age=promise.age(month) if promise else None,
        kept=kept,
        chance=chance,
    )


def _seen(latest: Sequence[Benefit]) -> _Three | None:
    """Give the median of what came, and where four of five months lie."""
    if len(latest) < FEWEST:
        return None
    values = [minor(b.value)[0] for b in latest]
    middle = median(values)
    spread = _MAD * median(abs(v - middle) for v in values)
    wide = EIGHTY * spread * sqrt(1 + 1 / len(values))
    wide *= _WIDER[_weakest(latest) or "D"]
    return middle - wide, middle, middle + wide


def _reached(
    came: _Three,
    promise: Forecast,
    kept: Kept,
    month: Month,
    horizon: int,
    *,
    chance: int | None,
) -> _Three:
    """Give the mean over the horizon of the way from what came to what is promised."""
    ahead = max(0, between(month, promise.due))
    # A straight line to the month it is due, then level.
    share = 1 - ahead / 2 / horizon if ahead <= horizon else horizon / 2 / ahead
    weight, wider = AGEING[promise.age(month)]
    value = minor(promise.value)[0]
    middle = chance if chance is not None else kept.share
    low = value * max(0.0, middle - (kept.share - kept.low) * wider) / 100
    high = value * (middle + (kept.high - kept.share) * wider) / 100
    said = (low, value * middle / 100, high)
    part = weight * share
    low, mid, high = (
        old + part * (new - old) for old, new in zip(came, said, strict=True)
    )
    return low, mid, high


def _weakest(latest: Sequence[Benefit]) -> Grade | None:
    return max((b.grade for b in latest), default=None)
