"""What the firm asks for: changes, their efforts and their luck, the same for all."""

from __future__ import annotations

from hashlib import sha256
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from weft.engines.simulation.kernel import exponential, lognormal, uniform
from weft.engines.simulation.kernel.draws import Floats
from weft.engines.simulation.models.setting import Setting

PARTS: Final = ("analysis", "development", "test", "operations")
PASSES: Final = 3
"""So often is a change reworked, at most: what would come back a fourth time does not.
At 30 % rework that is one change in a hundred and twenty."""

# What is drawn; a number once given is never given to another.
GAP, DOMAIN, SPECIALIST, SPECIALIST_DAYS, PLATFORM, PLATFORM_DAYS = range(6)
DELAY, BUDGETED, FAST, CORE, AUTOMATIC, EXCEPTION, SIGN, SPREAD, AGE = range(6, 15)
EFFORT, REWORK, ASK = 20, 30, 40


class Demand(NamedTuple):
    """N changes. Even draws stay even: each model turns them into its own yes or no."""

    arrival: Floats
    domain: NDArray[np.int64]
    effort: Floats
    """[4, N] days of each part."""
    specialist: NDArray[np.bool_]
    specialist_days: Floats
    platform: NDArray[np.bool_]
    platform_days: Floats
    cost_of_delay: Floats
    """[N] a day, 1 on average."""
    core: NDArray[np.bool_]
    budgeted: Floats
    fast: Floats
    automatic: Floats
    exception: Floats
    """[N] and the next two: times of mean 1."""
    sign: Floats
    ask: Floats
    """[PASSES, N]"""
    spread: Floats
    age: Floats
    again: Floats
    """[PASSES, N]"""

    @property
    def urgent(self) -> NDArray[np.int64]:
        """Give the class of each: 0 where a day of delay costs more than average."""
        return (self.cost_of_delay < 1.0).astype(np.int64)

    @property
    def digest(self) -> str:
        """Tell equal demands by a few characters."""
        parts = b"".join(np.ascontiguousarray(part).tobytes() for part in self)
        return sha256(parts).hexdigest()[:16]


def draw_demand(setting: Setting, seed: int, days: float) -> Demand:
    """Draw what a firm asks for in so many working days; nobody can change it."""
    drawn = _drawn(setting, seed, days)
    for part in drawn:
        part.setflags(write=False)
    return drawn


def _drawn(setting: Setting, seed: int, days: float) -> Demand:
    arrival = _arrivals(setting, seed, days)
    of = np.arange(len(arrival))
    value = setting.value

    def even(purpose: int) -> Floats:
        return uniform(seed, purpose, of)

    variation, spread = value("variation"), value("delay_spread")
    asks = value("specialist_work") / value("specialist_days")
    weights = np.cumsum([weight for _, weight in setting.domains])
    return Demand(
        arrival=arrival,
        domain=np.minimum(np.searchsorted(weights, even(DOMAIN)), len(weights) - 1),
        effort=np.stack(
            [
                value(part) * lognormal(even(EFFORT + i), variation)
                for i, part in enumerate(PARTS)
            ]
        ),
        specialist=even(SPECIALIST) < asks / setting.arrivals,
        specialist_days=value("specialist_days") * exponential(even(SPECIALIST_DAYS)),
        platform=even(PLATFORM) < value("platform_share"),
        platform_days=value("platform_days") * exponential(even(PLATFORM_DAYS)),
        cost_of_delay=lognormal(even(DELAY), float(np.expm1(spread**2))),
        core=even(CORE) < value("core_share"),
        budgeted=even(BUDGETED),
        fast=even(FAST),
        automatic=even(AUTOMATIC),
        exception=exponential(even(EXCEPTION)),
        sign=exponential(even(SIGN)),
        ask=np.stack([exponential(even(ASK + i)) for i in range(PASSES)]),
        spread=even(SPREAD),
        age=even(AGE),
        again=np.stack([even(REWORK + i) for i in range(PASSES)]),
    )


def _arrivals(setting: Setting, seed: int, days: float) -> Floats:
    """Give when changes come: at any time, evenly (Poisson)."""
    mean = setting.arrivals * days
    most = int(mean + 6 * np.sqrt(mean) + 20)
    gaps = exponential(uniform(seed, GAP, np.arange(most))) / setting.arrivals
    times = np.cumsum(gaps)
    return np.asarray(times[times < days])
