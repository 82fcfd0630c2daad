"""No amount changes its currency without a dated rate."""

from __future__ import annotations

from datetime import date

import pytest

from weft.core.money.rates import Converted, Rate, convert
from weft.errors import InputError


def rate(base: str, quote: str, on: str, factor: str) -> Rate:
    return Rate(
        base=base,
        quote=quote,
        on=date.fromisoformat(on),
        factor=factor,
        source="invented",
    )


SEPTEMBER = rate("EUR", "USD", "2026-09-30", "1.25")
OCTOBER = rate("EUR", "USD", "2026-10-31", "1.5")
YEN = rate("EUR", "JPY", "2026-10-01", "160")
RATES = (OCTOBER, SEPTEMBER, YEN)


def test_the_latest_rate_of_the_month_or_before_holds_both_ways() -> None:
    assert convert(150, "USD", "EUR", "2026-10", RATES) == Converted(100, OCTOBER)
    assert convert(100, "EUR", "USD", "2026-10", RATES) == Converted(150, OCTOBER)
    assert convert(125, "USD", "EUR", "2026-09", RATES) == Converted(100, SEPTEMBER)


def test_currencies_of_other_places_convert_by_their_worth() -> None:
    assert convert(100, "EUR", "JPY", "2026-10", RATES) == Converted(160, YEN)
    assert convert(160, "JPY", "EUR", "2026-10", RATES) == Converted(100, YEN)


def test_without_a_rate_of_the_time_nothing_converts() -> None:
    assert convert(150, "USD", "EUR", "2026-08", RATES) is None  # only later ones
    assert convert(150, "USD", "EUR", "2027-01", RATES) is None  # only older ones
    assert convert(150, "USD", "JPY", "2026-10", RATES) is None  # not across a third


def test_half_a_unit_goes_to_the_even_one() -> None:
    half = rate("EUR", "USD", "2026-10-01", "0.5")
    units = [convert(n, "EUR", "USD", "2026-10", [half]) for n in (1, 3, 5, -1)]
    assert [each.units for each in units if each] == [0, 2, 2, 0]


@pytest.mark.parametrize(
    ("base", "quote", "factor"),
    [("EUR", "EUR", "1"), ("EUR", "USD", "0"), ("EUR", "XXX", "1")],
)
def test_a_rate_that_is_none_is_refused(base: str, quote: str, factor: str) -> None:
    with pytest.raises(InputError):
        rate(base, quote, "2026-10-01", factor)
