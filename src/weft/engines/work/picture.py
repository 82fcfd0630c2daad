"""Lanes drawn to scale as one SVG: waits in one colour, work in another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from weft.engines.drawing import FONT
from weft.engines.work.lane import Lane, Tone

FILLS: dict[Tone, str] = {"wait": "#b5533c", "held": "#d9a441", "work": "#2f7a52"}
SAYS: dict[Tone, str] = {
    "wait": "waiting",
    "held": "held by a group: waiting and work, which a log cannot tell apart",
    "work": "work",
}
_WIDE, _LABEL, _ROW, _HEAD, _BAR = 1000, 240, 26, 76, 16


def picture(lanes: Sequence[Lane], title: str) -> str:
    """Draw lanes below each other on one scale of days."""
    longest = max((lane.days for lane in lanes), default=0.0) or 1.0
    parts: list[str] = []
    top = 34.0
    for lane in lanes:
        parts += _lane(lane, top, longest)
        top += _HEAD + _ROW * len(lane.rows)
    tones = [t for t in SAYS if any(p.tone == t for x in lanes for p in x.pieces)]
    for at, tone in enumerate(tones):
        y = top + 22 * at
        parts.append(
            f'<rect x="8" y="{y:g}" width="14" height="14" fill="{FILLS[tone]}"/>'
        )
        parts.append(_text(30, y + 12, SAYS[tone]))
    high = top + 22 * len(tones) + 10
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {high:g}"'
        f' font-family="{FONT}" font-size="14" role="img">'
        f"<title>{escape(title)}</title>"
        f'<rect width="{_WIDE}" height="{high:g}" fill="#ffffff"/>'
        f"{_text(8, 22, title, bold=True)}"
    )
    return f"{head}{''.join(parts)}</svg>\n"


def _lane(lane: Lane, top: float, longest: float) -> Iterator[str]:
    """Draw one lane: a line that sums it up, then a row for each who had it."""
    many = f"{lane.handoffs} handoff{'' if lane.handoffs == 1 else 's'}"
    yield _text(8, top + 8, f"{lane.title}: {many}", bold=True)
    for at, part in enumerate(lane.short.partition(". ")[::2]):  # both fit the picture
        yield _text(8, top + 28 + 18 * at, part)
    scale = (_WIDE - _LABEL - 10) / longest
    for at, (who, pieces) in enumerate(lane.rows):
        y = top + _HEAD - 20 + _ROW * at
        yield _text(8, y + 13, who if len(who) < 32 else f"{who[:30]}…")  # noqa: PLR2004 # what fits
        for piece in pieces:
            x, wide = _LABEL + piece.since * scale, max(1.0, piece.days * scale)
            says = escape(f"{who}: {piece.what}, {piece.days:.2f} days ({piece.state})")
            yield (
                f'<rect x="{x:.1f}" y="{y:g}" width="{wide:.1f}" height="{_BAR}"'
                f' fill="{FILLS[piece.tone]}"><title>{says}</title></rect>'
            )


def _text(x: float, y: float, text: str, *, bold: bool = False) -> str:
    """Write a line of text."""
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}"{weight} fill="#222222">{escape(text)}</text>'
