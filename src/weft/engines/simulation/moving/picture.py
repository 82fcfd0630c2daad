"""A move month by month as small pictures, one for each measure, in SVG."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import floor, log10
from typing import Final, NamedTuple

from weft.engines.drawing import FONT
from weft.engines.simulation.moving.report import SERIES, Transition

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 440, 236, 58, 12, 26, 42
_COLOURS: Final = {"ours": "#3a569b", "other": "#8a8373", "turns": "#b03a2e"}
_LINES: Final = 5
_DIPS: Final = "lead_p50"
"""The measure of which the dip and break-even speak."""
_YEAR: Final = 6
"""Months from one mark to the next."""


def pictures(found: Transition) -> dict[str, str]:
    """Draw each measure by month: who stays, and who moves with the 95 % band."""
    return {name: _alone(found, name) for name in SERIES}


def svg_of(found: Transition) -> str:
    """Draw all measures under each other, in one picture that stands alone."""
    body = ""
    for place, name in enumerate(SERIES):
        parts = "".join(_parts(found, name))
        body += f'<g transform="translate(0 {place * HEIGHT})">{parts}</g>'
    return _svg(len(SERIES) * HEIGHT, f"{_what(found)}, month by month", body)


def _what(found: Transition) -> str:
    return f"{found.title} from {found.before.title} to {found.after.title}"


def _alone(found: Transition, name: str) -> str:
    measure = SERIES[name]
    return _svg(
        HEIGHT, f"{measure.title} of {_what(found)}", "".join(_parts(found, name))
    )


def _svg(height: int, what: str, body: str) -> str:
    name = escape(what)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        f' role="img" aria-label="{name}" font-family="{FONT}" font-size="13"'
        f' fill="currentColor"><title>{name}</title>{body}</svg>'
    )


class _Scale(NamedTuple):
    """Where months and values lie."""

    first: int
    last: int
    low: float
    high: float

    def x(self, month: float) -> float:
        wide = WIDTH - LEFT - RIGHT
        return LEFT + (month - self.first) / (self.last - self.first) * wide

    def y(self, value: float) -> float:
        tall = HEIGHT - TOP - FOOT
        return TOP + (self.high - value) / (self.high - self.low) * tall


def _parts(found: Transition, name: str) -> Iterator[str]:
    months, measure = found.months, SERIES[name]
    stay = [(m.month, m.stay[name]) for m in months]
    moves = [(m.month, m.move[name]) for m in months]
    low = [(m.month, m.stay[name] + m.apart[name].low) for m in months]
    high = [(m.month, m.stay[name] + m.apart[name].high) for m in months]
    ends = [y for line in (stay, moves, low, high) for _, y in line]
    bottom, top = min(*ends, 0.0), max(*ends, 0.0)
    scale = _Scale(months[0].month, months[-1].month, bottom, top or bottom + 1)
    yield f'<text x="0" y="14" font-weight="700">{escape(measure.title)}</text>'
    yield (
        f'<text x="{WIDTH - RIGHT}" y="14" text-anchor="end" fill-opacity="0.8">'
        f"{measure.unit}</text>"
    )
    yield from _marks(scale)
    if found.dip and name == _DIPS:
        yield _shade(scale, found.dip.first, found.dip.last)
    yield from _waves(found, scale)
    if found.even is not None and name == _DIPS:
        yield _upright(scale, found.even)
    yield f'<g class="ours" color="{_COLOURS["ours"]}">{_band(scale, low, high)}</g>'
    yield _line(scale, "other", stay, ' stroke-dasharray="5 3"')
    yield _line(scale, "ours", moves, "")


def _marks(scale: _Scale) -> Iterator[str]:
    """Draw values on the left, and months below."""
    step = _step((scale.high - scale.low) / _LINES)
    mark = floor(scale.high / step) * step
    while mark >= scale.low:
        y, faint = scale.y(mark), 0.5 if mark == 0 else 0.15
        yield (
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"'
            f' stroke="currentColor" stroke-opacity="{faint}"/>'
            f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end"'
            f' fill-opacity="0.8">{_told(mark)}</text>'
        )
        mark -= step
    for month in range(scale.first, scale.last + 1):
        if month == 1 or (month > 0 and month % _YEAR == 0) or month == scale.first:
            yield (
                f'<text x="{scale.x(month):.1f}" y="{HEIGHT - 8}" text-anchor="middle"'
                f' fill-opacity="0.8">{month}</text>'
            )


def _step(least: float) -> float:
    """Give the next round number: 1, 2 or 5 times a power of ten."""
    power = 10.0 ** floor(log10(max(least, 1e-9)))
    return next(power * n for n in (1, 2, 5, 10) if power * n >= least)


def _told(value: float) -> str:
    """Write a mark short enough for the margin."""
    thousand = 1000
    if abs(value) >= 10 * thousand:
        return f"{value / thousand:,.0f}k"
    return f"{value:,.0f}" if value == round(value) else f"{value:.2g}"


def _shade(scale: _Scale, first: int, last: int) -> str:
    left, right = (
        min(max(scale.x(m), LEFT), WIDTH - RIGHT) for m in (first - 0.5, last + 0.5)
    )
    return (
        f'<g class="turns" color="{_COLOURS["turns"]}"><rect x="{left:.1f}" y="{TOP}"'
        f' width="{right - left:.1f}" height="{HEIGHT - TOP - FOOT}"'
        ' fill="currentColor" fill-opacity="0.12"><title>The dip</title></rect></g>'
    )


def _waves(found: Transition, scale: _Scale) -> Iterator[str]:
    """Mark under the picture when each wave moves."""
    y = HEIGHT - FOOT + 4
    for wave in found.waves:
        x = scale.x(wave.month - 0.5)
        yield (
            f'<g class="ours" color="{_COLOURS["ours"]}">'
            f'<path d="M{x:.1f} {y}l4 8h-8z" fill="currentColor">'
            f"<title>{escape(', '.join(wave.missions))}</title></path></g>"
        )


def _upright(scale: _Scale, month: int) -> str:
    x = scale.x(month)
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - FOOT}"'
        ' stroke="currentColor" stroke-width="1.5" stroke-dasharray="2 3">'
        "<title>Break-even</title></line>"
    )


def _band(
    scale: _Scale, low: list[tuple[int, float]], high: list[tuple[int, float]]
) -> str:
    points = " ".join(
        f"{scale.x(m):.1f},{scale.y(value):.1f}" for m, value in [*low, *high[::-1]]
    )
    return f'<polygon points="{points}" fill="currentColor" fill-opacity="0.22"/>'


def _line(
    scale: _Scale, colour: str, values: list[tuple[int, float]], more: str
) -> str:
    points = " ".join(f"{scale.x(m):.1f},{scale.y(value):.1f}" for m, value in values)
    return (
        f'<g class="{colour}" color="{_COLOURS[colour]}"><polyline points="{points}"'
        f' fill="none" stroke="currentColor" stroke-width="2.5"{more}/></g>'
    )
