"""The lead times of all models on one scale, as an SVG that stands alone."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from weft.engines.simulation.comparing.report import Report, Told

WIDTH, ROW, HEAD, LEFT, RIGHT = 900, 44, 30, 230, 90
_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000)
_LINES: Final = 7


def svg_of(report: Report) -> str:
    """Draw how long changes take under each model: 5 to 95 of a hundred, and half."""
    told = sorted(report.told, key=lambda t: t.figures["lead_p50"].mean)
    height = HEAD + ROW * len(told) + 34
    body = "".join(_parts(report, told, height))
    name = escape(f"Lead times of {report.title} under {len(told)} operating models")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
        f' role="img" aria-label="{name}" class="lead-times" font-family="sans-serif"'
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
        f"{escape(told.title)}</text>"
        f'<line x1="{at["5"]:.1f}" x2="{at["95"]:.1f}" y1="{y:.1f}" y2="{y:.1f}"'
        f' stroke="{_COLOURS[colour]}" stroke-width="2" class="{colour}"/>'
        f'<line x1="{at["50"]:.1f}" x2="{at["85"]:.1f}" y1="{y:.1f}" y2="{y:.1f}"'
        f' stroke="{_COLOURS[colour]}" stroke-width="12" class="{colour}"/>'
        f'<circle cx="{at["50"]:.1f}" cy="{y:.1f}" r="7" fill="{_COLOURS[colour]}"'
        f' class="{colour}"/>'
    )
    half = told.figures["lead_p50"].mean
    flag = " unstable" if told.unstable else ""
    yield (
        f'<text x="{at["95"] + 10:.1f}" y="{y + 5:.1f}" font-weight="{weight}">'
        f"{half:.0f} days{flag}</text>"
    )


_COLOURS: Final = {"ours": "#2f6f4f", "other": "#8a8577"}
