"""What a mission promises to be worth, what came, and how a promise ages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Final, Literal

from msgspec import Meta

from weft.core.funding.fund import Grade
from weft.core.funding.months import after, between
from weft.core.records import Record
from weft.core.scalars import Amount, Line, Month, Name

Age = Literal["fresh", "ageing", "stale", "lapsed"]

AGES: Final[tuple[tuple[int, Age], ...]] = (
    (18, "lapsed"),
    (12, "stale"),
    (6, "ageing"),
)
"""From so many months on after it was made, or last confirmed."""


class Forecast(Record, frozen=True, kw_only=True):
    """A mission says what it will be worth a month, so many months from then.

    made: the month it was said in. value: what it will be worth a month, from `due`
    on. confirmed: when somebody last said that it still holds.
    """

    kind: ClassVar[str] = "forecasts"

    mission: Name
    made: Month
    horizon: Annotated[int, Meta(ge=1, le=60, description="months ahead")]
    value: Amount
    basis: Line = ""
    confirmed: date | None = None

    @property
    def key(self) -> str:
        """One forecast of a mission for each month it is made in, and each horizon."""
        return f"{self.mission}:{self.made}:{self.horizon}"

    @property
    def due(self) -> Month:
        """Give the month that it is about."""
        return after(self.made, self.horizon)

    def age(self, month: Month) -> Age:
        """Tell how old it is in a month: ageing from 6, stale from 12, lapsed from 18.

        Confirming it resets the mark.
        """
        said = max(self.made, f"{self.confirmed:%Y-%m}" if self.confirmed else "")
        old = between(said, month)
        return next((word for months, word in AGES if old >= months), "fresh")


class Benefit(Record, frozen=True, kw_only=True):
    """What a mission was worth in a month, in money, and how well that is known."""

    kind: ClassVar[str] = "benefits"

    mission: Name
    month: Month
    value: Amount
    grade: Grade = "D"
    basis: Line = ""

    @property
    def key(self) -> str:
        """One for each mission and month."""
        return f"{self.mission}:{self.month}"
