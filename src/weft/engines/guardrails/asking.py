"""Checking a request against the vocabulary before it is judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from weft.core.firm import Firm
from weft.core.requests import Request
from weft.core.vocabulary import Property
from weft.engines.guardrails.rules.framework import words_of
from weft.engines.guardrails.rules.kinds import is_list
from weft.engines.guardrails.rules.wording import actual, wanted
from weft.engines.guardrails.rules.words import Words
from weft.errors import InputError, UnknownName, Where


def check_request(firm: Firm, request: Request) -> tuple[InputError, ...]:
    """Find every name, type and value of a request that the vocabulary does not have.

    Each problem has the path of what is wrong, and a suggestion. What passes can be
    judged; what does not would be judged as unknown.
    """
    words = words_of(firm)
    found: list[InputError] = [*_names(firm, request)]
    for name, value in request.properties.items():
        found += _property(words, request, name, value)
    return tuple(found)


def _names(firm: Firm, request: Request) -> Iterator[InputError]:
    """Find a mission, an act or an asset that the firm does not have."""
    if request.mission not in firm.missions:
        where = _at("mission")
        yield UnknownName("mission", request.mission, firm.missions, where)
    if request.act not in firm.acts:
        yield UnknownName("act", request.act, firm.acts, _at("act"))
    if request.asset is not None and request.asset not in firm.assets:
        yield UnknownName("asset", request.asset, firm.assets, _at("asset"))


def _property(
    words: Words, request: Request, name: str, value: Any
) -> Iterator[InputError]:
    """Find what is wrong with one property."""
    where = _at(f"properties.{name}")
    new = name == "asset.type" and request.asset is None
    prop = words.given.get(name) or words.vocabulary.get(name)
    if prop is None:
        yield UnknownName("property", name, words.vocabulary, where)
    elif prop.role == "given" or (name in words.given and not new):
        what = f"{name} is given by the firm, not by a request."
        yield InputError(what, do="Leave it out.", where=where)
    else:
        yield from _value(words, prop, value, where)


def _value(
    words: Words, prop: Property, value: Any, where: Where
) -> Iterator[InputError]:
    """Find what is wrong with a value."""
    if prop.type == "list" and is_list(value):
        for index, element in enumerate(value):
            at = Where(where.file, 0, f"{where.path}[{index}]")
            yield from _element(words, prop, element, at)
        return
    if prop.type == "set" and is_list(value):
        for index, member in enumerate(value):
            if member.__class__ is not str or member not in prop.values:
                at = Where(where.file, 0, f"{where.path}[{index}]")
                kind = f"value of {prop.id}"
                yield UnknownName(kind, str(member), prop.values, at)
        return
    if words.reader(prop)(value) is not None:
        return
    if prop.type in {"enum", "rank"} and value.__class__ is str:
        yield UnknownName(f"value of {prop.id}", value, prop.values, where)
    else:
        yield InputError(
            f"{prop.id} is {actual(prop, None, value)}.",
            do=f"Give {wanted(prop)}{_limits(prop)}.",
            where=where,
        )


def _element(
    words: Words, prop: Property, element: Any, where: Where
) -> Iterator[InputError]:
    """Find what is wrong with one element of a list."""
    if not isinstance(element, Mapping):
        what = f"An element of {prop.id} is no mapping."
        do = f"Give it fields: {', '.join(prop.fields)}."
        yield InputError(what, do=do, where=where)
        return
    for name, value in element.items():
        at = Where(where.file, 0, f"{where.path}.{name}")
        try:
            field = words.field(prop, name, at)
        except InputError as problem:
            yield problem
        else:
            yield from _value(words, field, value, at)


def _limits(prop: Property) -> str:
    """Say between which numbers a value has to be, where that is limited."""
    if prop.type not in {"int", "decimal", "money"}:
        return ""
    low = "" if prop.lowest is None else f", {prop.lowest} at least"
    return low + ("" if prop.highest is None else f", {prop.highest} at most")


def _at(path: str) -> Where:
    """Give a place in the request."""
    return Where("", 0, f"$.{path}")
