"""What a plan and the firm have to do with each other, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from math import isfinite
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from weft.core.entries import Change, put
from weft.core.firm import Firm
from weft.core.missions import Mission
from weft.core.outcomes.metric import Metric
from weft.core.outcomes.outcome import Outcome
from weft.core.outcomes.reading import Reading
from weft.core.people import Partner
from weft.core.planning.plan import Core, Goal, Indicator, Objective, Plan
from weft.core.scalars import slug

_LINE, _TEXT = 400, 4000
Part = TypeVar("Part", Goal, Objective)


def linked(plan: Plan, before: Plan | None) -> Plan:
    """Give a plan with the measures, targets and missions that an earlier one had.

    Goals and objectives are known by their identifier, or else by their name.
    """
    if before is None:
        return plan
    known = {_known_by(part): part for part in _parts(before)}

    def goal(each: Goal) -> Goal:
        inner = tuple(_with(o, known.get(_known_by(o))) for o in each.objectives)
        found = _with(each, known.get(_known_by(each)))
        return replace(found, objectives=inner)

    goals = tuple(goal(each) for each in plan.core.goals)
    sought = plan.sought or before.sought
    return replace(plan, core=replace(plan.core, goals=goals), sought=sought)


def _with(part: Part, before: Goal | Objective | None) -> Part:
    """Give a part with the links of its earlier self."""
    if before is None or part.measures or part.missions:
        return part
    return replace(part, measures=before.measures, missions=before.missions)


def _parts(plan: Plan) -> Iterator[Goal | Objective]:
    """Give goals and objectives."""
    for goal in plan.core.goals:
        yield goal
        yield from goal.objectives


def _known_by(part: Goal | Objective) -> str:
    return (part.identifier or "").strip() or f"name: {line(part.name)}"


class Founded(NamedTuple):
    """What a plan brings into a firm beside itself, and the plan tied to it."""

    plan: Plan
    changes: list[Change]
    readings: list[Reading]


def founded(plan: Plan, firm: Firm) -> Founded:
    """Give a mission for each goal that has none, and a partner for each organisation.

    A mission's outcome is the first indicator of its goal that has a target in numbers
    and a day; the indicator becomes a metric, and its actual results that have a number
    and a day are readings of it. What the firm has under the same name is taken, and
    stays as it is.
    """
    missions = {mission.title: key for key, mission in firm.missions.items()}
    taken, metrics = set(firm.missions), set(firm.metrics)
    changes: list[Change] = []
    readings: list[Reading] = []
    goals: list[Goal] = []
    for goal in plan.core.goals:
        title = line(goal.name)
        if goal.missions or not title:
            goals.append(goal)
            continue
        if title not in missions:
            key = _free(slug(title) or "goal", taken)
            missions[title] = key
            changes += _mission(key, title, goal, metrics, readings)
        goals.append(replace(goal, missions=(missions[title],)))
    core: Core = replace(plan.core, goals=tuple(goals))
    changes += _partners(plan, firm)
    return Founded(replace(plan, core=core), changes, readings)


def _mission(
    key: str, title: str, goal: Goal, metrics: set[str], readings: list[Reading]
) -> Iterator[Change]:
    """Make a mission of a goal, and before it the metric of its outcome."""
    mission = Mission(
        id=key,
        title=title,
        purpose=(goal.description or "").strip()[:_TEXT],
        source_id=line(goal.identifier),
    )
    for indicator in (i for o in goal.objectives for i in o.indicators):
        name = line(indicator.dimension)
        aimed = _aimed(indicator)
        if aimed and name:
            metric = Metric(
                id=_free(slug(name) or f"{key}-metric", metrics),
                title=name,
                unit=line(indicator.unit),
                direction="down" if aimed.falls else "up",
                stage=indicator.stage,
                mission=key,
            )
            outcome = Outcome(
                metric=metric.id,
                baseline=aimed.baseline,
                target=aimed.target,
                by=aimed.by,
            )
            yield put(metric)
            readings += _readings(metric.id, indicator)
            mission = replace(mission, outcome=outcome)
            break
    yield put(mission)


def _readings(metric: str, indicator: Indicator) -> Iterator[Reading]:
    """Give the results of an indicator that have a number and a day: the last of it."""
    found: dict[date, float] = {}
    for measurement in indicator.measurements:
        for actual in measurement.actuals:
            on, value = _day(actual.end) or _day(actual.start), number(actual.units)
            if on and value is not None:
                found[on] = value
    for on, value in sorted(found.items()):
        yield Reading(metric=metric, on=on, value=value, source="StratML")


class _Aimed(NamedTuple):
    """What an indicator aims at, from where, by when."""

    baseline: float | None
    target: float
    by: date

    @property
    def falls(self) -> bool:
        """Tell whether less is better, as far as the two numbers say."""
        return self.baseline is not None and self.target < self.baseline


def _aimed(indicator: Indicator) -> _Aimed | None:
    """Give the last target in numbers that has a day; None where there is none."""
    told = [(t, m) for m in indicator.measurements for t in m.targets]
    for target, measurement in reversed(told):
        by, units = _day(target.end), number(target.units)
        if by and units is not None:
            first = next(iter(measurement.actuals), None)
            return _Aimed(number(first.units) if first else None, units, by)
    return None


def number(text: str | None) -> float | None:
    """Read a finite number; None where there is none."""
    try:
        found = float(text or "")
    except ValueError:
        return None
    return found if isfinite(found) else None


def _partners(plan: Plan, firm: Firm) -> Iterable[Change]:
    """Make a partner of each organisation with a stake that the firm does not know."""
    titles = {partner.title for partner in firm.partners.values()}
    taken = set(firm.partners)
    held = [s for o in plan.core.organizations for s in o.stakeholders]
    held += [s for part in _parts(plan) for s in part.stakeholders]
    for each in held:
        title = line(each.name)
        if each.type == "Organization" and title and title not in titles:
            titles.add(title)
            key = _free(slug(title) or "partner", taken)
            summary = line(each.description)
            yield put(Partner(id=key, title=title, type="other", summary=summary))


def _free(name: str, taken: set[str]) -> str:
    """Give a name that nothing has yet, and take it."""
    found, number = name, 2
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    taken.add(found)
    return found


def line(text: str | None) -> str:
    """Give a text on one line."""
    words = "".join(c if c.isprintable() else " " for c in text or "")
    return " ".join(words.split())[:_LINE]


def _day(text: str | None) -> date | None:
    """Read a day; None where there is none."""
    try:
        return date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None
