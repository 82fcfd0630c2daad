"""The way to a target: how an outcome stands, and how likely it is to be reached.

How a metric moves is told in `moving`, what does not count in `outliers`, and why so in
docs/why/outcomes.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from msgspec.structs import replace

from weft.core.outcomes.reading import Reading
from weft.core.records import Record
from weft.engines.outcomes.moving import Motion, motions
from weft.engines.outcomes.outliers import alone
from weft.engines.outcomes.student import Part, probability, quantile

FEWEST, DRAWN = 4, 3
"""Readings that have to count before a probability is told, and a rate."""
FAR = 4
"""A day further away than so many times what was observed is too far to speak of."""
STALE = timedelta(days=92)
"""After so long without a reading nothing is said of where a metric is going."""
SURE, UNSURE = 0.8, 0.2
"""From this probability on an outcome is on course; below that one it is not."""
_LOW, _HIGH = 0.1, 0.9
_LATEST = 120
_POINTS = 6
_MONTH = 365.25 / 12

Standing = Literal[
    "no readings", "too early", "on course", "open", "off course", "reached", "missed"
]


class Aimed(NamedTuple):
    """What is to be reached: so much, by a day, and whether more is better."""

    target: float
    by: date
    up: bool

    def met_by(self, value: float) -> bool:
        """Tell whether a value is as good as the target, or better."""
        return value >= self.target if self.up else value <= self.target


class Range(Record, frozen=True, kw_only=True):
    """A figure that is not known exactly: the middle, and 80 % in between."""

    low: float
    middle: float
    high: float


class Point(Record, frozen=True, kw_only=True):
    """What a metric will be read as on a coming day."""

    on: date
    value: Range


class Trajectory(Record, frozen=True, kw_only=True):
    """How an outcome stands and where it is going.

    readings: how many there are. met: whether the latest meets the target. left_out:
    the days of those that stand alone and were not counted. rate: units a month.
    probability: that a reading on the day it is due meets the target. path: the days to
    come. Where one of these is absent, it is too early to say, and `why` says why.
    """

    standing: Standing
    readings: int
    latest: float | None = None
    latest_on: date | None = None
    met: bool = False
    left_out: tuple[date, ...] = ()
    rate: Range | None = None
    probability: float | None = None
    path: tuple[Point, ...] = ()
    why: str = ""


def trajectory(
    readings: Sequence[Reading],
    aimed: Aimed | None,
    today: date,
    most: float | None = None,
) -> Trajectory:
    """Tell where a metric is going, from its readings in the order of their days.

    aimed: what it is to reach; None where nobody has said, and then only its rate is
    told. today: later readings are not looked at. most: the metric cannot be more.
    """
    told = [r for r in readings if r.on <= today][-_LATEST:]
    if not told:
        return Trajectory(standing="no readings", readings=0, why="It was never read.")
    first = told[0].on
    days = [float((r.on - first).days) for r in told]
    odd = alone(days, [r.value for r in told])
    kept = [at for at in range(len(told)) if at not in odd]
    found = Trajectory(
        standing="too early",
        readings=len(told),
        latest=told[-1].value,
        latest_on=told[-1].on,
        met=aimed is not None and aimed.met_by(told[-1].value),
        left_out=tuple(told[at].on for at in sorted(odd)),
    )
    span = days[kept[-1]] - days[kept[0]]
    if len(kept) < DRAWN or not span:
        return _ended(replace(found, why=_few(len(kept))), told, aimed, today)
    ways = motions([days[at] for at in kept], [told[at].value for at in kept])
    found = replace(found, rate=_rate(ways))
    if aimed is None or aimed.by < today:
        return _ended(found, told, aimed, today)
    due = float((aimed.by - first).days)
    if why := _too_early(len(kept), span, due - days[-1], today - told[-1].on):
        return replace(found, why=why)
    chance = probability([way.reading(due) for way in ways], aimed.target)
    chance = 1 - chance if aimed.up else chance
    least = 0.0 if min(r.value for r in told) >= 0 else None
    path = [_point(ways, first, day, least, most) for day in _days(days[-1], due)]
    return replace(
        found, standing=_standing(chance), probability=chance, path=tuple(path)
    )


def _ended(
    found: Trajectory, told: Sequence[Reading], aimed: Aimed | None, today: date
) -> Trajectory:
    """Tell whether an outcome whose day has passed was reached, by its last reading."""
    if aimed is None or today <= aimed.by:
        return found
    last = next((r for r in reversed(told) if r.on <= aimed.by), None)
    if last is None:
        return replace(found, why=f"It was not read before it was due on {aimed.by}.")
    reached = aimed.met_by(last.value)
    return replace(
        found,
        standing="reached" if reached else "missed",
        met=reached,
        why=f"It was {last.value:g} on {last.on}, the last reading before it was due.",
    )


def _few(kept: int) -> str:
    """Say that there are too few readings to say more."""
    word = "reading counts" if kept == 1 else "readings count"
    return f"{kept} {word}; at least {FEWEST} are needed to say where it is going."


def _too_early(kept: int, span: float, ahead: float, since: timedelta) -> str:
    """Say why nothing can be told of the day an outcome is due; nothing if it can."""
    if kept < FEWEST:
        return _few(kept)
    if since > STALE:
        return f"It was not read for {since.days} days."
    if ahead > FAR * span:
        return (
            f"It was observed for {span:.0f} days, and is due {ahead:.0f} days after "
            "the last reading: that is too far."
        )
    return ""


def _rate(ways: Sequence[Motion]) -> Range:
    """Give how much the metric moves a month."""
    parts = [way.rate for way in ways if way.slope_spread]
    total = sum(part.weight for part in parts)
    return _range([part._replace(weight=part.weight / total) for part in parts], _MONTH)


def _range(parts: Sequence[Part], times: float = 1.0) -> Range:
    """Give the middle of a distribution and what lies around it."""
    low, middle, high = (quantile(parts, each) * times for each in (_LOW, 0.5, _HIGH))
    return Range(low=low, middle=middle, high=high)


def _days(last: float, due: float) -> list[float]:
    """Give the coming days at which a path is told, the day it is due the last."""
    return [last + (due - last) * step / _POINTS for step in range(1, _POINTS + 1)]


def _point(
    ways: Sequence[Motion],
    first: date,
    day: float,
    least: float | None,
    most: float | None,
) -> Point:
    """Tell what is read on a coming day, within what the metric can be."""
    told = _range([way.reading(day) for way in ways])
    values = [told.low, told.middle, told.high]
    if least is not None:
        values = [max(least, each) for each in values]
    if most is not None:
        values = [min(most, each) for each in values]
    low, middle, high = values
    return Point(
        on=first + timedelta(days=round(day)),
        value=Range(low=low, middle=middle, high=high),
    )


def _standing(chance: float) -> Standing:
    """Say in two words how likely it is."""
    if chance >= SURE:
        return "on course"
    return "open" if chance >= UNSURE else "off course"
