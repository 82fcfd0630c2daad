"""Single values that records are made of: names, months, shares, money."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Annotated, get_args

from msgspec import Meta

from weft.errors import InputError

Name = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9][a-z0-9._-]*$(?!\n)",  # Python's $ lets a line break by
        max_length=80,
        description="lower case letters, digits, hyphens, dots, underscores",
    ),
]
Text = Annotated[str, Meta(max_length=4000)]
Line = Annotated[
    str,
    Meta(
        max_length=400,
        pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)",
        description="text on one line",
    ),
]
Month = Annotated[
    str,
    Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])$(?!\n)", description="a month: 2026-11"),
]
Percent = Annotated[int, Meta(ge=1, le=100, description="hundredths of a whole")]
Level = Annotated[int, Meta(ge=1, le=5, description="1 aware of it .. 5 teaches it")]
Amount = Annotated[
    str,
    Meta(
        pattern=r"^-?(0|[1-9]\d{0,14})(\.\d{1,3})? [A-Z]{3}$(?!\n)",
        description="money with its ISO 4217 currency: 20000.00 EUR",
    ),
]

SHAPES: dict[str, str] = {
    str(meta.pattern): str(meta.description)
    for shape in (Name, Line, Month, Amount)
    for meta in get_args(shape)[1:]
}
"""What each pattern of a text asks for, in words."""

# ISO 4217: the currencies whose minor unit is not a hundredth.
_PLACES = {
    **dict.fromkeys(
        [
            *["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"],
            *["RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"],
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
}


def places(currency: str) -> int:
    """Give how many decimals a currency has."""
    return _PLACES.get(currency, 2)


def minor(amount: Amount) -> tuple[int, str]:
    """Give an amount as a whole number of minor units, and its currency.

    Raises InputError for more decimals than the currency has.
    """
    number, _, currency = amount.partition(" ")
    scaled = Decimal(number).scaleb(places(currency))
    if scaled != scaled.to_integral_value():
        raise InputError(
            f"{amount} has more decimals than {currency} has.",
            do=f"Give at most {places(currency)} decimals.",
        )
    return int(scaled), currency


def amount(units: int, currency: str) -> Amount:
    """Write a whole number of minor units as an amount."""
    decimals = places(currency)
    return f"{Decimal(units).scaleb(-decimals):.{decimals}f} {currency}"


def slug(text: str, most: int = 60) -> str:
    """Make a name out of any text; empty where nothing can be kept.

    Letters of other scripts that have no plain form are left out, so the
    caller needs a fallback such as a number.
    """
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", flat.lower()).strip("-")[:most].strip("-")
