"""What a mission spends its money for: to keep running, for less, or for the new."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from weft.core.people import WHOLE
from weft.core.records import Record
from weft.core.scalars import Line, Month, Name
from weft.errors import InputError

Cost = Literal["people", "cloud", "contracts", "shared"]
Hundredths = Annotated[int, Meta(ge=0, le=WHOLE, description="hundredths")]


class Purpose(Record, frozen=True, kw_only=True):
    """What the spending of a mission is for, in hundredths, from a month on.

    cost: of which costs it is said; None for all those of which nothing is said apart.
    start: from this month on, until a later one of the same costs. running: what keeps
    things as they are; efficiency: the same for less; innovation: what was not there
    before. The three are a hundred. why: how whoever says so knows.
    """

    kind: ClassVar[str] = "purposes"

    mission: Name
    cost: Cost | None = None
    start: Month
    running: Hundredths = 0
    efficiency: Hundredths = 0
    innovation: Hundredths = 0
    why: Annotated[Line, Meta(min_length=1)]

    @property
    def key(self) -> str:
        """One for each mission, its costs, and the month it begins in."""
        return f"{self.mission}:{self.cost or 'all'}:{self.start}"

    def __post_init__(self) -> None:
        """Refuse shares that are not the whole."""
        if (said := self.running + self.efficiency + self.innovation) != WHOLE:
            raise InputError(
                f"Running, efficiency and innovation come to {said} hundredths.",
                do="Give three that come to 100, such as 70, 20 and 10.",
            )
