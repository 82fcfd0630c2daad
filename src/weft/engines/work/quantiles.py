"""How values lie, open ones among them; and shares with their intervals."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from weft.core.records import Record

_Z = 1.959963984540054  # of a 95 % interval


class Spread(Record, frozen=True, kw_only=True):
    """How some values lie. None where it is not known, as too many are still open."""

    count: int
    median: float | None
    p85: float | None
    p90: float | None
    p95: float | None
    mean: float | None


class Share(Record, frozen=True, kw_only=True):
    """A share of a whole with its 95 % interval, by Wilson's method."""

    part: int
    whole: int
    value: float | None
    low: float | None
    high: float | None


def quantile(ordered: Sequence[float], at: float) -> float | None:
    """Give a quantile of ordered values, between two of them where it lies so.

    Values that are not known yet stand at the end as infinity.
    """
    if not ordered:
        return None
    place = at * (len(ordered) - 1)
    low = math.floor(place)
    part = place - low
    upper = ordered[min(low + 1, len(ordered) - 1)]
    found = ordered[low] if not part else ordered[low] * (1 - part) + upper * part
    return None if math.isinf(found) else found


def spread(values: Iterable[float]) -> Spread:
    """Tell how values lie; one of infinity is one that is still open."""
    ordered = sorted(values)
    whole = ordered and not math.isinf(ordered[-1])
    return Spread(
        count=len(ordered),
        median=quantile(ordered, 0.5),
        p85=quantile(ordered, 0.85),
        p90=quantile(ordered, 0.9),
        p95=quantile(ordered, 0.95),
        mean=sum(ordered) / len(ordered) if whole else None,
    )


def share(part: int, whole: int) -> Share:
    """Give a share with its interval."""
    if not whole:
        return Share(part=part, whole=whole, value=None, low=None, high=None)
    p, n, z = part / whole, whole, _Z
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Share(part=part, whole=whole, value=p, low=low, high=high)
