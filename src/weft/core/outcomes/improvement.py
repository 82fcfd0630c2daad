"""Improvements: deployed, adopted and proven are three different things."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from weft.core.records import Record
from weft.core.scalars import Line, Name, Text

Grade = Literal["A", "B", "C", "D"]
"""Evidence: A an experiment, B before and after with a control, C an estimate, D a
claim."""


class AdoptionStep(Record, frozen=True, kw_only=True):
    """What has to change in how people work before there is a benefit."""

    title: Line
    done: date | None = None


class Evidence(Record, frozen=True, kw_only=True):
    """Why a benefit is believed, and how much that is worth.

    experiment: the closed one that a grade A rests on. control: for a grade B, a metric
    that the improvement left alone and that is measured alike. says, source: in words,
    and where that can be looked up.
    """

    grade: Grade
    experiment: Name | None = None
    control: Name | None = None
    says: Text = ""
    source: Line = ""


class Improvement(Record, frozen=True, kw_only=True):
    """A change to how the firm serves somebody, and what is to get better by it.

    metric: what should get better. deployed: the day it could be used. steps: what has
    to change around it; adopted: the day it was really used. proven: the day the
    benefit was held to be proven, by the evidence.
    """

    kind: ClassVar[str] = "improvements"

    id: Name
    title: Line
    mission: Name
    asset: Name | None = None
    metric: Name
    deployed: date | None = None
    steps: tuple[AdoptionStep, ...] = ()
    adopted: date | None = None
    proven: date | None = None
    evidence: tuple[Evidence, ...] = ()
