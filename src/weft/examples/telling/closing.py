"""Months whose books are closed: what people and contracts cost, and what came."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.core.scalars import Month
from weft.engines.funding import ledger
from weft.examples.days import instant
from weft.examples.story import Step, step
from weft.examples.telling.scene import Scene

_DAYS = 6  # before today, after the funds were told
_NOON = 12 * 60 + 10
_MONTHS = 3


def closing(scene: Scene) -> Iterator[Step]:
    """Give a step for each of the last months that are over."""
    day = scene.calendar.ago(_DAYS)
    for ago in range(_MONTHS, 0, -1):
        month = scene.calendar.month(-ago)
        at = instant(day, _NOON + _MONTHS - ago)
        yield step(at, scene.administrator, partial(_closed, month, scene))


def _closed(month: Month, scene: Scene, firm: Firm) -> Deed:
    """Post a month, as closing it does."""
    found = ledger.closed(firm, month, scene.calendar.ago(_DAYS))
    lots = [each for each in found if each.transactions]
    return Deed(
        name="month.close",
        changes=tuple(put(each.booking) for each in lots),
        facts=tuple(move for each in lots for move in each.transactions),
        note=f"What {month} cost",
    )
