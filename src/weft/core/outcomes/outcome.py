"""Outcomes: the one thing that a mission is there for; and what others aim at."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from weft.core.records import Record
from weft.core.scalars import Amount, Line, Name, Text


class Outcome(Record, frozen=True, kw_only=True):
    """A target on a metric by a date: the one thing that a mission is there for.

    baseline, target: in the unit of the metric. signed_by: who of its two leads signed
    this version; a change of it voids that.
    """

    metric: Name
    baseline: float | None = None
    target: float
    by: date
    signed_by: tuple[Name, ...] = ()


class Aim(Record, frozen=True, kw_only=True):
    """What a unit is held to on a metric: what its people bring into a mission.

    budget: what it has for it. settled: how it was put right with the mission that took
    its people in; empty while it was not.
    """

    kind: ClassVar[str] = "aims"

    unit: Name
    metric: Name
    baseline: float | None = None
    target: float
    by: date
    budget: Amount | None = None
    priority: Line = ""
    settled: Text = ""

    @property
    def key(self) -> str:
        """A unit has one aim on a metric."""
        return f"{self.unit}:{self.metric}"
