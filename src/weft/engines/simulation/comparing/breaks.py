"""Where the verdict turns: as missions, platform work, moves and scarcity change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from weft.engines.simulation.comparing.intervals import paired, short
from weft.engines.simulation.comparing.report import Break, Point
from weft.engines.simulation.comparing.trials import Trial, Trials
from weft.engines.simulation.models.model import Model
from weft.engines.simulation.models.setting import Setting

_LARGE: Final = 2_000
_SHARES: Final = (0.0, 0.2, 0.4, 0.6, 0.8)
_LOST: Final = (0.0, 2.0, 5.0, 10.0, 20.0)
_TIMES: Final = (0.25, 0.5, 1.0, 1.5, 2.0)


def repeats(setting: Setting, most: int) -> int:
    """Give how often a run is made: a large firm is its own average."""
    return most if setting.people < _LARGE else 2


class _Axis(NamedTuple):
    """Something that is changed: its name, and the firm and ours at each value."""

    name: str
    title: str
    unit: str
    now: float
    settings: dict[float, tuple[Setting, Model]]


class Breaking:
    """What is tried to find where the verdict turns, and what comes of it."""

    def __init__(self, setting: Setting, ours: Model, theirs: Model) -> None:
        """Plan the trials: each value, with ours and theirs on the same demand."""
        self.ours, self.theirs = ours, theirs
        self.axes = list(_axes(setting, ours))
        self.times = repeats(setting, 5)

    def found(self, trials: Trials) -> tuple[Break, ...]:
        """Try it, and tell what turns."""
        tried = [
            Trial(place, model)
            for axis in self.axes
            for place, mine in axis.settings.values()
            for model in (mine, self.theirs)
        ]
        leads = iter(trials.leads(tried, self.times))
        return tuple(
            self._told(
                axis,
                tuple(
                    Point(value=value, difference=paired(next(leads), next(leads)))
                    for value in axis.settings
                ),
            )
            for axis in self.axes
        )

    def _told(self, axis: _Axis, points: tuple[Point, ...]) -> Break:
        at = crossing([(p.value, p.difference.mean) for p in points])
        return Break(
            name=axis.name,
            title=axis.title,
            unit=axis.unit,
            now=axis.now,
            points=points,
            at=at,
            says=self._says(axis, points, at),
        )

    def _says(self, axis: _Axis, points: Sequence[Point], at: float | None) -> str:
        ours, theirs = self.ours.title, self.theirs.title
        first, last = points[0], points[-1]
        if at is None:
            wins, loses = (
                (ours, theirs) if first.difference.mean < 0 else (theirs, ours)
            )
            return (
                f"From {first.value:g} to {last.value:g} {axis.unit} {wins} is faster"
                f" than {loses} all the way."
            )
        before, after = (ours, theirs) if first.difference.mean < 0 else (theirs, ours)
        return (
            f"Up to about {at:.3g} {axis.unit} {before} is faster, above that {after}."
        )


def crossing(points: Sequence[tuple[float, float]]) -> float | None:
    """Give where a line through points first goes through zero."""
    for (x, y), (x2, y2) in pairwise(points):
        if y == 0:
            return x
        if (y < 0) != (y2 < 0):
            return short(x + (x2 - x) * y / (y - y2))
    return None


def _axes(setting: Setting, ours: Model) -> Iterator[_Axis]:
    """Give what is changed, and how."""

    def placed(
        name: str, values: Iterable[float]
    ) -> dict[float, tuple[Setting, Model]]:
        return {v: (setting.with_values({name: v}), ours) for v in values}

    domains = len(setting.domains)
    most = max(2, setting.people // 2)
    counts = sorted({min(most, max(1, round(domains * t))) for t in _TIMES})
    if len(counts) > 1:
        yield _Axis(
            "missions",
            "Missions",
            "missions",
            domains,
            placed("missions", map(float, counts)),
        )
    yield _Axis(
        "platform_share",
        "Work on a shared platform",
        "of changes (share)",
        setting.value("platform_share"),
        placed("platform_share", _SHARES),
    )
    if ours.value("redeployment"):
        yield _Axis(
            "onboarding",
            "Days lost by each move",
            "days a move",
            ours.value("onboarding"),
            {v: (setting, ours.with_values({"onboarding": v})) for v in _LOST},
        )
    if ours.shape == "missions":
        there = round(setting.value("specialists"))
        split = ours.with_values({"embedded": 1})
        tried = sorted({max(1, there - 1), there, there + 1, 2 * there, 4 * there})
        yield _Axis(
            "specialists",
            f"People in {setting.scarce}, each with some of the missions",
            "specialists",
            there,
            {
                float(v): (setting.with_values({"specialists": float(v)}), split)
                for v in tried
            },
        )
