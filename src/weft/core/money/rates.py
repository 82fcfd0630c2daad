"""Rates between currencies, each of a day and a source; without one none converts."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from weft.core.money.reckoning import known
from weft.core.records import Record
from weft.core.scalars import Line, Month, places
from weft.errors import InputError

Currency = Annotated[
    str,
    Meta(pattern=r"^[A-Z]{3}$(?!\n)", description="a currency of ISO 4217: EUR"),
]
Factor = Annotated[
    str,
    Meta(
        pattern=r"^(0|[1-9]\d{0,8})(\.\d{1,10})?$(?!\n)",
        description="a number above zero: 1.0842",
    ),
]


class Rate(Record, frozen=True, kw_only=True):
    """So much of one currency is paid for one of another on a day.

    One `base` is `factor` of `quote`. source: who says so, such as the central bank.
    """

    kind: ClassVar[str] = "rates"

    base: Currency
    quote: Currency
    on: date
    factor: Factor
    source: Line

    @property
    def key(self) -> str:
        """One rate for each pair of currencies and day."""
        return f"{self.base}:{self.quote}:{self.on}"

    def __post_init__(self) -> None:
        """Refuse what is no currency, and a rate of nothing."""
        known(self.base)
        known(self.quote)
        if self.base == self.quote or not Decimal(self.factor):
            raise InputError(
                f"{self.factor} {self.quote} for one {self.base} is no rate.",
                do="Name two currencies, and a factor above zero.",
            )


class Converted(msgspec.Struct, frozen=True):
    """An amount in another currency, and the rate that it was told by."""

    units: int
    rate: Rate


OLDEST = 45
"""A rate more days old than this is none for the month: Weft's own assumption."""


def convert(
    units: int, currency: str, to: str, month: Month, rates: Iterable[Rate]
) -> Converted | None:
    """Give an amount in another currency by the latest rate of the month or before.

    None where no rate is there, or only older ones: then it stays what it was, and is
    shown as such. Half a minor unit goes to the even one. A rate holds both ways.
    """
    year, number = int(month[:4]), int(month[5:])
    last = date(year, number, calendar.monthrange(year, number)[1])
    wanted = {currency, to}
    found = [
        rate
        for rate in rates
        if {rate.base, rate.quote} == wanted and 0 <= (last - rate.on).days <= OLDEST
    ]
    if not found:
        return None
    rate = max(found, key=lambda each: (each.on, each.base == currency))
    factor = Fraction(rate.factor)
    if rate.base != currency:
        factor = 1 / factor
    scale = Fraction(10) ** (places(to) - places(currency))
    return Converted(round(units * factor * scale), rate)
