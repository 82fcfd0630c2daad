"""Money as whole minor units: what is refused, and what adds up."""

from __future__ import annotations

import os
import random
from decimal import Decimal
from fractions import Fraction

import iso4217
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weft.core.money.currencies import PLACES
from weft.core.money.reckoning import MOST, rounded, split, units
from weft.core.scalars import amount, minor
from weft.errors import InputError

SPLITS = int(os.environ.get("WEFT_SPLITS", "20000"))
"""So many random splits; a million by hand."""


def test_the_currencies_are_those_of_the_maintenance_agency() -> None:
    published = {
        each.code: each.exponent
        for each in iso4217.Currency
        if each.exponent is not None
    }
    assert published == PLACES


@pytest.mark.parametrize(
    ("number", "currency", "reason"),
    [
        ("NaN", "EUR", "is no amount of money"),
        ("Infinity", "EUR", "is no amount of money"),
        ("1/3", "EUR", "is no amount of money"),
        ("", "EUR", "is no amount of money"),
        ("1,5", "EUR", "is no amount of money"),
        ("1e400", "EUR", "is more, or finer, than any amount"),
        ("1e-400", "EUR", "is more, or finer, than any amount"),
        (str(MOST), "EUR", "is more, or finer, than any amount"),
        ("0.333", "EUR", "has more decimals than EUR has"),
        ("0.5", "JPY", "has more decimals than JPY has"),
        ("1", "EURO", "is no currency of ISO 4217"),
        ("1", "XXX", "is no currency of ISO 4217"),
        ("1", "eur", "is no currency of ISO 4217"),
        ("1", "", "is no currency of ISO 4217"),
    ],
)
def test_what_is_no_money_is_refused_with_its_reason(
    number: str, currency: str, reason: str
) -> None:
    with pytest.raises(InputError, match=reason) as refused:
        units(number, currency)
    assert refused.value.do


@given(st.sampled_from(sorted(PLACES)), st.integers(1 - MOST, MOST - 1))
def test_an_amount_is_read_as_it_is_written(currency: str, whole: int) -> None:
    written = amount(whole, currency)
    assert minor(written) == (whole, currency)
    assert units(written.partition(" ")[0], currency) == whole


@given(
    st.integers(-(10**12), 10**12),
    st.lists(st.integers(0, 10**6), min_size=1).filter(sum),
)
def test_parts_add_up_and_none_is_a_unit_off(whole: int, weights: list[int]) -> None:
    parts = split(whole, weights)
    assert sum(parts) == whole
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(whole * weight, sum(weights))) < 1
    assert all(part == 0 for part, w in zip(parts, weights, strict=True) if not w)


@pytest.mark.slow
def test_no_unit_is_lost_in_many_random_splits() -> None:
    dice = random.Random(7)  # noqa: S311 # no secret
    for _ in range(SPLITS):
        whole = dice.randrange(-(10**9), 10**9)
        weights = [dice.randrange(100) for _ in range(dice.randrange(1, 9))]
        if any(weights):
            assert sum(split(whole, weights)) == whole


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [3, -1]])
def test_what_does_not_say_how_to_divide_is_refused(weights: list[int]) -> None:
    with pytest.raises(InputError, match="Nothing says how to divide"):
        split(100, weights)


@given(st.lists(st.decimals(-(10**9), 10**9, places=11), max_size=30))
def test_rounded_parts_are_the_rounded_sum(exact: list[Decimal]) -> None:
    parts = rounded(exact)
    assert sum(parts) == round(sum(map(Fraction, exact), Fraction()))
    for part, each in zip(parts, exact, strict=True):
        assert abs(part - Fraction(each)) < 1


def test_the_largest_remainder_gets_what_is_left() -> None:
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(-100, [1, 1, 1]) == [-33, -33, -34]
    assert rounded([Decimal("0.4"), Decimal("0.3"), Decimal("0.3")]) == [1, 0, 0]
