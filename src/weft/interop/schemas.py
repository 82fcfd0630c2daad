"""The JSON Schema of each kind of record: an editor checks and completes by it.

A YAML file of a firm folder takes its schema from its first line:

    # yaml-language-server: $schema=../schemas/guardrails.json
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from weft.core.firm import KINDS
from weft.core.guardrails import OPERATORS, QUANTIFIERS, Clause
from weft.core.people import Profile
from weft.core.records import Record
from weft.core.references import REFERENCES
from weft.core.scalars import SHAPES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DEFINED = "#/$defs/{name}"
_CLAUSE = {"$ref": _DEFINED.format(name="Clause")}
_LEAF = {"$ref": _DEFINED.format(name="Leaf")}

_MEANINGS = {
    "is": "it is this value",
    "is_not": "it is another value",
    "in": "it is one of these: a list, or @name of a set",
    "not_in": "it is none of these: a list, or @name of a set",
    "below": "it is less than this",
    "at_most": "it is this or less; of a rank, no higher",
    "at_least": "it is this or more; of a rank, no lower",
    "above": "it is more than this",
    "between": "it is from the first to the second of these two, both included",
    "starts_with": "the text begins so",
    "has": "this is among its values",
    "has_not": "this is not among its values",
    "within": "all its values are among these: a list, or @name of a set",
    "has_any": "one of these is among its values: a list, or @name of a set",
    "has_none": "none of these is among its values: a list, or @name of a set",
    "present": "it is there, whatever it is",
}
_FORMS = {
    "every": "the path of a list: each element that fits `where` fits `must`",
    "none": "the path of a list: no element fits both `where` and `must`",
    "some": "the path of a list: at least one element fits `where` and `must`",
}


def schemas() -> dict[str, dict[str, Any]]:
    """Give the JSON Schema (2020-12) of every kind, and of the profiles."""
    kinds: dict[str, type[Record]] = {**KINDS, Profile.kind: Profile}
    _, parts = msgspec.json.schema_components(kinds.values(), ref_template=_DEFINED)
    for record in _records(kinds.values()):
        _explain(parts[record.__name__], record)
    parts["Leaf"] = _leaf(parts["Clause"])
    parts["Clause"] = _clause(parts["Clause"])
    return {
        kind: {"$schema": DIALECT, **parts[record.__name__], "$defs": needed}
        for kind, record in kinds.items()
        for needed in [_needed(parts[record.__name__], parts)]
    }


def _records(found: Iterable[type[Record]]) -> list[type[Record]]:
    """Give some records and all that lie inside them."""
    inside = msgspec.inspect.multi_type_info(found)
    classes: dict[type[Record], None] = {}
    waiting: list[Any] = list(inside)
    while waiting:
        each = waiting.pop()
        if isinstance(each, msgspec.inspect.StructType):
            if each.cls not in classes:
                classes[each.cls] = None  # type: ignore[index]
                waiting += [field.type for field in each.fields]
        elif isinstance(each, msgspec.inspect.Type):
            waiting += [getattr(each, name) for name in each.__struct_fields__]
        elif isinstance(each, tuple):
            waiting += each
    return list(classes)


def _explain(schema: dict[str, Any], record: type[Record]) -> None:
    """Say of each field what the record says of it, and what it names."""
    text = inspect.cleandoc(record.__doc__ or "")
    schema["description"] = text.partition("\n\n")[0].replace("\n", " ")
    for field, words in _field_words(text, record.__struct_fields__).items():
        if field in schema["properties"]:
            schema["properties"][field]["description"] = words
    for reference in REFERENCES:
        if reference.kind == record.kind and "." not in reference.field:
            part = schema["properties"][reference.field]
            names = f"by id: {KINDS[reference.to].__name__.lower()} in {reference.to}"
            told = part.get("description")
            own = told and told not in SHAPES.values()
            part["description"] = f"{told} ({names})" if own else names


def _field_words(text: str, fields: Iterable[str]) -> dict[str, str]:
    """Take from the words of a record what they say of its fields, by name."""
    one = f"(?:{'|'.join(fields)})"
    found: dict[str, str] = {}
    for paragraph in text.split("\n\n"):
        flat = " ".join(paragraph.split())
        parts = re.split(rf"(?:^|(?<=\. ))((?:{one}, )*{one}): ", flat)
        for told, words in zip(parts[1::2], parts[2::2], strict=True):
            plain = words.strip().removesuffix(".")
            found.update(dict.fromkeys(told.split(", "), plain))
    return found


def _leaf(clause: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a leaf: a path and exactly one operator."""
    fields = clause["properties"]
    operators = {
        word: {**fields[word], "description": _MEANINGS[word]}
        for word in OPERATORS.values()
    }
    path = {**fields["path"], "description": "the property it is about"}
    return {
        "title": "Leaf",
        "description": "A path and exactly one operator with its constant.",
        "type": "object",
        "properties": {"path": path, **operators},
        "required": ["path"],
        "minProperties": 2,
        "maxProperties": 2,
        "additionalProperties": False,
    }


def _clause(clause: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a clause: exactly one of its forms, which the record demands too."""
    leaves = {"type": "array", "items": _LEAF, "minItems": 1}
    either = {
        "title": "Either",
        "description": "One of these leaves has to hold.",
        "type": "object",
        "properties": {"any": leaves},
        "required": ["any"],
        "additionalProperties": False,
    }
    quantified = [
        {
            "title": word.capitalize(),
            "type": "object",
            "properties": {
                word: {**clause["properties"][word], "description": _FORMS[word]},
                "where": {
                    "type": "array",
                    "items": _LEAF,
                    "description": "which elements; left out, all of them",
                },
                "must": {**leaves, "description": "what has to hold of them"},
            },
            "required": [word, "must"],
            "additionalProperties": False,
        }
        for word in QUANTIFIERS
    ]
    description = inspect.cleandoc(Clause.__doc__ or "").partition("\n\n")[0]
    forms = [_LEAF, either, *quantified]
    return {"title": "Clause", "description": description, "oneOf": forms}


def _needed(schema: Any, parts: Mapping[str, Any]) -> dict[str, Any]:
    """Give the definitions that a schema refers to, and that those refer to."""
    needed: dict[str, Any] = {}
    waiting = [schema]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            name = str(each.get("$ref", "")).removeprefix(_DEFINED.format(name=""))
            if name in parts and name not in needed:
                needed[name] = parts[name]
                waiting.append(parts[name])
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return dict(sorted(needed.items()))
