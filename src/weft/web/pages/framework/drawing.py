"""The threshold curve as a drawing: a line of steps, and where the limit stands.

Both axes are told in thousandths, so that it fits any screen. The line is exact to a
thousandth of the width; the table beside it has the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from weft.engines.guardrails import Curve, Limit

SIDE = 1000
MOST_STOPS = 300
"""So many values of a limit can be chosen by dragging."""
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


class Stop(msgspec.Struct, frozen=True, array_like=True):
    """A value to which a limit can be dragged: where it is drawn, and what breaks.

    value: as it is written in a guardrail; text: as people read it.
    """

    x: float
    value: str
    text: str
    breaks: int


class Drawing(msgspec.Struct, frozen=True):
    """One curve as it is drawn. top: what the height stands for.

    value: the limit as it is written. stops: the values that matter, each the last one
    before something more breaks; of very many some, evenly apart. here: which of them
    it stands at. kind, unit: how a value of it is typed in.
    """

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
    value: str
    stops: tuple[Stop, ...]
    here: int
    kind: str
    unit: str


def drawing(curve: Curve) -> Drawing:
    """Lay out a curve around its steps and the places where the limit stands."""
    limit = curve.limit
    low, high = _ends(curve)
    top = max(curve.breaks) or 1
    line = " ".join(_line(curve, low, high, top))

    def across(value: int) -> float:
        return round((min(max(value, low), high) - low) / (high - low) * 100, 2)

    def mark(value: int) -> Mark:
        return Mark(across(value), words(limit, value), curve.at(value))

    def stop(value: int) -> Stop:
        text = str(limit.plain(value))
        return Stop(across(value), text, words(limit, value), curve.at(value))

    values = _stops(curve)

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
        value=str(limit.plain(limit.typed)),
        stops=tuple(map(stop, values)),
        here=values.index(limit.typed),
        kind={"int": "number", "date": "date"}.get(limit.prop.type, "text"),
        unit=limit.prop.unit if limit.prop.type in {"int", "decimal"} else "",
    )


def _stops(curve: Curve) -> list[int]:
    """Give the values that matter, rising; those where the limit stands among them."""
    starts, limit = curve.starts, curve.limit
    if not limit.rising:  # the last value before the next start
        _, highest = limit.bounds
        last = starts[-1] if highest is None else highest
        starts = (*(start - 1 for start in starts[1:]), last)
    every = -(-len(starts) // MOST_STOPS)
    present = () if curve.present is None else (curve.present,)
    return sorted({*starts[::every], limit.typed, *present})


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
