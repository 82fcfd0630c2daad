"""The firm's own words for properties and their values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from weft.core.firm import Firm
from weft.core.vocabulary import Property
from weft.engines.guardrails import RUN, RUNNING
from weft.web.pages.filters import amount, count, day_text

_STEP = re.compile(r"^(?P<list>.+?)\[(?P<index>\d+)\](?:\.(?P<field>.+))?$")
_COUNTED = re.compile(r"(?P<number>-?\d+) (?P<unit>\D.*)")
_ONE = {"people": "person"}
_GIVEN = {
    "act": "What is asked",
    "asset": "The asset",
    "asset.type": "What kind of thing it is",
    "mission": "The mission",
    "mission.type": "What kind of mission asks",
    "mandate": "The mandate",
    "mandate.limit": "What the mandate allows",
}
"""The words that Weft itself fills in."""
_KINDS = {
    "stream-aligned": "Serves customers directly",
    "platform": "Platform",
    "enabling": "Helps other missions to learn",
    "complicated-subsystem": "Looks after a difficult part",
    "low-code-app": "Low-code app",
    "data-product": "Data product",
    "saas": "Subscription",
    "saas subscription": "Subscription",
}


def path_words(firm: Firm, path: str) -> str:
    """Name what a path leads to: `data.copies[1].region` as its titles and place."""
    step = _STEP.match(path)
    if step is None:
        return title(firm, path)
    place = f"{title(firm, step['list'])}, number {int(step['index']) + 1}"
    return f"{place}: {title(firm, step['field'])}" if step["field"] else place


def title(firm: Firm, name: str) -> str:
    """Give the title of a property, or its name where there is none."""
    known = firm.vocabulary.get(name)
    return known.title if known else _GIVEN.get(name, name)


def property_at(firm: Firm, path: str) -> Property | None:
    """Find the property that a path ends at."""
    step = _STEP.match(path)
    return firm.vocabulary.get((step["field"] or step["list"]) if step else path)


def value_words(firm: Firm, name: str, value: Any) -> str:
    """Write the value of a property as people say it."""
    known = property_at(firm, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        parts = (
            f"{title(firm, k)}: {value_words(firm, k, v)}" for k, v in value.items()
        )
        return "; ".join(parts)
    if isinstance(value, Sequence) and not isinstance(value, str):
        if any(isinstance(each, Mapping) for each in value):
            return f"{len(value)} of them"
        return ", ".join(value_words(firm, name, each) for each in value) or "none"
    return _given(firm, name, value) if name in _GIVEN else _single(known, value)


def _given(firm: Firm, name: str, value: Any) -> str:
    """Write the value of a word that Weft itself fills in."""
    if name == "act":
        runs = RUNNING if value == RUN else str(value)
        return firm.acts[value].title if value in firm.acts else runs
    if name in {"asset", "mission"}:
        table: Mapping[str, Any] = firm.table(f"{name}s")
        return table[value].title if value in table else str(value)
    return kind(str(value))


def kind(name: str) -> str:
    """Say of what kind a mission, an asset or a partner is."""
    return _KINDS.get(name, name[:1].upper() + name[1:].replace("-", " "))


def told(firm: Firm, path: str, text: str) -> str:
    """Put the labels of a property into a text in which a decision tells of it."""
    known = property_at(firm, path)
    if known is None:
        return text
    if known.type == "list":
        return "; ".join(_part(firm, part) for part in text.split(", "))
    if known.type == "bool":
        return {"true": "yes", "false": "no"}.get(text, text)
    if known.type in {"money", "int"} and (number := _COUNTED.fullmatch(text)):
        return _single(known, int(number["number"]))
    return ", ".join(_single(known, part) for part in text.split(", "))


def _part(firm: Firm, text: str) -> str:
    """Put the labels into one part of an element: `tls: none` as `Encryption: None`."""
    name, colon, value = text.partition(": ")
    if not colon:
        return {"removed": "taken out", "a new element": "one more"}.get(text, text)
    return f"{title(firm, name)}: {told(firm, name, value)}"


def _single(known: Property | None, value: int | str) -> str:
    """Write one value, with its unit where it has one."""
    if known is None:
        return str(value)
    if known.type == "money":
        return amount(value if isinstance(value, str) else f"{value} {known.unit}")
    if isinstance(value, int):
        return f"{count(value)} {_unit(known.unit, value)}".rstrip()
    return known.labels.get(value) or day_text(value)


def _unit(unit: str, number: int) -> str:
    """Give the unit of a number: `1 day`, `2 days`, `1 person`."""
    return unit if number != 1 else _ONE.get(unit, unit.removesuffix("s"))
