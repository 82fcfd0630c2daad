"""Requests put in words: texts of a form or of argv, typed by the vocabulary."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from weft.core.firm import Firm
from weft.core.records import read
from weft.core.requests import Request
from weft.core.sources import Source
from weft.core.vocabulary import Property, PropertyType
from weft.errors import InputError, Malformed, UnknownName, Where

_TRUE, _FALSE = {"true", "yes", "y", "on"}, {"false", "no", "n", "off"}
_WHOLE: set[PropertyType] = {"int"}
Texts = Mapping[str, str | Sequence[str]]


def request(
    firm: Firm,
    mission: str,
    act: str,
    texts: Texts,
    *,
    asset: str = "",
    title: str = "",
) -> Request:
    """Make a request of texts, each turned into what its property holds.

    A text that does not fit its type stays as it is: the check of the request
    then says what is wrong with it, beside all else that is.
    """
    properties = {
        name: value(firm, name, text) for name, text in texts.items() if text != ""
    }
    plain: dict[str, Any] = {
        "mission": mission,
        "act": act or the_act(firm, properties),
        "properties": properties,
        "title": title,
    }
    if asset:
        plain["asset"] = asset
    return read(Request, plain, Source("request"))


def value(firm: Firm, name: str, text: str | Sequence[str]) -> Any:
    """Turn a text into a value of the property's type, where it can be."""
    known = firm.vocabulary.get(name)
    if known is None:
        return text if isinstance(text, str) else list(text)
    if known.type == "set":
        parts = text.split(",") if isinstance(text, str) else text
        return [part.strip() for part in parts if part.strip()]
    if not isinstance(text, str):
        text = text[-1] if text else ""
    return _single(known, text.strip())


def _single(known: Property, text: str) -> Any:
    """Turn one text into a value of any type but a set."""
    lower = text.lower()
    if known.type == "bool" and lower in _TRUE | _FALSE:
        return lower in _TRUE
    if known.type in _WHOLE and text.removeprefix("-").isdecimal() and text.isascii():
        return int(text)
    if known.type == "list":
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise Malformed(
                f"{known.id} is a list, and {text!r} is no JSON.",
                do=f'Write it as JSON: [{{"{known.fields[0]}": ...}}].',
                where=Where("request", 0, f"$.properties.{known.id}"),
            ) from error
    return text


def the_act(firm: Firm, properties: Mapping[str, Any]) -> str:
    """Find the one act that asks for all of these properties."""
    fitting = [a.id for a in firm.acts.values() if set(properties) <= set(a.asks)]
    if len(fitting) == 1 and properties:
        return fitting[0]
    raise UnknownName("act", "", fitting or firm.acts, Where("request", 0, "$.act"))


def pairs(words: Sequence[str]) -> dict[str, str]:
    """Split NAME=VALUE words; raise for one that is none, or comes twice."""
    found: dict[str, str] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals or name in found:
            raise InputError(
                f"{name!r} comes twice." if equals else f"{word!r} has no `=`.",
                do="Write each property once, as NAME=VALUE.",
                where=Where("argv"),
            )
        found[name] = text
    return found
