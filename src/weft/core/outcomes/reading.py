"""Readings: what a metric was on a day, and who says so."""

from __future__ import annotations

import math
from datetime import date
from typing import ClassVar

from weft.core.facts.fact import Fact
from weft.core.scalars import Line, Name
from weft.errors import InputError, Where


def finite(field: str, value: float | None) -> None:
    """Raise InputError for a value of a field that is no number, such as NaN."""
    if value is not None and not math.isfinite(value):
        raise InputError(
            f"`{field}` is {value}, which is no number.",
            do="Give a finite number, or leave it out.",
            where=Where(path=field),
        )


class Reading(Fact, frozen=True, kw_only=True, gc=False):
    """The value of a metric on a day, in the metric's unit.

    source: where the number comes from, such as a report or a system. note: what to
    know about it; never about a person.
    """

    kind: ClassVar[str] = "readings"
    noun: ClassVar[str] = "reading"

    metric: Name
    on: date
    value: float
    source: Line = ""
    note: Line = ""

    def __post_init__(self) -> None:
        """Refuse what is no number, such as NaN."""
        finite("value", self.value)

    @property
    def key(self) -> str:
        """A metric has one value on a day."""
        return f"{self.metric}@{self.on}"

    @property
    def subject(self) -> str:
        """It is about its metric."""
        return self.metric

    @property
    def when(self) -> str:
        """It was so on its day."""
        return self.on.isoformat()
