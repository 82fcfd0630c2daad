"""The burn-down as a drawing: open items by day, and the line to the last day.

Both axes are told in thousandths, so that it fits any screen. The table beside it has
the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from weft.engines.guardrails import Burn

SIDE = 1000


class Row(msgspec.Struct, frozen=True):
    """From the end of a day on, so many were open, and so many by the even line."""

    day: date
    open: int
    even: int


class Burning(msgspec.Struct, frozen=True):
    """A burn-down as it is drawn. even: the line that falls evenly to the last day.

    today: where the day looked at stands, in thousandths; last: where the last is.
    """

    burn: Burn
    first: date
    end: date
    line: str
    area: str
    today: int
    last: int
    rows: tuple[Row, ...]

    @property
    def mended(self) -> int:
        """Give how many are mended."""
        return self.burn.recorded - self.burn.open


def burning(burn: Burn, today: date) -> Burning:
    """Lay out a burn-down from its first day to its last, or to today if later."""
    first = burn.steps[0].day
    end = max(burn.until, today)
    days = (end - first).days or 1

    def x(day: date) -> int:
        return round(SIDE * (day - first).days / days)

    line = " ".join(_line(burn, x(today), [x(s.day) for s in burn.steps]))
    return Burning(
        burn=burn,
        first=first,
        end=end,
        line=line,
        area=f"{line} V{SIDE} H0 Z",
        today=x(today),
        last=x(burn.until),
        rows=tuple(_rows(burn, today)),
    )


def _line(burn: Burn, today: int, places: list[int]) -> Iterator[str]:
    """Give the steps as the path of a line, up to today."""
    top = burn.recorded or 1
    for number, (place, step) in enumerate(zip(places, burn.steps, strict=True)):
        y = round(SIDE * (1 - step.open / top))
        yield f"H{place} V{y}" if number else f"M0 {y}"
    yield f"H{today}"


def _rows(burn: Burn, today: date) -> Iterator[Row]:
    """Tell each step, and today, beside what an even pace would have left."""
    days = (burn.until - burn.steps[0].day).days or 1
    steps = [(step.day, step.open) for step in burn.steps]
    if steps[-1][0] < today:
        steps.append((today, burn.open))
    for day, left in steps:
        gone = min(1.0, (day - burn.steps[0].day).days / days)
        yield Row(day, left, round(burn.recorded * (1 - gone)))
