"""Before and after beside a control: few false effects, and most true ones."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from weft.core.outcomes.reading import Reading
from weft.engines.outcomes.beside import Span, beside, moved

DAY = date(2026, 1, 1)
SPAN = Span(DAY, DAY)


def series(
    chance: random.Random,
    n: int,
    *,
    alike: float = 0.0,
    trend: float = 0.0,
    effect: float = 0.0,
) -> list[Reading]:
    """Give n readings before a day and n after it, which neighbours are alike in."""
    off, read = chance.gauss(0, 1), []
    for k in range(-n, n):
        off = alike * off + chance.gauss(0, (1 - alike**2) ** 0.5)
        on = DAY + timedelta(days=14 * k + 7)
        value = off + trend * k + effect * (k >= 0)
        read.append(Reading(metric="m", on=on, value=value))
    return read


def shares(n: int, runs: int = 300, **more: float) -> tuple[float, float]:
    """Give how often it is called better, and how often apart before."""
    chance = random.Random(11)  # noqa: S311 # a simulation
    better = apart = 0
    common = {k: v for k, v in more.items() if k != "effect"}
    for _ in range(runs):
        metric = moved(series(chance, n, **more), SPAN)
        control = moved(series(chance, n, **common), SPAN)
        assert metric is not None
        assert control is not None
        found = beside(metric, control)
        better += found.low > 0 and not found.apart
        apart += found.apart
    return better / runs, apart / runs


@pytest.mark.parametrize(
    ("n", "alike", "trend"),
    [(4, 0.0, 0.0), (12, 0.0, 0.0), (12, 0.4, 0.0), (6, 0.0, 0.5)],
)
def test_without_an_effect_few_are_called_better(
    n: int, alike: float, trend: float
) -> None:
    better, apart = shares(n, alike=alike, trend=trend)
    assert better <= 0.05
    assert apart <= 0.09


def test_a_real_effect_is_found() -> None:
    assert shares(12, effect=2.0)[0] > 0.7


def test_what_happens_to_both_falls_out() -> None:
    chance = random.Random(4)  # noqa: S311 # a simulation
    both = [moved(series(chance, 12, effect=5), SPAN) for _ in range(2)]
    one, other = both
    assert one is not None
    assert other is not None
    assert one.by > 3
    found = beside(one, other)
    assert found.low < 0 < found.high


def test_who_moved_apart_before_is_no_control() -> None:
    chance = random.Random(5)  # noqa: S311 # a simulation
    rising = moved(series(chance, 12, trend=1.0), SPAN)
    still = moved(series(chance, 12), SPAN)
    assert rising is not None
    assert still is not None
    assert beside(rising, still).apart


def test_three_readings_before_are_too_few() -> None:
    chance = random.Random(7)  # noqa: S311 # a simulation
    read = series(chance, 4)
    assert moved(read, SPAN) is not None
    assert moved(read[1:], SPAN) is None
    late = Span(DAY, DAY + timedelta(days=20))  # adopted after the first reading
    assert moved(read, late) is None


def test_readings_without_any_scatter_move_by_what_they_moved() -> None:
    days = [DAY + timedelta(days=14 * k) for k in range(-5, 5)]
    flat = [Reading(metric="m", on=day, value=1.0) for day in days]
    step = [Reading(metric="m", on=r.on, value=1.0 + (r.on >= DAY)) for r in flat]
    metric, control = moved(step, SPAN), moved(flat, SPAN)
    assert metric is not None
    assert control is not None
    assert beside(metric, control) == (1.0, 1.0, 1.0, False)
