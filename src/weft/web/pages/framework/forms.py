"""What the form for a waiver brings."""

from __future__ import annotations

from datetime import date

from weft.core.records import Record
from weft.core.scalars import Name, Text


class Asked(Record, frozen=True, kw_only=True):
    """A waiver asked for on the page of a decision; the decision has the rest."""

    decision: int
    guardrail: Name
    reason: Text
    measure: Text = ""
    until: date

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Name the fields, so that what a browser adds is left out."""
        return cls.__struct_fields__
