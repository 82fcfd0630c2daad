"""By what costs are counted: blended rates of people, prices and uses of services."""

from __future__ import annotations

from typing import Annotated, ClassVar

from msgspec import Meta

from weft.core.money.reckoning import known
from weft.core.records import Record
from weft.core.scalars import Amount, Line, Month, Name, minor
from weft.errors import InputError

FEWEST = 5
"""A rate that fewer people stand behind would tell what one of them earns."""


class Blend(Record, frozen=True, kw_only=True):
    """What a month of a full-time person costs, blended over a discipline or over all.

    discipline: of people most of whose role it is; None for everybody whom no other
    blend counts. start: from this month on, until a later blend of the same discipline.
    It is a rate of at least five people: never anybody's salary.
    """

    kind: ClassVar[str] = "blends"

    discipline: Name | None = None
    start: Month
    rate: Amount

    @property
    def key(self) -> str:
        """One rate for each discipline and month it begins in."""
        return f"{self.discipline or 'everybody'}:{self.start}"

    def __post_init__(self) -> None:
        """Refuse what is no money, or less than none."""
        units, currency = minor(self.rate)
        known(currency)
        if units <= 0:
            raise InputError(
                "A month of a person costs more than nothing.",
                do="Give a rate above zero.",
            )


class Price(Record, frozen=True, kw_only=True):
    """How a platform charges what others use of it: at a price, or by use.

    rate: for one `unit`. Without it the whole cost of the platform in a month is
    divided among those who used it, by how much they did.
    """

    kind: ClassVar[str] = "prices"

    platform: Name
    unit: Line
    start: Month
    rate: Amount | None = None

    @property
    def key(self) -> str:
        """One price for each platform and month it begins in."""
        return f"{self.platform}:{self.start}"

    def __post_init__(self) -> None:
        """Refuse what is no money."""
        if self.rate is not None:
            known(minor(self.rate)[1])


class Use(Record, frozen=True, kw_only=True):
    """How much of a platform's service a mission used in a month, in its unit."""

    kind: ClassVar[str] = "uses"

    platform: Name
    mission: Name
    month: Month
    quantity: Annotated[int, Meta(ge=0, le=10**12)]

    @property
    def key(self) -> str:
        """One figure for each platform, mission and month."""
        return f"{self.platform}:{self.mission}:{self.month}"
