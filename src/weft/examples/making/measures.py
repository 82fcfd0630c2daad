"""What an example firm measures: the metric of each mission, and its outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from weft.core.outcomes.metric import Metric
from weft.core.outcomes.outcome import Outcome
from weft.core.records import read
from weft.core.scalars import slug
from weft.examples.days import Calendar
from weft.examples.making.plan import Team
from weft.examples.making.staff import Staff


def leads(staff: Staff, team: Team) -> tuple[str | None, str | None]:
    """Give the business lead and the technology lead of a mission."""
    return staff.head(team.id), staff.technology_lead(team)


def metrics(staff: Staff) -> Iterator[Metric]:
    """Give the metric that each mission is judged by."""
    for team in staff.teams.values():
        if team.told:
            yield metric(team.id, team.told["outcome"])


def metric(mission: str, told: Mapping[str, Any]) -> Metric:
    """Give the metric of a mission's outcome, which its leads have confirmed."""
    return Metric(
        id=metric_id(mission, told),
        title=told["metric"],
        unit=told["unit"],
        direction="up" if told["target"] > told["baseline"] else "down",
        stage=told.get("stage", "Outcome"),
        mission=mission,
    )


def metric_id(mission: str, told: Mapping[str, Any]) -> str:
    """Name the metric of a mission: others may measure something called alike."""
    return f"{mission}.{slug(told['metric'], 40)}"[:80]


def outcome(
    mission: str,
    told: Mapping[str, Any],
    calendar: Calendar,
    signed: Sequence[str | None] = (),
) -> Outcome:
    """Give an outcome; `months` from today it is due."""
    plain = {
        "metric": metric_id(mission, told),
        "baseline": told["baseline"],
        "target": told["target"],
        "by": calendar.end(told["months"]).isoformat(),
        "signed_by": [lead for lead in signed if lead],
    }
    return read(Outcome, plain)
