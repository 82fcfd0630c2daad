"""Code that reads plain values into a row: the commonest types without a detour."""

from __future__ import annotations

from collections.abc import Sequence

from weft.core.vocabulary import Property
from weft.engines.guardrails.rules.code.source import Source, indented
from weft.engines.guardrails.rules.kinds import bounds, is_list
from weft.engines.guardrails.rules.words import Slot


def read_row(source: Source, row: Sequence[Slot]) -> list[str]:
    """Give the lines that read v0, v1 ... from `facts`, where no name is absent."""
    lines = []
    for place, slot in enumerate(row):
        lines.append(f"x = facts[{source.bind(slot.prop.id)}]")
        lines.append(f"v{place} = {_read(source, slot, 'v')}")
    return lines


def _read(source: Source, slot: Slot, name: str) -> str:
    """Give the expression that reads x into what the row holds."""
    if slot.presence_of is not None:
        there = f"{name}{slot.presence_of} is not None"
        return f"True if {there} else (False if x is None else None)"
    if slot.prop.type == "list":
        return f"None if x is None else {_elements(source, slot)}(x)"
    if slot.prop.type == "bool":
        return "x if x is True or x is False else None"
    read = _looked_up(source, slot.prop) or _whole(source, slot.prop)
    return read or f"None if x is None else {source.bind(slot.reader())}(x)"


def _looked_up(source: Source, prop: Property) -> str:
    """Give the expression for a value out of a list of texts.

    Nothing else is equal to a text. What cannot be looked up at all raises, and the
    row is then read with care.
    """
    if prop.type == "enum":
        return f"x if x in {source.bind(frozenset(prop.values))} else None"
    if prop.type == "rank":
        order = {value: place for place, value in enumerate(prop.values)}
        name = source.bind(order)
        return f"{name}[x] if x in {name} else None"
    return ""


def _whole(source: Source, prop: Property) -> str:
    """Give the expression for a whole number that has a lowest and a highest value."""
    if prop.type != "int" or None in bounds(prop):
        return ""
    low, high = map(source.bind, bounds(prop))
    whole = f"x.__class__ is {source.bind(int)}"
    return f"x if {whole} and {low} <= x <= {high} else None"


def _elements(source: Source, slot: Slot) -> str:
    """Define the function that reads a list into a row for each element."""
    name = f"elements{len(source.lines)}"
    known = ["get = e.get"]
    for place, field in enumerate(slot.fields):
        known.append(f"x = get({source.bind(field.prop.id)})")
        known.append(f"f{place} = {_read(source, field, 'f')}")
    fields = "".join(f"f{place}, " for place in range(len(slot.fields)))
    unknown = "None, " * len(slot.fields)
    body = [
        f"if not {source.bind(is_list)}(x):",
        "    return None",
        "rows = []",
        "for e in x:",
        f"    if e.__class__ is {source.bind(dict)}:",
        *indented(indented([*known, f"rows.append(({fields}))"])),
        "    else:",
        f"        rows.append(({unknown}))",
        "return rows",
    ]
    source.define(f"{name}(x)", body)
    return name
