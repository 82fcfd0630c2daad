"""Touchpoints: how content customers are where they meet the firm, month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean

from weft.app.outcomes.readings import readings
from weft.app.views import View
from weft.core.outcomes.metric import Metric
from weft.core.outcomes.reading import Reading
from weft.core.records import Record
from weft.core.scalars import Month
from weft.errors import NotFound
from weft.store.desk import Desk

SHOWN = 12


class Touchpoint(Record, frozen=True, kw_only=True):
    """One metric of a touchpoint: the mean of its readings in each of twelve months.

    months: those in which it was read, the latest first; empty where it never was.
    """

    touchpoint: str
    metric: Metric
    months: tuple[tuple[Month, float], ...]

    @property
    def latest(self) -> float | None:
        """Give the mean of the last month in which it was read."""
        return self.months[0][1] if self.months else None


def touchpoints(desk: Desk, view: View, mission: str = "") -> list[Touchpoint]:
    """List the touchpoints of a mission, or of all: those never read, then the weakest.

    The weakest is told among those in one unit (per cent is one, of whatever).
    """
    firm = view.firm
    if mission and mission not in firm.missions:
        raise NotFound("mission", mission, firm.missions)
    asked = {
        key: metric
        for key, metric in firm.metrics.items()
        if metric.touchpoint
        and metric.retired is None
        and mission in {"", metric.mission}
    }
    read = readings(desk, view, asked)
    found = [
        Touchpoint(
            touchpoint=metric.touchpoint, metric=metric, months=_months(read[key])
        )
        for key, metric in asked.items()
    ]
    return sorted(found, key=_weakest)


def _months(read: Sequence[Reading]) -> tuple[tuple[Month, float], ...]:
    """Give the mean of each month, the latest first."""
    by: dict[Month, list[float]] = defaultdict(list)
    for each in read:
        by[f"{each.on:%Y-%m}"].append(each.value)
    latest = sorted(by.items(), reverse=True)[:SHOWN]
    return tuple((month, round(fmean(values), 6)) for month, values in latest)


def _weakest(told: Touchpoint) -> tuple[bool, str, str, float, str]:
    """Put what was never read first, then what is weakest on each scale."""
    metric, latest = told.metric, told.latest
    scale = metric.unit.partition(" ")[0]
    signed = (latest or 0.0) * (1 if metric.direction == "up" else -1)
    return bool(told.months), scale, metric.direction, signed, metric.id
