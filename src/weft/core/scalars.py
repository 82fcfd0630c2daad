"""Single values that records are made of: names, months, shares, money."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from msgspec import Meta

from weft.core.money.currencies import PLACES
from weft.errors import InputError, cut

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
Zone = Annotated[
    str,
    Meta(
        max_length=64,
        pattern=r"^[A-Za-z0-9_+:/-]*$(?!\n)",
        description="a time zone: Europe/Berlin or UTC+05:30",
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
        pattern=r"^-?(0|[1-9]\d{0,14})(\.\d{1,4})? [A-Z]{3}$(?!\n)",
        description="money with its ISO 4217 currency: 20000.00 EUR",
    ),
]

SHAPES: dict[str, str] = {
    str(meta.pattern): str(meta.description)
    for shape in (Name, Line, Month, Amount)
    for meta in get_args(shape)[1:]
}
"""What each pattern of a text asks for, in words."""


def places(currency: str) -> int:
    """Give how many decimals a currency has; two where nobody knows it."""
    return PLACES.get(currency, 2)


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


# What a value should have been: the terse message of the reader, in a sentence.

Told = tuple[str, str]
"""What is wrong, and what to do."""


def explained(said: str, field: str, value: object, hint: Any) -> Told:
    """Explain what was said of a value of a field whose type is `hint`.

    field: its name; empty for the record as a whole.
    """
    named = f"`{field}`" if field else "The record"
    for pattern, tell in _TELLS:
        if found := pattern.fullmatch(said):
            return tell(found, named, value, hint)
    return f"{named}: {said}.", f"Give another value than {shown(value)}."


def shown(value: object) -> str:
    """Write a value in a sentence, however long it is."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "nothing"}[value]
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list | tuple) else repr(cut(value))


def _date(_: re.Match[str], field: str, value: object, __: Any) -> Told:
    what = f"{field} is {shown(value)}, and no such day is there."
    return what, "Write a day as year-month-day: 2026-11-21."


def _time(_: re.Match[str], field: str, value: object, __: Any) -> Told:
    what = f"{field} is {shown(value)}, and no such time is there."
    return what, "Write a time in UTC: 2026-11-21T09:00:00Z."


def _choice(_: re.Match[str], field: str, value: object, hint: Any) -> Told:
    listed = ", ".join(dict.fromkeys(_choices(hint)))
    return f"{field} cannot be {shown(value)}.", f"Use one of: {listed}."


def _length(found: re.Match[str], field: str, value: Any, _: Any) -> Told:
    most, count = found[2] == "<=", int(found[3])
    unit = "characters" if found[1] == "str" else "entries"
    end = f"{count:,} is the {'most' if most else 'least'}."
    what = f"{field} has {len(value):,} {unit}; {end}"
    if not most:
        return what, "Add what is missing."
    if unit == "characters":
        return what, f"Shorten it to {count:,} characters."
    return what, f"Leave only {count:,}, or spread them over several records."


def _bound(found: re.Match[str], field: str, value: object, _: Any) -> Told:
    least = found[1] == ">="
    word = "least" if least else "most"
    what = f"{field} is {shown(value)}; {found[2]} is the {word}."
    side = "or more" if least else "or less"
    return what, f"Give {found[2]} {side}."


def _shape(found: re.Match[str], field: str, value: object, _: Any) -> Told:
    words = next((w for p, w in SHAPES.items() if repr(p) == found[1]), found[1])
    what = f"{field} is {shown(value)}, which has another form than it needs."
    return what, f"Write it as {words}."


def _type(found: re.Match[str], field: str, value: object, _: Any) -> Told:
    wanted = " or ".join(_NOUNS.get(t, t) for t in found[1].split(" | "))
    do = f"Give {wanted}."
    if "str" in found[1] and isinstance(value, int | float):
        do = "Put it in quotes, so that it is a text."
    return f"{field} is {shown(value)}, which is not {wanted}.", do


def _choices(hint: Any) -> Iterator[str]:
    """Give the words that a type takes."""
    if get_origin(hint) is Literal:
        yield from map(str, get_args(hint))
    else:
        for part in get_args(hint):
            yield from _choices(part)


_NOUNS: Final = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a mapping",
    "date": "a day",
    "datetime": "a time",
    "null": "nothing",
}
_Tell = Callable[[re.Match[str], str, Any, Any], Told]
_TELLS: Final[tuple[tuple[re.Pattern[str], _Tell], ...]] = tuple(
    (re.compile(pattern, re.DOTALL), tell)
    for pattern, tell in (
        (r"Invalid RFC3339 encoded date", _date),
        (r"Invalid RFC3339 encoded datetime", _time),
        (r"Invalid enum value .*", _choice),
        (r"Expected `(str|array|object)` of length (<=|>=) (\d+)", _length),
        (r"Expected `(?:int|float)` (<=|>=) (-?\d+)", _bound),
        (r"Expected `str` matching regex (.*)", _shape),
        (r"Expected `([\w | ]+)`, got `\w+`", _type),
    )
)
