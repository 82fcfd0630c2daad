"""What a log measures of the way work goes, as figures that a comparison asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from weft.core.records import Record
from weft.core.work.cases import Case
from weft.engines.simulation.fitting.learning import Floats
from weft.engines.simulation.kernel import uniform

_DAY: Final = 86_400
_WORKING: Final = 230 / 365
_MONTH: Final = 365 / 12
_FEWEST: Final = 30
_AGAIN, _RESAMPLES = 112, 200
_MOST: Final = {"ask_back": 230.0, "volatility": 0.5}


class Measured(Record, frozen=True, kw_only=True):
    """A parameter of an operating model, as the cases of a log have it.

    name: of the parameter. low, high: 95 % interval, by resampling cases. cases: those
    in which it was seen.
    """

    name: str
    value: float
    low: float
    high: float
    unit: str
    cases: int
    says: str


def measured(cases: Sequence[Case], seed: int) -> tuple[Measured, ...]:
    """Measure what can be: how long an answer from the business takes, what changes.

    A figure seen in fewer than 30 cases is left out, and so is one that never changes.
    """
    return tuple(_measured(cases, seed))


def _measured(cases: Sequence[Case], seed: int) -> Iterator[Measured]:
    asked = [told for case in cases if (told := _asked(case))[1]]
    if len(asked) >= _FEWEST:
        says = (
            "an answer from the business takes, on average: time waiting for who asked"
        )
        yield _ratio("ask_back", "working days", says, asked, seed)
    changed = [
        (float(case.changed > 0), case.ended / _DAY / _MONTH)
        for case in cases
        if case.ended
    ]
    if sum(part for part, _ in changed) >= _FEWEST:
        says = "of what is needed that changes in a month, after it was taken up"
        yield _ratio("volatility", "share", says, changed, seed)


def _asked(case: Case) -> tuple[float, float]:
    """Give the working days a case waited for who asked, and how often it began to."""
    days, times, before = 0.0, 0, False
    for each, since, until in case.spans():
        asks = each.holding == "asker"
        times += asks and not before
        days += (until - since) / _DAY * _WORKING if asks else 0.0
        before = asks
    return days, float(times)


def _ratio(
    name: str, unit: str, says: str, told: Sequence[tuple[float, float]], seed: int
) -> Measured:
    """Give the sum of the one over the sum of the other, with its interval."""
    pairs: Floats = np.array(told, np.float64)
    count = len(pairs)
    every = np.arange(count)

    def again(number: int) -> float:
        turn = np.full(count, number)
        at = (uniform(seed, _AGAIN, every, turn) * count).astype(np.int64)
        return _over(pairs[at])

    chance = np.array([again(n) for n in range(_RESAMPLES)])
    most = _MOST[name]
    low, high = (min(float(np.quantile(chance, q)), most) for q in (0.025, 0.975))
    return Measured(
        name=name,
        value=min(_over(pairs), most),
        low=low,
        high=high,
        unit=unit,
        cases=count,
        says=says,
    )


def _over(pairs: Floats) -> float:
    part, whole = pairs.sum(axis=0)
    return float(part / whole) if whole else 0.0
