"""Roll-outs: a guardrail brought into force, and the baseline of what broke it then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, ClassVar

from msgspec import Meta

from weft.core.guardrails import Cover
from weft.core.records import Record
from weft.core.scalars import Line, Name, Text
from weft.errors import InputError


class Rollout(Record, frozen=True, kw_only=True):
    """One version of a guardrail brought into force, with dates for what breaks it.

    until: the day before which all of its baseline is to be mended. dates: other days
    for some missions. recorded: how many items its baseline had on the first day.
    What it names may leave the firm; the roll-out stays on record.
    """

    kind: ClassVar[str] = "rollouts"

    id: Name
    guardrail: Name
    version: Annotated[int, Meta(ge=1)]
    reason: Text = ""
    until: date
    dates: Mapping[Name, date] = {}
    recorded: Annotated[int, Meta(ge=0)]
    started_by: Name
    started_at: datetime

    def __post_init__(self) -> None:
        """Refuse an instant without a zone."""
        if self.started_at.tzinfo is None:
            raise InputError(
                f"The start of {self.id} has no zone.",
                do="Write times in UTC: 2026-11-21T09:00:00Z.",
            )

    def end_for(self, mission: str | None) -> date:
        """Give the day before which a mission is to have mended what is its own."""
        return self.dates.get(mission or "", self.until)


class BaselineItem(Record, frozen=True, kw_only=True):
    """What broke a guardrail when it was rolled out: one path and value of an asset.

    It is tolerated exactly as it was recorded, until its end. mission: the one that
    owned the asset then. mended_at: when it no longer offended, or its asset was
    gone; from then on it counts for nothing, whatever becomes of the asset.
    """

    kind: ClassVar[str] = "baseline"

    id: Name
    rollout: Name
    guardrail: Name
    version: Annotated[int, Meta(ge=1)]
    asset: Name
    mission: Name | None = None
    path: Line
    value: Line
    until: datetime
    mended_at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse instants without a zone."""
        for instant in (self.until, self.mended_at):
            if instant is not None and instant.tzinfo is None:
                raise InputError(
                    f"A time of the baseline item {self.id} has no zone.",
                    do="Write times in UTC: 2026-11-21T09:00:00Z.",
                )

    @property
    def covers(self) -> tuple[Cover, ...]:
        """Give the one path and value that it is about."""
        return (Cover(path=self.path, value=self.value),)
