"""Outcomes as they stand: of every mission, of one, and of one metric."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from weft.app.outcomes.readings import readings
from weft.app.views import View
from weft.core.firm import Firm
from weft.core.outcomes.metric import Metric
from weft.core.outcomes.outcome import Outcome
from weft.core.outcomes.reading import Reading
from weft.core.records import Record
from weft.engines.outcomes import conflicts, stages
from weft.engines.outcomes.conflicts import Conflict
from weft.engines.outcomes.stages import Mix, Proposed
from weft.engines.outcomes.trajectory import Aimed, Trajectory, trajectory
from weft.errors import NotFound
from weft.store.desk import Desk


class Standing(Record, frozen=True, kw_only=True):
    """The outcome of a mission: its metric, what was read, and where it is going.

    unsigned: the leads who have not signed it; it takes force once both have.
    """

    mission: str
    title: str
    outcome: Outcome
    metric: Metric
    readings: tuple[Reading, ...]
    trajectory: Trajectory
    unsigned: tuple[str, ...]


class Board(Record, frozen=True, kw_only=True):
    """All outcomes, the least likely first; who has none; and what the firm measures.

    without: missions that state none. conflicts: who pulls against whom.
    on_inputs: the missions and units that are measured mostly by what is put in.
    """

    outcomes: tuple[Standing, ...]
    without: tuple[str, ...]
    conflicts: tuple[Conflict, ...]
    firm: Mix
    on_inputs: tuple[str, ...]


class Measured(Record, frozen=True, kw_only=True):
    """A metric with its stage as proposed, its readings, and where it is going.

    missions: those whose outcome it is. replaces: the metrics that it took over from.
    """

    metric: Metric
    proposed: Proposed
    readings: tuple[Reading, ...]
    trajectory: Trajectory
    missions: tuple[str, ...]
    replaces: tuple[str, ...]


class Known(Record, frozen=True, kw_only=True):
    """Metrics, each with the stage proposed for it, and what they come to.

    on_inputs: the missions and units that are measured mostly by what is put in.
    """

    metrics: tuple[Metric, ...]
    proposed: tuple[Proposed, ...]
    mix: Mix
    on_inputs: tuple[str, ...]


def known(view: View, mission: str = "") -> Known:
    """List the metrics, of one mission or of all, with what they come to."""
    firm = view.firm
    if mission and mission not in firm.missions:
        raise NotFound("mission", mission, firm.missions)
    found = [
        firm.metrics[key]
        for key in sorted(firm.metrics)
        if mission in {"", firm.metrics[key].mission}
    ]
    return Known(
        metrics=tuple(found),
        proposed=tuple(stages.propose(m.title, m.unit) for m in found),
        mix=stages.mix(found),
        on_inputs=_on_inputs(firm),
    )


def board(desk: Desk, view: View, now: datetime) -> Board:
    """Show every outcome, and what the firm measures."""
    firm = view.firm
    told = [m.id for m in firm.missions.values() if m.outcome]
    return Board(
        outcomes=tuple(sorted(_standings(desk, view, told, now), key=_rank)),
        without=tuple(sorted(set(firm.missions) - set(told))),
        conflicts=tuple(conflicts.conflicts(firm)),
        firm=stages.mix(firm.metrics.values()),
        on_inputs=_on_inputs(firm),
    )


def outcome(desk: Desk, view: View, mission: str, now: datetime) -> Standing | None:
    """Show the outcome of one mission; None where it states none."""
    if mission not in view.firm.missions:
        raise NotFound("mission", mission, view.firm.missions)
    if view.firm.missions[mission].outcome is None:
        return None
    (found,) = _standings(desk, view, [mission], now)
    return found


def metric(desk: Desk, view: View, key: str, now: datetime) -> Measured:
    """Show one metric: of a series that was given up, that series alone."""
    firm = view.firm
    if key not in firm.metrics:
        raise NotFound("metric", key, firm.metrics)
    found = firm.metrics[key]
    read = readings(desk, view, [key])[key]
    judged = sorted(
        (m for m in firm.missions.values() if m.outcome and m.outcome.metric == key),
        key=lambda m: m.id,
    )
    goal = judged[0].outcome if judged else None
    return Measured(
        metric=found,
        proposed=stages.propose(found.title, found.unit),
        readings=tuple(read),
        trajectory=going(found, goal, read, today(view, now)),
        missions=tuple(m.id for m in judged),
        replaces=tuple(
            sorted(m.id for m in firm.metrics.values() if m.replaced_by == key)
        ),
    )


def mix_of(view: View, mission: str) -> Mix:
    """Tell what a mission is measured by."""
    return stages.mix(_by_owner(view.firm).get(mission, ()))


def today(view: View, now: datetime) -> date:
    """Give the day on which a view looks at the firm."""
    return view.firm.on if view.as_of and view.firm.on else now.date()


def _standings(
    desk: Desk, view: View, missions: Sequence[str], now: datetime
) -> list[Standing]:
    """Put together how the outcomes of missions stand."""
    firm = view.firm
    goals = {m: goal for m in missions if (goal := firm.missions[m].outcome)}
    read = readings(desk, view, [goal.metric for goal in goals.values()])
    day = today(view, now)
    return [
        Standing(
            mission=mission,
            title=firm.missions[mission].title,
            outcome=goal,
            metric=firm.metrics[goal.metric],
            readings=tuple(read[goal.metric]),
            trajectory=going(firm.metrics[goal.metric], goal, read[goal.metric], day),
            unsigned=_unsigned(firm, mission, goal),
        )
        for mission, goal in goals.items()
        if goal.metric in firm.metrics
    ]


def going(
    metric: Metric, goal: Outcome | None, read: Sequence[Reading], day: date
) -> Trajectory:
    """Tell where a metric is going, towards an outcome if there is one."""
    aimed = None
    if goal is not None:
        up = metric.direction == "up"
        if goal.baseline is not None and goal.baseline != goal.target:
            up = goal.target > goal.baseline
        aimed = Aimed(goal.target, goal.by, up)
    whole = 100.0 if metric.unit.startswith("%") else None
    return trajectory(read, aimed, day, whole)


def _unsigned(firm: Firm, mission: str, goal: Outcome) -> tuple[str, ...]:
    """Give the leads of a mission who have not signed its outcome."""
    mandate = firm.mandates.get(mission)
    leads = (mandate.business_lead, mandate.technology_lead) if mandate else ()
    return tuple(lead for lead in leads if lead and lead not in goal.signed_by)


def _on_inputs(firm: Firm) -> tuple[str, ...]:
    """Name the missions and units that are measured mostly by what is put in."""
    own = sorted(_by_owner(firm).items())
    return tuple(who for who, some in own if stages.mix(some).mostly_inputs)


def _by_owner(firm: Firm) -> dict[str, list[Metric]]:
    """Give the metrics of each mission and unit that owns some."""
    found: dict[str, list[Metric]] = {}
    for each in firm.metrics.values():
        if owner := each.mission or each.of_unit:
            found.setdefault(owner, []).append(each)
    return found


def _rank(standing: Standing) -> tuple[int, float, str]:
    """Put what needs a look first."""
    told = standing.trajectory
    place = _ORDER.index(told.standing) if told.standing in _ORDER else len(_ORDER)
    return place, told.probability or 0.0, standing.title


_ORDER = ("off course", "missed", "open", "too early", "no readings", "on course")
