"""Facts made safe to judge by, where some cannot even be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from weft.engines.guardrails.rules.kinds import Unreadable, is_list, reader
from weft.engines.guardrails.rules.words import Slot


def cleaned(facts: Mapping[str, Any], slots: Sequence[Slot]) -> dict[str, Any]:
    """Give the facts without any value that is not what its property says.

    A list where a text should be has no place in a set of texts, and looking it up
    there is an error in Python, not a no.
    """
    clean = dict(facts)
    for slot in slots:
        if slot.presence_of is None:  # else it is of a word that has its own slot
            clean[slot.prop.id] = safe(slot, facts[slot.prop.id])
    return clean


def safe(slot: Slot, raw: Any) -> Any:
    """Give a value as it is, if it can be read, or is missing."""
    if slot.prop.type == "list" and is_list(raw):
        return tuple(_element(slot.fields, each) for each in raw)
    kept = raw is None or raw.__class__ is Unreadable
    return raw if kept or reader(slot.prop)(raw) is not None else Unreadable(raw)


def _element(fields: Sequence[Slot], raw: Any) -> dict[str, Any]:
    """Give an element as far as it can be read."""
    if raw.__class__ is not dict:
        return {field.prop.id: Unreadable(raw) for field in fields}
    return {field.prop.id: safe(field, raw.get(field.prop.id)) for field in fields}
