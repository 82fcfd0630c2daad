"""The types of the vocabulary: reading a value strictly, and writing it down.

What is read has a `typed` form in which it is compared: an enum its name, a rank
its place, numbers and money whole numbers of their smallest step, a date its
ordinal, a set a frozenset, a list a tuple of elements. Whatever is missing, of
another type or out of its domain reads as None, and so as unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from weft.core.scalars import amount
from weft.core.scalars import places as currency_places
from weft.core.vocabulary import Property


class Unreadable(msgspec.Struct, eq=False):
    """What stands for a value that cannot be read: it is there, and is unknown.

    It is equal to itself alone, and can be looked up, whatever it stands for.
    """

    raw: Any


Reader = Callable[[Any], Any]
_kept: dict[int, tuple[Property, Reader]] = {}
_MOST_KEPT = 4096
ORDERED = frozenset({"rank", "int", "decimal", "money", "date"})
MOST_ELEMENTS = 1000

_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.([0-9]{1,6}))?")
_MONEY = re.compile(r"(-?[0-9]{1,18}(?:\.[0-9]{1,6})?)(?: ([A-Z]{3}))?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CURRENCY = re.compile(r"[A-Z]{3}")


def reader(prop: Property) -> Reader:
    """Give the function that turns a plain value of a property into its typed form.

    It is kept by the identity of the property, which never changes.
    """
    kept = _kept.get(id(prop))
    if kept is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        kept = _kept[id(prop)] = (prop, _READERS[prop.type](prop))
    return kept[1]


def is_value(prop: Property, raw: Any) -> bool:
    """Tell whether a plain value is one of a property, so that it can be judged by."""
    return reader(prop)(raw) is not None


def bounds(prop: Property) -> tuple[int | None, int | None]:
    """Give the lowest and the highest typed value of an ordered property."""
    if prop.type == "rank":
        return 0, len(prop.values) - 1
    if prop.type == "date":
        return date.min.toordinal(), date.max.toordinal()
    step: int = 10 ** places(prop)
    lowest = None if prop.lowest is None else prop.lowest * step
    highest = None if prop.highest is None else prop.highest * step
    return lowest, highest


def places(prop: Property) -> int:
    """Give the decimals of a number: those of its currency where it is money."""
    if prop.type == "money":
        return currency_places(prop.unit)
    return prop.places if prop.type == "decimal" else 0


def has_currency(prop: Property) -> bool:
    """Tell whether the unit of a money names a currency, as it has to."""
    return _CURRENCY.fullmatch(prop.unit) is not None


def plain(prop: Property, typed: Any) -> Any:
    """Give the plain value that reads as this typed one: the way back."""
    if prop.type == "rank":
        return prop.values[typed]
    if prop.type == "date":
        return date.fromordinal(typed).isoformat()
    if prop.type == "money":
        return amount(typed, prop.unit)
    if prop.type == "decimal":
        return f"{Decimal(typed).scaleb(-prop.places):f}"
    if prop.type == "set":
        return tuple(value for value in prop.values if value in typed)
    return typed


# One maker of a reader for each type. Classes are compared, not asked with
# isinstance: True is an int, and a guardrail must not take it for one.


def _bool(_: Property) -> Reader:
    return lambda raw: raw if raw.__class__ is bool else None


def _enum(prop: Property) -> Reader:
    values = frozenset(prop.values)
    return lambda raw: raw if raw.__class__ is str and raw in values else None


def _rank(prop: Property) -> Reader:
    order = {value: place for place, value in enumerate(prop.values)}
    return lambda raw: order.get(raw) if raw.__class__ is str else None


def _within(prop: Property) -> Callable[[int], int | None]:
    lowest, highest = bounds(prop)

    def within(number: int) -> int | None:
        low = lowest is not None and number < lowest
        high = highest is not None and number > highest
        return None if low or high else number

    return within


def _int(prop: Property) -> Reader:
    within = _within(prop)
    return lambda raw: within(raw) if raw.__class__ is int else None


def _decimal(prop: Property) -> Reader:
    within = _within(prop)

    def read(raw: Any) -> int | None:
        if raw.__class__ is int:
            return within(raw * 10**prop.places)
        if raw.__class__ is not str or not _NUMBER.fullmatch(raw):
            return None
        scaled = _scaled(raw, prop.places)
        return None if scaled is None else within(scaled)

    return read


def _money(prop: Property) -> Reader:
    if not has_currency(prop):
        return lambda _: None
    within, digits = _within(prop), places(prop)

    def read(raw: Any) -> int | None:
        if raw.__class__ is int:
            return within(raw * 10**digits)
        told = _MONEY.fullmatch(raw) if raw.__class__ is str else None
        if told is None or told[2] not in {None, prop.unit}:
            return None  # another currency is never converted
        scaled = _scaled(told[1], digits)
        return None if scaled is None else within(scaled)

    return read


def _scaled(number: str, digits: int) -> int | None:
    """Give a number in text as a whole number of its smallest step, if it is one."""
    scaled = Decimal(number).scaleb(digits)
    return int(scaled) if scaled == scaled.to_integral_value() else None


def _date(_: Property) -> Reader:
    def read(raw: Any) -> int | None:
        if raw.__class__ is not str or not _DATE.fullmatch(raw):
            return None
        try:
            return date.fromisoformat(raw).toordinal()
        except ValueError:
            return None

    return read


def _text(_: Property) -> Reader:
    def read(raw: Any) -> str | None:
        if raw.__class__ is not str or not raw.strip():
            return None  # a blank text says nothing
        return normal(raw)

    return read


def _set(prop: Property) -> Reader:
    values = frozenset(prop.values)

    def read(raw: Any) -> frozenset[str] | None:
        if raw.__class__ is not tuple and raw.__class__ is not list:
            return None
        if not all(member.__class__ is str for member in raw):
            return None
        members = frozenset(raw)
        return members if members <= values else None

    return read


def _list(_: Property) -> Reader:
    return lambda raw: raw if is_list(raw) else None


def is_list(raw: Any) -> bool:
    """Tell whether a plain value is a list, and no longer than can be judged."""
    known = raw.__class__ is tuple or raw.__class__ is list
    return known and len(raw) <= MOST_ELEMENTS


def normal(text: str) -> str:
    """Give the one form of a text that may be written in several ways."""
    return unicodedata.normalize("NFC", text)


_READERS: dict[str, Callable[[Property], Reader]] = {
    "bool": _bool,
    "enum": _enum,
    "rank": _rank,
    "int": _int,
    "decimal": _decimal,
    "money": _money,
    "date": _date,
    "text": _text,
    "set": _set,
    "list": _list,
}
