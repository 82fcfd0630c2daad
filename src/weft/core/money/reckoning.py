"""Money as whole minor units: read from a text, added up, split without a rest."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import lcm
from typing import Final

from weft.core.money.currencies import PLACES
from weft.errors import InputError, Where, cut

MOST: Final = 10**17
"""No amount has so many minor units: a thousand of them still fit a 64-bit sum."""


def known(currency: str, where: Where | None = None) -> str:
    """Give a currency back, or refuse one that ISO 4217 does not have."""
    if currency not in PLACES:
        raise InputError(
            f"{cut(currency)!r} is no currency of ISO 4217.",
            do="Write its three letters, such as EUR, USD or JPY.",
            where=where,
        )
    return currency


def units(number: str, currency: str, where: Where | None = None) -> int:
    """Read a number that somebody wrote as minor units of a currency.

    Refused, each with its reason: what is no number, what has no end, what is more
    than anybody has, and what is finer than the currency.
    """
    places = PLACES[known(currency, where)]
    exact = decimal(number, where)
    if abs(exact.adjusted()) > _WIDE and exact:
        _too_much(number, where)
    scaled = Fraction(exact) * 10**places
    if scaled.denominator != 1:
        raise InputError(
            f"{cut(number)} {currency} has more decimals than {currency} has.",
            do=f"Round it to {places} decimals, or give the parts so that they add up.",
            where=where,
        )
    if abs(scaled) >= MOST:
        _too_much(number, where)
    return int(scaled)


def decimal(number: str, where: Where | None = None) -> Decimal:
    """Read a finite number exactly as it is written; a fraction such as 1/3 is none."""
    try:
        exact = Decimal(number.strip())
    except InvalidOperation:
        exact = Decimal("NaN")
    if not exact.is_finite():
        raise InputError(
            f"{cut(number)!r} is no amount of money.",
            do="Write digits with a decimal point: 1234.50",
            where=where,
        )
    return exact


def split(whole: int, weights: Sequence[int]) -> list[int]:
    """Divide units by weights so that the parts add up to the whole, to the last unit.

    Each part is its exact share rounded down or up: those with the largest remainder
    get the units left over, the first of equals first. Source: the method of the
    largest remainder (Hamilton). Weights are zero or more; they may not all be zero.
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise InputError(
            "Nothing says how to divide it: the weights are negative or all zero.",
            do="Give at least one weight above zero, and none below.",
        )
    return _largest([divmod(whole * weight, total) for weight in weights], whole)


def rounded(exact: Sequence[Fraction | Decimal]) -> list[int]:
    """Round amounts so that they add up to their rounded sum; half goes to even."""
    ratios = [each.as_integer_ratio() for each in exact]
    one = lcm(*(below for _, below in ratios))  # whole numbers: fractions are slow
    parts = [divmod(above * (one // below), one) for above, below in ratios]
    rests = Fraction(sum(rest for _, rest in parts), one)
    return _largest(parts, round(rests + sum(floor for floor, _ in parts)))


_WIDE = 60


def _largest(parts: Sequence[tuple[int, int]], whole: int) -> list[int]:
    """Give the units left over of a whole to the parts with the largest remainders."""
    floors = [floor for floor, _ in parts]
    order = sorted(range(len(parts)), key=lambda n: (-parts[n][1], n))
    for place in order[: whole - sum(floors)]:
        floors[place] += 1
    return floors


def _too_much(number: str, where: Where | None) -> None:
    raise InputError(
        f"{cut(number)} is more, or finer, than any amount of money is.",
        do=f"Give less than {MOST:,} minor units.",
        where=where,
    )
