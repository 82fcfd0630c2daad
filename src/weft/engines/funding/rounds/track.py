"""How promises were kept: what was said 6, 12 and 18 months ahead against what came.

A share kept is what came over what was promised, between 0 and 3. A mission's own
record is drawn towards that of all missions, and theirs towards "kept in full, give
or take a half", as if each had been seen four times: so a first miss is no verdict,
and the fourth is. Reference-class forecasting (Flyvbjerg 2006) with the shrinkage of
Efron and Morris (1975); docs/why/funding.md has it in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import Final

import msgspec

from weft.core.funding.forecast import Age, Benefit, Forecast
from weft.core.funding.fund import Grade
from weft.core.scalars import Month, minor

HORIZONS: Final = (6, 12, 18)
"""Months ahead; a promise counts with the first that is not shorter, or the last."""
WEIGHT: Final = 4
PRIOR_SHARE, PRIOR_SPREAD = 1.0, 0.5
MOST: Final = 3.0
EIGHTY: Final = 1.2816
"""Standard deviations either side within which four of five lie."""


class Promise(msgspec.Struct, frozen=True):
    """A promise that has come due, in minor units a month, and what came."""

    mission: str
    made: Month
    due: Month
    horizon: int
    promised: int
    came: int
    grade: Grade

    @property
    def share(self) -> float:
        """Give what came over what was promised, between 0 and 3."""
        return min(max(self.came / self.promised, 0.0), MOST)


class Kept(msgspec.Struct, frozen=True):
    """What is to be expected of a promise: its share that comes, in hundredths.

    low, high: four of five come between. seen: so many promises of the mission itself.
    """

    share: int
    low: int
    high: int
    seen: int


class Track(msgspec.Struct, frozen=True):
    """The record of a mission, or of all, for each horizon."""

    mission: str
    rows: Mapping[int, tuple[int, int, int, Kept]]
    """By horizon: promises that came due, promised, came, and what to expect next."""


def horizon_of(months: int) -> int:
    """Give the horizon with which a promise counts."""
    return next((h for h in HORIZONS if months <= h), HORIZONS[-1])


def promises(
    forecasts: Iterable[Forecast], benefits: Mapping[str, Benefit], month: Month
) -> list[Promise]:
    """Give the promises that were due before a month and of which is known what came.

    In the order of missions, then of when they were due.
    """
    found = []
    for each in forecasts:
        benefit = benefits.get(f"{each.mission}:{each.due}")
        promised, currency = minor(each.value)
        if benefit is None or each.due >= month or promised <= 0:
            continue
        came, other = minor(benefit.value)
        if other == currency:
            found.append(
                Promise(
                    each.mission,
                    each.made,
                    each.due,
                    horizon_of(each.horizon),
                    promised,
                    came,
                    benefit.grade,
                )
            )
    return sorted(found, key=lambda p: (p.mission, p.due, p.made, p.horizon))


class Experience:
    """The record of all missions, of which each mission's next promise is judged."""

    def __init__(self, kept: Sequence[Promise]) -> None:
        """Add the shares up, by horizon and by mission."""
        self._all: dict[int, list[float]] = {h: [] for h in HORIZONS}
        self._own: dict[tuple[str, int], list[float]] = {}
        for each in kept:
            self._all[each.horizon].append(each.share)
            self._own.setdefault((each.mission, each.horizon), []).append(each.share)
        self._firm = {h: self._of_firm(h) for h in HORIZONS}

    def _of_firm(self, horizon: int) -> tuple[float, float]:
        return _drawn(self._all[horizon], PRIOR_SHARE, PRIOR_SPREAD)

    def expect(self, mission: str, months: int) -> Kept:
        """Tell which share of a promise of a mission, so many months ahead, will come.

        mission: empty for any mission of which nothing is known.
        """
        horizon = horizon_of(months)
        own = self._own.get((mission, horizon), [])
        share, spread = _drawn(own, *self._firm[horizon])
        wide = EIGHTY * spread * sqrt(1 + 1 / (WEIGHT + len(own)))
        low, high = max(share - wide, 0.0), share + wide
        return Kept(
            share=round(share * 100),
            low=round(low * 100),
            high=round(high * 100),
            seen=len(own),
        )


def _drawn(shares: Sequence[float], share: float, spread: float) -> tuple[float, float]:
    """Draw the mean and the spread of what was seen towards what is known besides."""
    count = WEIGHT + len(shares)
    mean = (WEIGHT * share + sum(shares)) / count
    square = WEIGHT * spread**2 + sum((s - mean) ** 2 for s in shares)
    square += WEIGHT * (share - mean) ** 2
    return mean, sqrt(square / count)


def track(kept: Sequence[Promise], missions: Iterable[str]) -> list[Track]:
    """Give the record of all together (named by an empty name) and of each mission."""
    past = Experience(kept)
    found = []
    for mission in ("", *missions):
        rows = {}
        for horizon in HORIZONS:
            own = [
                p for p in kept if p.horizon == horizon and mission in {"", p.mission}
            ]
            promised, came = sum(p.promised for p in own), sum(p.came for p in own)
            rows[horizon] = len(own), promised, came, past.expect(mission, horizon)
        found.append(Track(mission, rows))
    return found


AGEING: Final[Mapping[Age, tuple[float, float]]] = {
    "fresh": (1.0, 1.0),
    "ageing": (2 / 3, 1.25),
    "stale": (1 / 3, 1.5),
    "lapsed": (0.0, 1.0),
}
"""What an old promise counts for beside what is seen, and by how much it is wider."""
