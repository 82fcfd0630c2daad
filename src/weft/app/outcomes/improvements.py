"""Improvements: how often each mission improves something, and what shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from weft.app.outcomes.board import today
from weft.app.outcomes.readings import readings
from weft.app.outcomes.verdicts import held
from weft.app.views import View
from weft.core.firm import Firm
from weft.core.outcomes.experiment import Experiment
from weft.core.outcomes.improvement import Improvement
from weft.core.records import Record
from weft.core.scalars import Month
from weft.engines.outcomes.evidence import Shown, shown
from weft.errors import NotFound
from weft.store.desk import Desk

QUIET = timedelta(days=90)
"""After so long without an improvement a mission is listed."""


class Improved(Record, frozen=True, kw_only=True):
    """An improvement and what shows it."""

    improvement: Improvement
    shown: Shown


class Improving(Record, frozen=True, kw_only=True):
    """What was improved, the latest first; month by month; and who improved nothing.

    months: how many were deployed in each, the latest first. learnt: experiments that
    did not win and ended within 90 days with what was learnt: work well done too.
    quiet: the missions with neither in 90 days.
    """

    improvements: tuple[Improved, ...]
    months: tuple[tuple[Month, int], ...]
    learnt: tuple[Experiment, ...]
    quiet: tuple[str, ...]


def improving(desk: Desk, view: View, now: datetime, mission: str = "") -> Improving:
    """Tell what was improved, by one mission or by all, and what shows it."""
    firm, day = view.firm, today(view, now)
    if mission and mission not in firm.missions:
        raise NotFound("mission", mission, firm.missions)
    asked = [
        each
        for _, each in sorted(firm.improvements.items())
        if mission in {"", each.mission}
    ]
    weighed = sorted(_weighed(desk, view, asked), key=_latest)
    out = [(i.mission, i.deployed) for i in asked if i.deployed and i.deployed <= day]
    fresh = {who for who, on in out if on >= day - QUIET}
    learnt = [e for e in _learnt(firm, day) if mission in {"", e.mission}]
    fresh |= {each.mission for each in learnt}
    missions = {mission} if mission else set(firm.missions)
    months = Counter(f"{on:%Y-%m}" for _, on in out)
    return Improving(
        improvements=tuple(weighed),
        months=tuple(sorted(months.items(), reverse=True)),
        learnt=tuple(learnt),
        quiet=tuple(sorted(missions - fresh)),
    )


def _learnt(firm: Firm, day: date) -> list[Experiment]:
    """Give what failed lately and taught something, the latest first."""
    found = [
        each
        for each in firm.experiments.values()
        if each.closed
        and day - QUIET <= each.closed <= day
        and each.verdict != "won"
        and each.learnt.strip()
    ]
    return sorted(found, key=lambda each: (-(each.closed or day).toordinal(), each.id))


def improvement(desk: Desk, view: View, key: str) -> Improved:
    """Show one improvement and what shows it."""
    if key not in view.firm.improvements:
        raise NotFound("improvement", key, view.firm.improvements)
    (found,) = _weighed(desk, view, [view.firm.improvements[key]])
    return found


def _weighed(desk: Desk, view: View, asked: Sequence[Improvement]) -> list[Improved]:
    """Weigh the evidence of improvements."""
    firm = held(desk, view.firm)
    wanted = {each.metric for each in asked}
    wanted |= {e.control for each in asked for e in each.evidence if e.control}
    read = readings(desk, view, wanted)
    return [
        Improved(
            improvement=each,
            shown=shown(each, read, firm.metrics, firm.experiments),
        )
        for each in asked
    ]


def _latest(improved: Improved) -> tuple[int, str]:
    """Put the latest first, and what was not deployed before that."""
    day = improved.improvement.deployed
    return (-day.toordinal() if day else -(10**9)), improved.improvement.id
