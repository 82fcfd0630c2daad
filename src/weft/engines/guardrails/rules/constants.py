"""The constants of guardrails: read once, by the type of what they stand against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from weft.core.guardrails import Guardrail, Param
from weft.core.vocabulary import NamedSet, Property
from weft.engines.guardrails.rules.kinds import normal, reader
from weft.engines.guardrails.rules.wording import listed, text_of, wanted
from weft.errors import InputError, UnknownName

_EQUAL = ("is", "is_not")
_AMONG = ("in", "not_in")
_NUMBER = (*_EQUAL, "below", "at_most", "at_least", "above", "between", "present")
FITTING: Mapping[str, tuple[str, ...]] = {
    "bool": (*_EQUAL, "present"),
    "enum": (*_EQUAL, *_AMONG, "present"),
    "rank": (*_EQUAL, *_AMONG, "at_least", "at_most", "present"),
    "int": _NUMBER,
    "decimal": _NUMBER,
    "money": _NUMBER,
    "date": _NUMBER,
    "text": (*_EQUAL, *_AMONG, "starts_with", "present"),
    "set": ("has", "has_not", "within", "has_any", "has_none", "present"),
    "list": ("present",),
}
"""The operators that fit each type."""

MANY = frozenset({*_AMONG, "within", "has_any", "has_none"})
_MEMBERS = frozenset({"has", "has_not", "within", "has_any", "has_none"})


class Constant(msgspec.Struct, frozen=True):
    """A constant: typed, as people read it, and its values in the order written."""

    typed: Any
    expected: str
    order: tuple[Any, ...] = ()


def constant(
    prop: Property,
    operator: str,
    raw: Any,
    guardrail: Guardrail,
    sets: Mapping[str, NamedSet],
) -> Constant:
    """Read the constant of a leaf; raise InputError for one that does not fit."""
    if operator not in FITTING[prop.type]:
        raise InputError(
            f"`{operator}` does not fit {prop.id}, which is of type {prop.type}.",
            do=f"Use one of: {', '.join(FITTING[prop.type])}.",
        )
    if operator == "present":
        return Constant(typed=True, expected="any value")
    if operator in MANY:
        return _many(prop, operator, raw, sets)
    if operator == "between":
        return _pair(prop, raw)
    typed = _one(prop, operator, _literal(raw, guardrail))
    return Constant(typed, _text(prop, operator, typed), (typed,))


def _literal(raw: Any, guardrail: Guardrail) -> Any:
    """Give a single constant, looked up where it is the name of a threshold."""
    if not isinstance(raw, Param):
        return raw
    if raw.param not in guardrail.params:
        raise UnknownName("param of this guardrail", raw.param, guardrail.params)
    return guardrail.params[raw.param]


def _one(prop: Property, operator: str, raw: Any) -> Any:
    """Read one value to compare with."""
    if isinstance(raw, tuple):
        raise InputError(
            f"`{operator}` takes one value, and here is a list.",
            do="Give one value, or use an operator that takes several.",
        )
    if isinstance(raw, str) and raw.startswith("@"):
        raise InputError(
            f"`{operator}` takes one value, and {raw} is a named set.",
            do="Use an operator that takes several, such as `in` or `within`.",
        )
    if operator in _MEMBERS:
        return _member(prop, raw)
    if prop.type == "rank" and raw.__class__ is int:
        raise InputError(
            f"{raw} is a bare number, and {prop.id} is a rank.",
            do=f"Write it in quotes, as one of: {', '.join(prop.values)}.",
        )
    if prop.type in {"enum", "rank"}:
        _member(prop, raw)
    typed = reader(prop)(raw)
    if typed is None:
        raise InputError(
            f"{raw!r} cannot be compared with {prop.id}.",
            do=f"Give {wanted(prop)}{_range(prop)}.",
        )
    return typed


def _member(prop: Property, raw: Any) -> str:
    """Give a value that has to be one of the property's own."""
    if raw.__class__ is not str or raw not in prop.values:
        raise UnknownName(f"value of {prop.id}", str(raw), prop.values)
    return str(raw)


def _many(
    prop: Property, operator: str, raw: Any, sets: Mapping[str, NamedSet]
) -> Constant:
    """Read several values: a list of them, or the name of a set."""
    if isinstance(raw, str) and raw.startswith("@"):
        if raw[1:] not in sets:
            raise UnknownName("set", raw[1:], sets)
        raw = sets[raw[1:]].values
    if not isinstance(raw, tuple):
        raise InputError(
            f"`{operator}` takes a list of values or the @name of a set.",
            do="Write the values in brackets: [one, two].",
        )
    typed = tuple(dict.fromkeys(_one(prop, operator, each) for each in raw))
    texts = [_text(prop, operator, each) for each in typed]
    return Constant(frozenset(typed), listed(texts) or "none", typed)


def _pair(prop: Property, raw: Any) -> Constant:
    """Read the two ends of a range, both of them inside it."""
    ends = raw if isinstance(raw, tuple) else ()
    typed = [_one(prop, "between", each) for each in ends]
    if len(typed) != len(("lowest", "highest")) or typed[0] > typed[1]:
        raise InputError(
            "`between` takes the lowest and the highest value, in this order.",
            do="Write both in brackets: [1, 10].",
        )
    low, high = typed
    texts = (text_of(prop, low), text_of(prop, high))
    return Constant((low, high), " to ".join(texts), (low, high))


def _text(prop: Property, operator: str, typed: Any) -> str:
    """Write one value of a constant as people read it."""
    return normal(typed) if operator in _MEMBERS else text_of(prop, typed)


def _range(prop: Property) -> str:
    """Say between which numbers a value has to be, where that is limited."""
    ends = (prop.lowest, prop.highest)
    if prop.type not in {"int", "decimal", "money"} or ends == (None, None):
        return ""
    low = "" if prop.lowest is None else f" from {prop.lowest}"
    return low + ("" if prop.highest is None else f" to {prop.highest}")
