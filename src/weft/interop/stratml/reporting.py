"""A plan with what came of it so far: a performance report, as Part 2 has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

import msgspec
from msgspec.structs import replace

from weft.core.outcomes.metric import Stage
from weft.core.planning.plan import (
    Core,
    Goal,
    Indicator,
    Measurement,
    Objective,
    Plan,
    Result,
    Stakeholder,
    StakeholderRole,
)

_MEASURES = "How this goal is measured"


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A figure to be reported: of the firm itself, or the outcome of a mission.

    key: what tells it from others of its goal. target, by: what it is to be, and when.
    value, on: what it was last, and when. says: what is counted.
    """

    key: str
    title: str
    unit: str
    stage: Stage | None = None
    baseline: float | None = None
    target: float | None = None
    by: date | None = None
    value: float | None = None
    on: date | None = None
    says: str = ""


class Pursued(msgspec.Struct, frozen=True, kw_only=True):
    """A mission that pursues a goal, with its outcome, where it has one."""

    key: str
    title: str
    purpose: str
    outcome: Shown | None = None


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a goal or an objective stands: its figures, and the missions behind it."""

    figures: Sequence[Shown] = ()
    missions: Sequence[Pursued] = ()


def reported(plan: Plan, goals: Sequence[Sequence[Standing]]) -> Plan:
    """Give a plan as a performance report.

    goals: for each goal how it stands, and after that for each of its objectives.
    What the plan had is left as it was; objectives and indicators come after it, with
    identifiers that stay the same from one report to the next.
    """
    told = tuple(
        _goal(plan, number, goal, standings)
        for number, (goal, standings) in enumerate(
            zip(plan.core.goals, goals, strict=True), 1
        )
    )
    core: Core = replace(plan.core, goals=told)
    return replace(plan, type="Performance_Report", core=core)


def _goal(plan: Plan, number: int, goal: Goal, told: Sequence[Standing]) -> Goal:
    """Give a goal with objectives for its own figures and for its missions."""
    own, *inner = told
    path = f"{plan.id}/{goal.identifier or number}"
    objectives = [
        _objective(f"{path}/{place}", objective, standing)
        for place, (objective, standing) in enumerate(
            zip(goal.objectives, inner, strict=True), 1
        )
    ]
    if own.figures:
        objectives.append(
            Objective(
                name=_MEASURES,
                identifier=identifier(f"{path}/measures"),
                indicators=_indicators(f"{path}/measures", own.figures),
            )
        )
    objectives += [_pursued(path, each) for each in own.missions]
    return replace(goal, objectives=tuple(objectives))


def _objective(path: str, objective: Objective, told: Standing) -> Objective:
    """Give an objective with its figures, and its missions as those who perform it."""
    outcomes = [m.outcome for m in told.missions if m.outcome]
    found = _indicators(path, [*told.figures, *outcomes])
    performers = tuple(_performer(each.title) for each in told.missions)
    return replace(
        objective,
        stakeholders=(*objective.stakeholders, *performers),
        indicators=(*objective.indicators, *found),
    )


def _pursued(path: str, mission: Pursued) -> Objective:
    """Give what a mission does for a goal, as an objective of it."""
    path = f"{path}/{mission.key}"
    outcome = [mission.outcome] if mission.outcome else []
    return Objective(
        name=mission.title,
        description=mission.purpose or None,
        identifier=identifier(path),
        stakeholders=(_performer(mission.title),),
        indicators=_indicators(path, outcome),
    )


def _performer(name: str) -> Stakeholder:
    role = StakeholderRole(name="Mission", types=("Performer",))
    return Stakeholder(type="Generic_Group", name=name, roles=(role,))


def _indicators(path: str, figures: Iterable[Shown]) -> tuple[Indicator, ...]:
    """Give figures as indicators, with target and actual where there are any."""
    return tuple(
        Indicator(
            stage=each.stage,
            type="Quantitative",
            sequence=str(number),
            dimension=each.title,
            unit=each.unit,
            identifier=identifier(f"{path}/{each.key}"),
            measurements=_measurements(each),
            other=each.says or None,
        )
        for number, each in enumerate(figures, 1)
    )


def _measurements(figure: Shown) -> tuple[Measurement, ...]:
    """Give what was to be reached and what was: nothing where neither is known."""
    targets = _result(figure.target, figure.by)
    actuals = _result(figure.value, figure.on)
    told = Measurement(targets=targets, actuals=actuals)
    return (told,) if targets or actuals else ()


def _result(value: float | None, end: date | None) -> tuple[Result, ...]:
    """Give a value with its day as a result; none where it is not known."""
    if value is None:
        return ()
    return (Result(end=end.isoformat() if end else None, units=written(value)),)


def written(value: float) -> str:
    """Write a number as XML Schema's decimals are: without an exponent."""
    return format(Decimal(repr(round(value, 6))).normalize(), "f")


def identifier(path: str) -> str:
    """Give an identifier that is the same whenever the same thing is meant."""
    return f"_{uuid5(NAMESPACE_URL, f'weft:{path}')}"
