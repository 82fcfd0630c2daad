"""What shows that a mission is worth something, as good as it can be shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from weft.core.outcomes.experiment import Experiment, Observation, StopRule
from weft.core.outcomes.improvement import Evidence, Improvement
from weft.core.outcomes.metric import Metric
from weft.core.records import Record

STARTED = date(2025, 12, 1)
STOP = StopRule(most=1000, by=date(2027, 12, 31))


def trials(experiment: Experiment) -> Iterator[Observation]:
    """Give trials that show the verdict of an experiment, in the days it began."""
    if experiment.verdict in {"won", "lost"}:
        better = 10.0 if experiment.verdict == "won" else -10.0
        first = datetime(2025, 12, 1, tzinfo=UTC)
        for n in range(100):
            yield Observation(
                experiment=experiment.id,
                trial=f"{n}",
                arm="treatment" if n % 2 else "control",
                at=first + timedelta(hours=n),
                value=n // 2 % 3 + better * (n % 2),
            )


def won(mission: str, on: date = date(2026, 1, 5)) -> tuple[Record, ...]:
    """Give an improvement that an experiment showed to be one: it carries grade A."""
    metric = Metric(id=f"{mission}-calm", title="Calm", unit="%", mission=mission)
    bet = Experiment(
        id=f"{mission}-bet",
        title="Less noise",
        mission=mission,
        metric=metric.id,
        stop=STOP,
        started=STARTED,
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
