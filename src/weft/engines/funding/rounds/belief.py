"""What a mission is believed to be worth a month, with an interval and its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from weft.core.funding.forecast import Age, Benefit, Forecast
from weft.core.funding.fund import Grade
from weft.core.funding.months import between
from weft.core.scalars import Month, minor
from weft.engines.funding.rounds.came import (
    FEWEST,
    LATEST,
    NOT_TOLD,
    Paid,
    Three,
    came,
    weakest,
)
from weft.engines.funding.rounds.signs import NO_SIGNS, Signs, rates
from weft.engines.funding.rounds.track import AGEING, Experience, Kept

_SUREST: Final = 0.2
"""What came goes on within a tenth either side at best; illustrative."""


class Belief(msgspec.Struct, frozen=True):
    """Minor units a month over the horizon, if the money stays: four of five between.

    early: too early to say. unknown: neither a benefit nor a promise that still
    counts. months: of what came, that it rests on. age, kept: of the latest promise.
    by_readings: whether the readings of its outcome told what would come now.
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
    by_readings: bool = False


def believe(
    forecasts: Sequence[Forecast],
    benefits: Sequence[Benefit],
    past: Experience,
    month: Month,
    horizon: int,
    *,
    paid: Paid = NOT_TOLD,
    signs: Signs = NO_SIGNS,
) -> Belief:
    """Weigh what came lately against what was promised.

    forecasts, benefits: of one mission, in one currency. paid: what it was paid, by
    which what came is brought to the money of today. A promise is cut to what such
    promises come to, counts for less as it ages, and is reached in a straight line
    until it is due. signs: of its outcome: the chance of reaching it takes the place of
    the record, what is promised if so, else what came; and its readings tell what would
    come now, where the two have gone together.
    """
    latest = sorted((b for b in benefits if b.month < month), key=lambda b: b.month)
    latest = latest[-LATEST:]
    said = sorted((f for f in forecasts if f.made <= month), key=lambda f: f.key)
    said = [f for f in said if f.age(month) != "lapsed"]
    promise = max(said, key=lambda f: (f.made, f.due), default=None)
    seen = came(latest, paid, signs.course)
    if promise is None and seen is None:
        return Belief(0, 0, 0, early=not latest, unknown=True, months=len(latest))
    whole, kept = seen or (0.0, 0.0, 0.0), None
    if promise is not None:
        kept = past.expect(promise.mission, promise.horizon)
        whole = _reached(whole, promise, kept, month, horizon, chance=signs.chance)
    low, mid, high = map(round, whole)
    return Belief(
        low,
        mid,
        high,
        early=len(latest) < FEWEST,
        unknown=False,
        months=len(latest),
        grade=weakest(latest),
        promised=minor(promise.value)[0] if promise else None,
        due=promise.due if promise else None,
        age=promise.age(month) if promise else None,
        kept=kept,
        chance=signs.chance if promise else None,
        by_readings=bool(seen and rates(latest, signs.course)),
    )


def _reached(
    seen: Three,
    promise: Forecast,
    kept: Kept,
    month: Month,
    horizon: int,
    *,
    chance: int | None,
) -> Three:
    """Give the mean over the horizon of the way from what came to what is promised."""
    ahead = max(0, between(month, promise.due))
    # A straight line to the month it is due, then level.
    share = 1 - ahead / 2 / horizon if ahead <= horizon else horizon / 2 / ahead
    weight, wider = AGEING[promise.age(month)]
    value = minor(promise.value)[0]
    middle = value * kept.share / 100
    if chance is not None:
        middle = (value * chance + max(seen[1], 0.0) * (100 - chance)) / 100
    low = max(0.0, middle - value * (kept.share - kept.low) / 100 * wider)
    high = middle + value * (kept.high - kept.share) / 100 * wider
    said = (low, middle, high)
    part = weight * share * _surer(said, seen)
    low, mid, high = (
        old + part * (new - old) for old, new in zip(seen, said, strict=True)
    )
    return low, mid, high


def _surer(said: Three, seen: Three) -> float:
    """Give what a promise counts for beside what came: the narrower counts for more.

    A mission that never said what came has its promise alone.
    """
    if not seen[1]:
        return 1.0
    wide = max(seen[2] - seen[0], abs(seen[1]) * _SUREST) ** 2
    return wide / (wide + (said[2] - said[0]) ** 2)
