"""The weave as a drawing: where each thread and each crossing lies.

Across is told in hundredths of the width, down in pixels, so that the cloth fits
any screen and can be stretched without its threads and words being distorted.
"""

from __future__ import annotations

import msgspec

from weft.core.skills import Camp
from weft.engines.knowledge import Crossing, Weave, WeaveColumn, WeaveRow

ROW, DENSE_ROW = 32, 25
MANY_ROWS = 16
"""With more rows than these they are drawn closer, so that one screen holds all."""
HEM = 30
"""Above each of the two groups of rows: room for its heading."""
TOP = 132
FEW = 60
"""Up to so many columns each is drawn as three yarns and with its name."""
_THICK = {0: 0.16, 1: 0.36, 2: 0.34, 3: 0.58, 4: 0.86}
"""By depth, as a part of the row; what hangs on one person is drawn as a ring."""
_YARNS = ((0.2, 0.14), (0.43, 0.14), (0.66, 0.14))
_TAPE = ((0.12, 0.76),)


class Yarn(msgspec.Struct, frozen=True):
    """One upright yarn: from where, how wide, in hundredths."""

    x: float
    width: float


class Thread(msgspec.Struct, frozen=True):
    """One row: its heading where it is the first of its group, and its height."""

    weft: WeaveRow
    y: float
    heading: Camp | None


class Loop(msgspec.Struct, frozen=True):
    """One crossing as it is drawn; kind is its way of being drawn."""

    crossing: Crossing
    camp: Camp
    kind: str
    x: float
    width: float
    y: float
    height: float
    middle: float


class Cloth(msgspec.Struct, frozen=True):
    """The whole drawing. middles: of the columns, each with what it is."""

    height: float
    row: int
    dense: bool
    yarns: tuple[Yarn, ...]
    threads: tuple[Thread, ...]
    loops: tuple[Loop, ...]
    middles: tuple[tuple[float, WeaveColumn], ...]
    bucket: str


def cloth(weave: Weave) -> Cloth:
    """Lay out a weave."""
    step = 100 / max(1, len(weave.columns))
    dense = len(weave.rows) > MANY_ROWS
    row = DENSE_ROW if dense else ROW
    threads = _threads(weave, row)
    yarns = _YARNS if len(weave.columns) <= FEW else _TAPE
    return Cloth(
        height=(threads[-1].y + row if threads else TOP) + row / 2,
        row=row,
        dense=dense,
        yarns=tuple(
            Yarn(round((at + x) * step, 3), round(width * step, 3))
            for at in range(len(weave.columns))
            for x, width in yarns
        ),
        threads=threads,
        loops=tuple(_loop(each, threads, step, row) for each in weave.crossings),
        middles=tuple(
            (round((at + 0.5) * step, 3), warp) for at, warp in enumerate(weave.columns)
        ),
        bucket=_bucket(len(weave.columns)),
    )


def _threads(weave: Weave, row: int) -> tuple[Thread, ...]:
    """Place the rows, with a hem above each of the two groups."""
    found, y, before = [], float(TOP), None
    for weft in weave.rows:
        heading = weft.camp if weft.camp != before else None
        y += HEM if heading else 0
        found.append(Thread(weft, y, heading))
        y, before = y + row, weft.camp
    return tuple(found)


def _loop(
    crossing: Crossing, threads: tuple[Thread, ...], step: float, row: int
) -> Loop:
    """Place one crossing."""
    thread = threads[crossing.row]
    height = round(_THICK[crossing.depth] * row, 1)
    kinds = {0: "learning", 1: "single"}
    return Loop(
        crossing=crossing,
        camp=thread.weft.camp,
        kind=kinds.get(crossing.depth, "deep"),
        x=round((crossing.column + 0.05) * step, 3),
        width=round(0.9 * step, 3),
        y=thread.y + (row - height) / 2,
        height=height,
        middle=round((crossing.column + 0.5) * step, 3),
    )


def _bucket(columns: int) -> str:
    """Name the size class of a picture; the style sheet gives each its width."""
    bounds = (2, 4, 8, 12, 20, 30, 45, FEW)
    return next((f"upto-{most}" for most in bounds if columns <= most), "many")
