"""The lead times of all models on one scale, as an SVG that stands alone."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from weft.engines.drawing import FONT
from weft.engines.simulation.comparing.report import Report, Swing, Told

WIDTH, ROW, HEAD, LEFT, RIGHT = 900, 44, 30, 230, 90
_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000)
_LINES: Final = 7
_LETTERS: Final = 27
"""Of a title, beside its row."""


def svg_of(report: Report) -> str:
    """Draw how long changes take under each model: 5 to 95 of a hundred, and half."""
    told = sorted(report.told, key=lambda t: t.figures["lead_p50"].mean)
    height = HEAD + ROW * len(told) + 34
    body = "".join(_parts(report, told, height))
    name = escape(f"Lead times of {report.title} under {len(told)} operating models")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        f' role="img" aria-label="{name}" class="lead-times" font-family="{FONT}"'
        f' font-size="14" fill="currentColor"><title>{name}</title>{body}</svg>'
    )


def _parts(report: Report, told: list[Told], height: int) -> Iterator[str]:
    top = max((t.quantiles.get("95", 1.0) for t in told), default=1.0)
    scale = (WIDTH - LEFT - RIGHT) / top
    step = next((s for s in _STEPS if top / s <= _LINES), _STEPS[-1])
    for mark in range(0, int(top) + 1, step):
        x = LEFT + mark * scale
        yield (
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{HEAD - 6}" y2="{height - 30}"'
            ' stroke="currentColor" stroke-opacity="0.15"/>'
            f'<text x="{x:.1f}" y="{height - 12}" text-anchor="middle"'
            f' fill-opacity="0.75">{mark}</text>'
        )
    yield (
        f'<text x="{LEFT}" y="16" fill-opacity="0.75">working days from asking to'
        " having: thick is half to 85 of a hundred, thin is 5 to 95</text>"
    )
    for place, each in enumerate(told):
        yield from _row(report, each, HEAD + ROW * place + ROW / 2, scale)


def _row(report: Report, told: Told, y: float, scale: float) -> Iterator[str]:
    at = {p: LEFT + told.quantiles.get(p, 0.0) * scale for p in ("5", "50", "85", "95")}
    mine = told.model == report.ours
    weight = "700" if mine else "400"
    colour = "ours" if mine else "other"
    yield (
        f'<text x="{LEFT - 12}" y="{y + 5:.1f}" text-anchor="end"'
        f' font-weight="{weight}">'
        f"<title>{escape(told.title)}</title>{escape(_label(told.title))}</text>"
        f'<g class="{colour}" color="{_COLOURS[colour]}">'
        f'<line x1="{at["5"]:.1f}" x2="{at["95"]:.1f}" y1="{y:.1f}" y2="{y:.1f}"'
        ' stroke="currentColor" stroke-width="2"/>'
        f'<line x1="{at["50"]:.1f}" x2="{at["85"]:.1f}" y1="{y:.1f}" y2="{y:.1f}"'
        ' stroke="currentColor" stroke-width="12"/>'
        f'<circle cx="{at["50"]:.1f}" cy="{y:.1f}" r="7" fill="currentColor"/></g>'
    )
    half = told.figures["lead_p50"].mean
    flag = " unstable" if told.unstable else ""
    yield (
        f'<text x="{at["95"] + 10:.1f}" y="{y + 5:.1f}" font-weight="{weight}">'
        f"{half:.0f} days{flag}</text>"
    )


def _label(title: str) -> str:
    """Give as much of a title as there is room for."""
    return title if len(title) <= _LETTERS else f"{title[: _LETTERS - 1]}…"


def tornado_of(report: Report) -> str:
    """Draw how far each illustrative figure moves the difference, the widest first."""
    swings = report.swings[:_WIDEST]
    if not swings:
        return ""
    ends = [x for s in swings for x in (s.at_low, s.at_high)]
    low, high = min(*ends, 0.0), max(*ends, 0.0)
    scale = (WIDTH - 2 * _PAD) / max(high - low, 1e-9)
    height = HEAD + _TALL * len(swings) + 30
    zero = _PAD - low * scale
    ours = escape(report.of(report.ours).title)
    theirs = escape(report.of(report.theirs).title)
    body = (
        f'<text x="8" y="{height - 6}" fill-opacity="0.75">left of the line,'
        f" {ours} is faster</text>"
        f'<text x="{WIDTH - 8}" y="{height - 6}" text-anchor="end"'
        f' fill-opacity="0.75">right of the line, {theirs} is faster</text>'
    )
    for place, swing in enumerate(swings):
        body += _bar(report, swing, HEAD + _TALL * place, zero, scale)
    name = "How far each illustrative figure moves the difference, in working days"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        f' role="img" aria-label="{name}" font-family="{FONT}" font-size="14"'
        f' fill="currentColor"><title>{name}</title>{body}'
        f'<line x1="{zero:.1f}" x2="{zero:.1f}" y1="4" y2="{height - 24}"'
        ' stroke="currentColor" stroke-width="1.5"/></svg>'
    )


def _bar(report: Report, swing: Swing, top: float, zero: float, scale: float) -> str:
    left, right = sorted((swing.at_low, swing.at_high))
    of = report.title if swing.of == "firm" else report.of(swing.of).title
    colour = "turns" if swing.turns else "other"
    turns = f", turns at {swing.turns_at:.2g}" if swing.turns_at is not None else ""
    says = (
        f"{of}: {swing.title}, {swing.low:g} to {swing.high:g} {swing.unit}"
        f" (here {swing.value:g}{turns})"
    )
    wide = max((right - left) * scale, 2.0)
    return (
        f'<text x="{_PAD}" y="{top + 16:.1f}">{escape(says)}</text>'
        f'<g class="{colour}" color="{_COLOURS[colour]}">'
        f'<rect x="{zero + left * scale:.1f}" y="{top + 22:.1f}" width="{wide:.1f}"'
        f' height="14" rx="3" fill="currentColor"/></g>'
        f'<text x="{zero + left * scale - 6:.1f}" y="{top + 34:.1f}"'
        f' text-anchor="end">{left:+.1f}</text>'
        f'<text x="{zero + right * scale + 6:.1f}" y="{top + 34:.1f}">'
        f"{right:+.1f}</text>"
    )


_WIDEST, _TALL, _PAD = 10, 48, 60
_COLOURS: Final = {"ours": "#3a569b", "other": "#8a8373", "turns": "#b03a2e"}
