"""What outcomes say of a mission beside money, and where readings tell its worth.

What came is known for months that are past; the metric of its outcome says how things
are. Where the two have gone together, the latest readings tell what would come now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Final

import msgspec

from weft.core.funding.forecast import Benefit
from weft.core.funding.fund import Verdict
from weft.core.scalars import Month, minor

_ENOUGH: Final = 4
"""Months of which both are known, before readings are held against what came."""


class Signs(msgspec.Struct, frozen=True):
    """What is known of the outcome of a mission.

    course: by month, how far it had come from its baseline to its target. chance: of
    reaching the target by its day, in hundredths; none where it is too early to say.
    verdicts: what experiments said of assumptions. says: the evidence, in sentences.
    """

    course: Mapping[Month, float] = {}
    chance: int | None = None
    verdicts: Mapping[str, Verdict] = {}
    says: tuple[str, ...] = ()


NO_SIGNS: Final = Signs()


def rates(latest: Sequence[Benefit], course: Mapping[Month, float]) -> list[float]:
    """Give what came for the way that its outcome had come, month by month.

    Nothing where too few months are known of both, or where that is no steadier than
    what came by itself: then the two do not go together.
    """
    both = [(minor(b.value)[0], course.get(b.month, 0.0)) for b in latest]
    both = [(value, way) for value, way in both if way > 0 and value > 0]
    found = [value / way for value, way in both]
    if len(found) < _ENOUGH:
        return []
    alone = _unsteady([float(value) for value, _ in both])
    return found if _unsteady(found) < alone else []


def _unsteady(values: Sequence[float]) -> float:
    """Give how far values lie from their middle, as a share of it."""
    middle = median(values)
    return median(abs(value - middle) for value in values) / middle
