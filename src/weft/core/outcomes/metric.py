"""Metrics: what is measured, in which unit, which way is better, and what it tells."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final, Literal

from weft.core.records import Record
from weft.core.scalars import Line, Name, Text

Stage = Literal["Input", "Input_Processing", "Output", "Output_Processing", "Outcome"]
"""StratML's value chain (ISO 17469): what is put in, the work on it, what is handed
over, what those who get it do with it, and what is better for them then."""
Direction = Literal["up", "down"]

NO_GOALS: Final = frozenset({"Input", "Input_Processing"})
"""Stages that are no goal: one can spend, and be busy, and nothing is better."""
OUTCOME_SIDE: Final = frozenset({"Output_Processing", "Outcome"})
"""Stages that say what is different for those whom it is for."""


class Metric(Record, frozen=True, kw_only=True):
    """What is measured again and again, by one definition.

    direction: the way that is better. stage: where it stands in the value chain, as its
    owner confirmed; none where nobody has, and Weft then proposes one. mission,
    of_unit: who owns it; one of them, or none for the firm as a whole. touchpoint:
    where customers meet the firm, for a metric of that alone. against: metrics known to
    get worse as this one gets better. retired, replaced_by, because: when it was given
    up, what is measured instead, and why; the two series are never joined.
    """

    kind: ClassVar[str] = "metrics"

    id: Name
    title: Line
    unit: Line
    direction: Direction = "up"
    stage: Stage | None = None
    mission: Name | None = None
    of_unit: Name | None = None
    touchpoint: Line = ""
    against: tuple[Name, ...] = ()
    retired: date | None = None
    replaced_by: Name | None = None
    because: Text = ""
    source: Line = ""
