"""What outcomes say of each mission, gathered for the money side of a round.

How far its outcome had come each month, how likely it is to be reached, which of its
experiments won, and which of its improvements are proven.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from weft.app.funding.assumptions import verdicts
from weft.app.outcomes.board import going
from weft.core.firm import Firm
from weft.core.outcomes.experiment import Experiment
from weft.core.outcomes.improvement import Improvement
from weft.core.outcomes.metric import Metric
from weft.core.outcomes.outcome import Outcome
from weft.core.outcomes.reading import Reading
from weft.engines.funding.rounds import Signs
from weft.store.desk import Desk

_Of = TypeVar("_Of", Experiment, Improvement)


def signs(desk: Desk, firm: Firm, on: date) -> dict[str, Signs]:
    """Give what is known of the outcome of each mission on a day.

    Only of an outcome with a baseline is told how far it has come; of missions that
    nothing is known of there is no word.
    """
    goals = {m.id: m.outcome for m in firm.missions.values() if m.outcome}
    read = readings(desk, firm, {goal.metric for goal in goals.values()}, on)
    promised = {forecast.mission for forecast in firm.forecasts.values()}
    tried = _by_mission(firm.experiments.values())
    made = _by_mission(firm.improvements.values())
    found = {}
    for mission in sorted({*goals, *tried, *made}):
        course, chance, says = {}, None, []
        goal = goals.get(mission)
        if goal is not None and (told := read.get(goal.metric)):
            metric = firm.metrics[goal.metric]
            course = _course(goal, told)
            says = [_of_readings(metric, told)]
            if mission in promised:
                sure = going(metric, goal, told, on).probability
                chance = None if sure is None else round(100 * sure)
        closed = [e for e in tried.get(mission, ()) if e.closed and e.closed <= on]
        says += [_of_experiment(each) for each in closed]
        says += [_of_proof(e) for e in made.get(mission, ()) if _is_proven(e, on)]
        found[mission] = Signs(
            course, chance, verdicts(tried.get(mission, ()), on), tuple(says)
        )
    return found


def readings(
    desk: Desk, firm: Firm, metrics: set[str], on: date
) -> Mapping[str, list[Reading]]:
    """Give the readings of metrics until a day, as the firm knew them."""
    found: dict[str, list[Reading]] = defaultdict(list)
    known = {metric for metric in metrics if metric in firm.metrics}
    for each in desk.facts.of(Reading, known, upto=firm.seq, until=on.isoformat()):
        found[each.metric].append(each)
    return found


def _course(goal: Outcome, told: Sequence[Reading]) -> dict[str, float]:
    """Give by month how far a metric had come from its baseline, towards the target."""
    if goal.baseline is None or goal.baseline == goal.target:
        return {}
    whole = goal.target - goal.baseline
    return {f"{r.on:%Y-%m}": (r.value - goal.baseline) / whole for r in told}


def _of_readings(metric: Metric, told: Sequence[Reading]) -> str:
    last = told[-1]
    many = f"{len(told)} {'reading' if len(told) == 1 else 'readings'}"
    return f"{many} of {metric.title}, the latest {last.value:g} on {last.on}."


def _of_experiment(each: Experiment) -> str:
    learnt = f": {each.learnt.splitlines()[0]}" if each.learnt.strip() else "."
    return f"Its experiment {each.title} {each.verdict or 'was closed'}{learnt}"


def _is_proven(each: Improvement, on: date) -> bool:
    return each.proven is not None and each.proven <= on


def _of_proof(each: Improvement) -> str:
    grade = min((e.grade for e in each.evidence), default="D")
    return f"The benefit of {each.title} is proven, grade {grade}."


def _by_mission(records: Iterable[_Of]) -> dict[str, list[_Of]]:
    found: dict[str, list[_Of]] = defaultdict(list)
    for each in records:
        found[each.mission].append(each)
    return {each: sorted(some, key=lambda e: e.id) for each, some in found.items()}
