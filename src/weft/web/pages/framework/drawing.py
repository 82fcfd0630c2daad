"""The threshold curve as a drawing: a line of steps, and where the limit stands.

Both axes are told in thousandths, so that it fits any screen. The line is exact to a
thousandth of the width; the table beside it has the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weft.engines.guardrails import Curve, Limit

SIDE = 1000
MOST_ROWS = 40
"""So many steps are told in the table; of more, some that lie evenly apart."""


class Mark(msgspec.Struct, frozen=True):
    """Where a limit stands: in hundredths of the width, and how many break there."""

    x: float
    text: str
    breaks: int


class Row(msgspec.Struct, frozen=True):
    """From a value on, so many break."""

    text: str
    breaks: int


class Drawing(msgspec.Struct, frozen=True):
    """One curve as it is drawn. top: what the height stands for."""

    title: str
    place: str
    line: str
    area: str
    top: int
    lowest: str
    highest: str
    drafted: Mark
    present: Mark | None
    never: int
    rows: tuple[Row, ...]
    steps: int


def drawing(curve: Curve) -> Drawing:
    """Lay out a curve around its steps and the places where the limit stands."""
    limit = curve.limit
    low, high = _ends(curve)
    top = max(curve.breaks) or 1
    line = " ".join(_line(curve, low, high, top))

    def mark(value: int) -> Mark:
        x = round((value - low) / (high - low) * 100, 2)
        return Mark(x, words(limit, value), curve.at(value))

    return Drawing(
        title=limit.prop.title,
        place=limit.place,
        line=line,
        area=f"{line} V{SIDE} H0 Z",
        top=top,
        lowest=words(limit, low),
        highest=words(limit, high - (limit.prop.type == "rank")),
        drafted=mark(limit.typed),
        present=None if curve.present is None else mark(curve.present),
        never=curve.never,
        rows=tuple(_rows(curve)),
        steps=len(curve.starts),
    )


def _ends(curve: Curve) -> tuple[int, int]:
    """Give the values at both sides of the drawing, within what the limit may be."""
    if curve.limit.prop.type == "rank":
        return 0, len(curve.limit.prop.values)  # each value has its width
    points = [*curve.starts[1:], curve.limit.typed]
    points += [] if curve.present is None else [curve.present]
    low, high = min(points), max(points)
    room = max(1, (high - low) // 12)
    lowest, highest = curve.limit.bounds
    left = low - room if lowest is None else max(lowest, low - room)
    right = high + room if highest is None else min(highest, high + room)
    return left, max(right, left + 1)


def _line(curve: Curve, low: int, high: int, top: int) -> Iterator[str]:
    """Give the steps as the path of a line; of those that fall together the last."""

    def y(breaks: int) -> int:
        return round(SIDE * (1 - breaks / top))

    yield f"M0 {y(curve.at(low))}"
    heights: dict[int, int] = {}
    for start, breaks in zip(curve.starts, curve.breaks, strict=True):
        if low < start <= high:
            heights[round(SIDE * (start - low) / (high - low))] = y(breaks)
    for x, height in heights.items():
        yield f"H{x} V{height}"
    yield f"H{SIDE}"


def _rows(curve: Curve) -> Iterator[Row]:
    """Give the steps in words, or some of them where they are many."""
    every = -(-len(curve.starts) // MOST_ROWS)
    steps = zip(curve.starts[::every], curve.breaks[::every], strict=True)
    for start, breaks in steps:
        yield Row(words(curve.limit, start), breaks)


def words(limit: Limit, typed: int) -> str:
    """Write a value of a limit in the firm's own words."""
    text = limit.text(typed)
    return limit.prop.labels.get(text, text)
