"""Who pulls against whom: one metric both ways, or members who are held to others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from msgspec.structs import replace

from weft.core.firm import Firm
from weft.core.missions import Mission
from weft.core.outcomes.metric import Metric
from weft.core.outcomes.outcome import Aim, Outcome
from weft.core.records import Record

Sort = Literal["direction", "target", "timeline", "budget", "priority"]


class Conflict(Record, frozen=True, kw_only=True):
    """Two who are held to what cannot both be had, or is not the same.

    one, other: the id of a mission or a unit. sort: in what they differ. mission: of
    whose members it is, where both come into one mission. says: in a sentence. settled:
    how it was put right; empty while it was not.
    """

    sort: Sort
    metric: str
    one: str
    other: str
    mission: str = ""
    says: str
    settled: str = ""


class _Pull(NamedTuple):
    """Somebody who is held to something: a mission or a unit."""

    who: str
    title: str
    metric: Metric
    goal: Outcome | Aim
    settled: str

    @property
    def up(self) -> bool:
        """Tell whether more is wanted: from where it began, or as the metric says."""
        began = self.goal.baseline
        if began is not None and began != self.goal.target:
            return self.goal.target > began
        return self.metric.direction == "up"


def conflicts(firm: Firm) -> list[Conflict]:
    """Give who pulls against whom, open ones first, then by metric and name."""
    found = [*_opposed(firm), *_within(firm)]
    return sorted(found, key=lambda c: (bool(c.settled), c.metric, c.one, c.other))


def of_mission(firm: Firm, mission: str) -> list[Conflict]:
    """Give the conflicts that a mission has with others, or its members bring in."""
    return [c for c in conflicts(firm) if mission in {c.one, c.other, c.mission}]


def _opposed(firm: Firm) -> Iterator[Conflict]:
    """Find two who pull one metric, or two that go against each other, both ways."""
    for one, other in _meeting(_pulls(firm)):
        same = one.metric.id == other.metric.id
        if one.who == other.who:
            continue
        if same and one.up != other.up:
            how = [
                f"{p.title} wants {'more' if p.up else 'less'}" for p in (one, other)
            ]
            says = f"Of “{one.metric.title}” {how[0]}, and {how[1]}."
        elif not same and _better(one) and _better(other):
            says = (
                f"{one.title} works on “{one.metric.title}” and {other.title} on "
                f"“{other.metric.title}”: the one gets worse as the other gets better."
            )
        else:
            continue
        yield Conflict(
            sort="direction",
            metric=one.metric.id,
            one=one.who,
            other=other.who,
            says=says,
            settled=one.settled or other.settled,
        )


def _meeting(pulls: Sequence[_Pull]) -> Iterator[tuple[_Pull, _Pull]]:
    """Give each two who meet on one metric, or on two that go against each other."""
    on: dict[str, list[_Pull]] = {}
    for pull in pulls:
        on.setdefault(pull.metric.id, []).append(pull)
    met = set()
    for mine in on.values():
        yield from combinations(mine, 2)
        metric = mine[0].metric
        for name in metric.against:
            pair = frozenset((metric.id, name))
            if pair not in met:
                met.add(pair)
                yield from ((a, b) for a in mine for b in on.get(name, ()))


def _within(firm: Firm) -> Iterator[Conflict]:
    """Find where the units that a mission came from are held to something else."""
    for key in sorted(firm.missions):
        mission = firm.missions[key]
        goal = mission.outcome
        aims = [a for _, a in sorted(firm.aims.items()) if a.unit in mission.from_units]
        for aim in aims:
            if goal is not None and aim.metric == goal.metric:
                yield from _differ(firm, mission, goal, aim)
        for one, other in combinations(aims, 2):
            if one.metric == other.metric:
                yield from _between(firm, mission, one, other)


def _differ(
    firm: Firm, mission: Mission, goal: Outcome, aim: Aim
) -> Iterator[Conflict]:
    """Find in what a unit's aim differs from the outcome of its mission."""
    unit, told = firm.units[aim.unit].title, firm.metrics[aim.metric]
    found: dict[Sort, str] = {}
    if aim.target != goal.target:
        found["target"] = (
            f"{unit} is held to {aim.target:g} {told.unit}, the mission to "
            f"{goal.target:g}."
        )
    if aim.by != goal.by:
        found["timeline"] = f"{unit} is to be there by {aim.by}, the mission {goal.by}."
    for sort, says in found.items():
        yield _told(sort, mission, aim, says, aim.settled)


def _between(firm: Firm, mission: Mission, one: Aim, other: Aim) -> Iterator[Conflict]:
    """Find in what the aims of two units of a mission differ."""
    names = firm.units[one.unit].title, firm.units[other.unit].title
    pairs: tuple[tuple[Sort, object, object], ...] = (
        ("target", one.target, other.target),
        ("timeline", one.by, other.by),
        ("budget", one.budget, other.budget),
        ("priority", one.priority, other.priority),
    )
    settled = one.settled if one.settled and other.settled else ""
    for sort, mine, theirs in pairs:
        if mine != theirs and None not in (mine, theirs) and "" not in (mine, theirs):
            says = f"{sort.capitalize()}: {names[0]} has {mine}, {names[1]} {theirs}."
            told = _told(sort, mission, one, says, settled)
            yield replace(told, other=other.unit)


def _told(sort: Sort, mission: Mission, aim: Aim, says: str, settled: str) -> Conflict:
    """Put a conflict among the members of a mission together."""
    return Conflict(
        sort=sort,
        metric=aim.metric,
        one=aim.unit,
        other=mission.id,
        mission=mission.id,
        says=says,
        settled=settled,
    )


def _better(pull: _Pull) -> bool:
    """Tell whether somebody wants what is better by the metric's own direction."""
    return pull.up == (pull.metric.direction == "up")


def _pulls(firm: Firm) -> list[_Pull]:
    """Give everybody who is held to something on a metric, in order."""
    metrics = firm.metrics
    found = [
        _Pull(m.id, m.title, metrics[m.outcome.metric], m.outcome, "")
        for _, m in sorted(firm.missions.items())
        if m.outcome and m.outcome.metric in metrics
    ]
    return found + [
        _Pull(a.unit, firm.units[a.unit].title, metrics[a.metric], a, a.settled)
        for _, a in sorted(firm.aims.items())
        if a.metric in metrics and a.unit in firm.units
    ]
