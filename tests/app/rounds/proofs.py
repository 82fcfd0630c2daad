"""What shows that a mission is worth something, as good as it can be shown."""

from __future__ import annotations

from datetime import date

from weft.core.outcomes.experiment import Experiment
from weft.core.outcomes.improvement import Evidence, Improvement
from weft.core.outcomes.metric import Metric
from weft.core.records import Record


def won(mission: str, on: date = date(2026, 1, 5)) -> tuple[Record, ...]:
    """Give an improvement that an experiment showed to be one: it carries grade A."""
    metric = Metric(id=f"{mission}-calm", title="Calm", unit="%", mission=mission)
    bet = Experiment(
        id=f"{mission}-bet",
        title="Less noise",
        mission=mission,
        metric=metric.id,
        closed=on,
        verdict="won",
    )
    better = Improvement(
        id=f"{mission}-better",
        title="Quiet screens",
        mission=mission,
        metric=metric.id,
        deployed=on,
        evidence=(Evidence(grade="A", experiment=bet.id),),
    )
    return metric, bet, better
