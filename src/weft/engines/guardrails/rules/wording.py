"""Values as people read them in reasons, waivers and changes.

Two different values of one property never read the same: a waiver names the value
that it covers by this text, and must not cover another one by chance.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from weft.core.vocabulary import Property
from weft.engines.guardrails.rules.kinds import Unreadable, is_list, plain, reader

MISSING = "missing"
EMPTY = "(empty)"

_LONGEST = 160
_DOUBTFUL = re.compile(
    r'["(]|missing$|wrong type|not one of|out of range|another currency|too long'
)
_TYPES = {
    "bool": "true or false",
    "enum": "one of its values",
    "rank": "one of its values, as text",
    "int": "a whole number",
    "decimal": "a number",
    "money": "an amount of money",
    "date": "a date such as 2026-11-21",
    "text": "a text",
    "set": "a list of its values",
    "list": "a list of elements",
}


def text_of(prop: Property, typed: Any) -> str:
    """Write a typed value of a property, with its unit."""
    return _TEXTS[prop.type](prop, typed)


def actual(prop: Property, typed: Any, raw: Any) -> str:
    """Write what is there: the value, or why nothing is known."""
    if typed is not None:
        return text_of(prop, typed)
    if raw.__class__ is Unreadable:
        raw = raw.raw
    return MISSING if raw is None else line(f"{_why(prop, raw)}: {_json(raw)}")


def typed_of(prop: Property, text: str) -> Any:
    """Read back what `text_of` wrote; None where that cannot be."""
    if prop.type == "bool":
        return {"true": True, "false": False}.get(text)
    if prop.type == "set":
        text = "" if text == EMPTY else text
        return reader(prop)(tuple(text.split(", ")) if text else ())
    if prop.type in {"int", "decimal"}:
        text = text.removesuffix(f" {prop.unit}")
        return reader(prop)(int(text) if re.fullmatch(r"-?[0-9]+", text) else text)
    if prop.type == "list":
        return None
    return reader(prop)(_unquoted(text) if text.startswith('"') else text)


def wanted(prop: Property) -> str:
    """Say what a value of a property has to be."""
    return _TYPES[prop.type] + (f" in {prop.unit}" if prop.type == "money" else "")


def listed(texts: Iterable[str]) -> str:
    """Write several values in one line, cut where it would get too long."""
    return line(", ".join(texts), 380)


def line(text: str, longest: int = _LONGEST) -> str:
    """Make a text fit one line; what is cut off still counts, by its digest."""
    if len(text) > longest:
        raw = text.encode(errors="backslashreplace")
        digest = hashlib.sha256(raw).hexdigest()[:12]
        text = f"{text[: longest - 16]}... {digest}"
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def _why(prop: Property, raw: Any) -> str:
    """Say why a value that is there is not known."""
    if prop.type in {"enum", "rank"} and raw.__class__ is str:
        return "not one of its values"
    if prop.type == "set" and is_list(raw):
        return "not one of its values"
    if prop.type in {"int", "decimal", "date"} and raw.__class__ in {int, str}:
        fits = prop.type == "date" or raw.__class__ is int
        return "out of range" if fits else "wrong type"
    if prop.type == "money" and raw.__class__ in {int, str}:
        foreign = re.search(r" [A-Z]{3}$", str(raw))
        other = foreign and not str(raw).endswith(f" {prop.unit}")
        return "another currency" if other else "out of range"
    if prop.type == "list" and raw.__class__ in {tuple, list}:
        return f"too long, {len(raw)} elements"
    return "wrong type"


def _json(raw: Any) -> str:
    """Write a plain value of whatever kind, the same in every process."""
    return json.dumps(raw, ensure_ascii=False, sort_keys=True, default=_nameless)


def _nameless(raw: object) -> str:
    """Name the class of what is no plain value: its text could hold an address."""
    return type(raw).__name__


def _quoted_if_doubtful(text: str) -> str:
    """Quote a text that could be taken for one of Weft's own words."""
    odd = not text.isprintable() or text != text.strip()
    doubtful = odd or _DOUBTFUL.match(text)
    return line(json.dumps(text) if doubtful else text)


def _unquoted(text: str) -> str:
    """Take the quotes off a text; one that was cut stays as it is."""
    try:
        return str(json.loads(text))
    except ValueError:
        return text


@lru_cache(maxsize=4096)
def _word(value: str) -> str:
    """Write a value that a property names itself: of those there are few."""
    return _quoted_if_doubtful(value)


def _number(prop: Property, typed: Any) -> str:
    told = typed if prop.type == "int" else plain(prop, typed)
    return f"{told} {prop.unit}".rstrip()


def _elements(_: Property, typed: Any) -> str:
    return f"{len(typed)} element{'' if len(typed) == 1 else 's'}"


_TEXTS: dict[str, Callable[[Property, Any], str]] = {
    "bool": lambda _, typed: "true" if typed else "false",
    "enum": lambda _, typed: _word(typed),
    "rank": lambda prop, typed: _word(prop.values[typed]),
    "int": _number,
    "decimal": _number,
    "money": plain,
    "date": plain,
    "text": lambda _, typed: _quoted_if_doubtful(typed),
    "set": lambda prop, typed: line(", ".join(plain(prop, typed)) or EMPTY),
    "list": _elements,
}
