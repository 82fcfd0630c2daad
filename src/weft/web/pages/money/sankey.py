"""A flow of money as a drawing: three columns of places, and streams between them.

Sizes are in the units of the drawing: a place is as high as what flows through it, and
no stream crosses its own place. The table beside it has the numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from weft.core.money.postings import UNMAPPED
from weft.core.scalars import amount
from weft.engines.funding.ledger import NO_FUND, REST, TITLES, UNSPENT, Flow, Stream

WIDE, HIGH, GAP, BAR = 900, 520, 12, 14
_LEAST, _TEXT = 2.0, 26
_KINDS = ("fund", "mission", "line")
_SIDE = 150
_COLUMNS = (_SIDE, (WIDE - BAR) / 2, WIDE - _SIDE - BAR)
WORDS: Final = {
    NO_FUND: "No fund",
    REST: "Other missions",
    UNMAPPED: "Of no mission",
    UNSPENT: "Not spent yet",
}


class Place(msgspec.Struct, frozen=True):
    """A bar with its words: a fund, a mission, or what was bought."""

    key: str
    title: str
    money: str
    column: int
    x: float
    y: float
    high: float
    kind: str


class Ribbon(msgspec.Struct, frozen=True):
    """A stream as a path."""

    path: str
    kind: str


class Drawing(msgspec.Struct, frozen=True):
    """The whole drawing, and its rows for the table."""

    places: tuple[Place, ...]
    ribbons: tuple[Ribbon, ...]
    rows: tuple[tuple[str, str, str], ...]
    high: float


def sankey(
    flow: Flow, funds: Mapping[str, str], missions: Mapping[str, str]
) -> Drawing | None:
    """Lay a flow out; None where nothing flows."""
    streams = [(0, each) for each in flow.funded] + [(1, each) for each in flow.spent]
    if not streams:
        return None
    titles = {**TITLES, **missions, **funds, **WORDS}
    sizes = _sizes(streams)
    columns = [_ordered(sizes, number, flow.missions) for number in range(3)]
    whole = max(sum(sizes[n, key] for key in col) for n, col in enumerate(columns))
    scale = (HIGH - GAP * max(map(len, columns))) / whole
    places = list(_places(columns, sizes, scale, titles, flow.currency))
    tops = {(place.column, place.key): place.y for place in places}
    return Drawing(
        places=tuple(places),
        ribbons=tuple(_ribbons(streams, columns, tops, scale)),
        rows=tuple(
            (
                titles.get(each.source, each.source),
                titles.get(each.target, each.target),
                amount(each.units, flow.currency),
            )
            for _, each in streams
        ),
        high=round(max(place.y + max(place.high, _TEXT) for place in places) + GAP),
    )


_Streams = Sequence[tuple[int, Stream]]
_At = tuple[int, str]


def _sizes(streams: _Streams) -> dict[_At, int]:
    """Give what flows through each place: the greater of what comes and what goes."""
    into: Counter[_At] = Counter()
    out: Counter[_At] = Counter()
    for column, each in streams:
        out[column, each.source] += each.units
        into[column + 1, each.target] += each.units
    return {at: max(into[at], out[at]) for at in {*into, *out}}


def _ordered(
    sizes: Mapping[_At, int], number: int, missions: Sequence[str]
) -> list[str]:
    """Put the places of a column in order: the largest first, what is loose last."""
    keys = [key for column, key in sizes if column == number]
    known = {key: place for place, key in enumerate(missions)}
    return sorted(
        keys, key=lambda k: (k in WORDS, known.get(k, 0), -sizes[number, k], k)
    )


def _places(
    columns: Sequence[Sequence[str]],
    sizes: Mapping[_At, int],
    scale: float,
    titles: Mapping[str, str],
    currency: str,
) -> Iterator[Place]:
    for number, column in enumerate(columns):
        y = float(GAP)
        for key in column:
            high = max(sizes[number, key] * scale, _LEAST)
            yield Place(
                key=key,
                title=titles.get(key, key).partition(",")[0],
                money=amount(sizes[number, key], currency),
                column=number,
                x=_COLUMNS[number],
                y=round(y, 1),
                high=round(high, 1),
                kind="loose" if key in WORDS else _KINDS[number],
            )
            y += max(high, _TEXT) + GAP


def _ribbons(
    streams: _Streams,
    columns: Sequence[Sequence[str]],
    tops: Mapping[_At, float],
    scale: float,
) -> Iterator[Ribbon]:
    """Give streams as paths: at each place one beside the other, in the same order."""
    rank = {(n, key): i for n, col in enumerate(columns) for i, key in enumerate(col)}

    def order(stream: tuple[int, Stream]) -> tuple[int, int, int]:
        n, each = stream
        return n, rank[n, each.source], rank[n + 1, each.target]

    leaves, arrives = dict(tops), dict(tops)
    for number, each in sorted(streams, key=order):
        high = max(each.units * scale, _LEAST / 2)
        source, target = (number, each.source), (number + 1, each.target)
        a, b = leaves[source], arrives[target]
        leaves[source], arrives[target] = a + high, b + high
        left, right = _COLUMNS[number] + BAR, _COLUMNS[number + 1]
        middle = (left + right) / 2
        path = (
            f"M{left} {a:.1f}C{middle} {a:.1f} {middle} {b:.1f} {right} {b:.1f}"
            f"V{b + high:.1f}C{middle} {b + high:.1f} {middle} {a + high:.1f}"
            f" {left} {a + high:.1f}Z"
        )
        loose = each.source in WORDS or each.target in WORDS
        yield Ribbon(path, "loose" if loose else _KINDS[number])
