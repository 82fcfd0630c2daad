"""The controls of a form, made from the vocabulary: the right one for each type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.vocabulary import Act, Property

FEW = 7
"""Up to so many values are shown side by side; more go into a list."""


class Choice(msgspec.Struct, frozen=True):
    """One value that can be chosen."""

    value: str
    label: str
    chosen: bool


class Field(msgspec.Struct, frozen=True):
    """One property in a form.

    control: radios, select, checks, number, money, date, text or groups. name: of
    the control in the form. known: the value comes from the asset, not from whoever
    fills in the form. groups: the elements of a list, each with its own fields.
    """

    property: Property
    control: str
    name: str
    text: str = ""
    choices: tuple[Choice, ...] = ()
    groups: tuple[tuple[Field, ...], ...] = ()
    known: bool = False
    error: str = ""


def fields(
    firm: Firm,
    act: Act,
    *,
    values: Mapping[str, Any],
    extra: Sequence[str],
    asset: Asset | None,
    errors: Mapping[str, str],
) -> list[Field]:
    """Give the fields that an act asks for, and those that were added to it.

    values: what is filled in so far, as plain values. errors: by property.
    """
    known = asset.properties if asset else {}
    names = dict.fromkeys(
        (*act.asks, *extra, *(n for n in values if n not in act.asks))
    )
    return [
        _field(firm, firm.vocabulary[name], name, values.get(name, known.get(name)))
        if name not in errors
        else _wrong(firm, firm.vocabulary[name], values.get(name), errors[name])
        for name in names
        if name in firm.vocabulary
    ]


def addable(firm: Firm, shown: Sequence[Field]) -> list[Property]:
    """Give the properties that could still be added, by title."""
    taken = {f.property.id for f in shown}
    inner = {name for p in firm.vocabulary.values() for name in p.fields}
    found = (
        p
        for p in firm.vocabulary.values()
        if p.id not in taken | inner and p.role != "given"
    )
    return sorted(found, key=lambda p: p.title)


def _wrong(firm: Firm, known: Property, value: Any, error: str) -> Field:
    """Give a field with what is wrong with its value."""
    return msgspec.structs.replace(_field(firm, known, known.id, value), error=error)


def _field(firm: Firm, known: Property, name: str, value: Any) -> Field:
    """Give the field of one property."""
    control = _control(known)
    name = f"p:{name}" if ":" not in name else name
    if control == "groups":
        return Field(known, control, name, groups=_groups(firm, known, name, value))
    if control in {"radios", "select", "checks"}:
        return Field(known, control, name, choices=_choices(known, value))
    return Field(known, control, name, text=_text(value, known))


def _control(known: Property) -> str:
    """Choose the control for a type."""
    if known.type == "bool":
        return "radios"
    if known.type in {"enum", "rank"}:
        return "radios" if len(known.values) <= FEW else "select"
    if known.type in {"int", "decimal"}:
        return "number"
    other = {"set": "checks", "list": "groups"}
    return other.get(known.type, known.type)


def _choices(known: Property, value: Any) -> tuple[Choice, ...]:
    """Give what can be chosen; not to know is a choice too."""
    if known.type == "bool":
        return (
            Choice("yes", "Yes", value is True),
            Choice("no", "No", value is False),
            Choice("", "Not known", value not in {True, False}),
        )
    chosen = value if isinstance(value, list | tuple) else (value,)
    given = tuple(
        Choice(each, known.labels.get(each, each), each in chosen)
        for each in known.values
    )
    if known.type == "set":
        return given
    return (*given, Choice("", "Not known", not any(c.chosen for c in given)))


def _groups(
    firm: Firm, known: Property, name: str, value: Any
) -> tuple[tuple[Field, ...], ...]:
    """Give the fields of each element of a list, and of an empty one to fill in."""
    elements = list(value) if isinstance(value, list | tuple) else []
    return tuple(
        tuple(
            _field(firm, firm.vocabulary[f], f"{name}:{i}:{f}", element.get(f))
            for f in known.fields
            if f in firm.vocabulary
        )
        for i, element in enumerate([*elements, {}])
    )


def _text(value: Any, known: Property) -> str:
    """Write a value into its control."""
    if value is None:
        return ""
    text = str(value)
    return text.removesuffix(f" {known.unit}") if known.type == "money" else text
