"""A trajectory as a drawing: what was read, where it goes, and what it is to reach.

Both axes are told in thousandths, so that it fits any screen. The table beside it has
the numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from weft.core.outcomes.outcome import Outcome
from weft.core.outcomes.reading import Reading
from weft.engines.outcomes.trajectory import Trajectory

SIDE = 1000
_MARGIN = 0.06
_WIDEST = 2.0  # as high as all else, the interval is drawn; the table has all of it


class Drawn(msgspec.Struct, frozen=True):
    """A trajectory as it is drawn.

    line, dots, odd: the readings, and those that stand alone. band, middle: the days to
    come. target, today, due: where these lines stand; None where there is none.
    """

    line: str
    dots: str
    odd: str
    band: str
    middle: str
    target: int | None
    today: int
    due: int | None
    high: float
    low: float
    first: date
    last: date


def drawn(
    readings: Sequence[Reading], told: Trajectory, goal: Outcome | None, today: date
) -> Drawn | None:
    """Lay a trajectory out; nothing where there is nothing to be seen."""
    if not readings:
        return None
    first, last = readings[0].on, max(today, readings[-1].on)
    if goal is not None:
        last = max(last, goal.by)
    days = max((last - first).days, 1)
    low, high = _range(readings, told, goal)

    def x(day: date) -> int:
        return round(SIDE * (day - first).days / days)

    def y(value: float) -> int:
        return round(SIDE * (1 - (min(max(value, low), high) - low) / (high - low)))

    counted = [r for r in readings if r.on not in told.left_out]
    path = told.path
    start = [(x(counted[-1].on), y(counted[-1].value))] if path else []
    upper = [(x(p.on), y(p.value.high)) for p in path]
    lower = [(x(p.on), y(p.value.low)) for p in reversed(path)]
    between = [(x(p.on), y(p.value.middle)) for p in path]
    return Drawn(
        line=_line((x(r.on), y(r.value)) for r in counted),
        dots=_dots((x(r.on), y(r.value)) for r in counted),
        odd=_dots((x(r.on), y(r.value)) for r in readings if r.on in told.left_out),
        band=f"{_line([*start, *upper, *lower])}Z" if path else "",
        middle=_line([*start, *between]) if path else "",
        target=None if goal is None else y(goal.target),
        today=x(today),
        due=None if goal is None else x(goal.by),
        high=high,
        low=low,
        first=first,
        last=last,
    )


def _range(
    readings: Sequence[Reading], told: Trajectory, goal: Outcome | None
) -> tuple[float, float]:
    """Give the least and the greatest value that is drawn."""
    values = [r.value for r in readings]
    if goal is not None:
        values += [goal.target, *([] if goal.baseline is None else [goal.baseline])]
    low, high = min(values), max(values)
    size = (high - low) or abs(high) or 1.0
    ends = [end for p in told.path for end in (p.value.low, p.value.high)]
    if ends:
        low = max(min(low, *ends), low - size * _WIDEST)
        high = min(max(high, *ends), high + size * _WIDEST)
    margin = (high - low or size) * _MARGIN
    return (low if low == 0 else low - margin), high + margin


def _line(places: Iterable[tuple[int, int]]) -> str:
    """Give a path through places."""
    return " ".join(f"{'L' if n else 'M'}{x} {y}" for n, (x, y) in enumerate(places))


def _dots(places: Iterable[tuple[int, int]]) -> str:
    """Give a path of dots: lines of no length, with round ends."""
    return " ".join(f"M{x} {y}h0" for x, y in places)
