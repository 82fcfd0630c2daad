"""The JSON Schema of a guardrail in the words of one firm.

With it any editor that knows JSON Schema completes and checks what somebody writes:
the properties there are, the operators that fit each, its values, and named sets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from weft.core.firm import Firm
from weft.core.guardrails import QUANTIFIERS
from weft.core.vocabulary import Property
from weft.engines.guardrails import FITTING, MANY, words_of
from weft.interop.schemas import schemas

_PARAM: Final = {
    "type": "object",
    "description": "a limit with a name, given under params",
    "properties": {"param": {"type": "string"}},
    "required": ["param"],
    "additionalProperties": False,
}


def worded(firm: Firm) -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of a guardrail, in the words of a firm."""
    schema = schemas()["guardrails"]
    words = words_of(firm)
    described = schema["$defs"]["Leaf"]["properties"]
    making = _Leaves(firm, described)
    lists = {name: word for name, word in words.items() if word.type == "list"}
    definitions = {**schema["$defs"], "Leaf": making.leaf(words.values())}
    for name, word in lists.items():
        fields = [words[field] for field in word.fields if field in words]
        definitions[f"Leaf.{name}"] = making.leaf(fields)
    definitions["Clause"] = _clause(definitions["Clause"], lists)
    properties = {
        **schema["properties"],
        "principle": _one_of(schema["properties"]["principle"], firm.principles),
        "owner": _one_of(schema["properties"]["owner"], firm.roles),
    }
    return {**schema, "properties": properties, "$defs": definitions}


class _Leaves:
    """Makes the schemas of leaves: for each word those operators that fit it."""

    def __init__(self, firm: Firm, described: Mapping[str, Any]) -> None:
        self.firm, self.described = firm, described

    def leaf(self, words: Iterable[Property]) -> dict[str, Any]:
        """Describe a leaf about one of some words."""
        known = sorted(words, key=lambda word: word.id)
        titles = "; ".join(f"{word.id}: {word.title}" for word in known)
        path = {"enum": [word.id for word in known], "description": titles}
        return {
            "type": "object",
            "properties": {"path": path},
            "required": ["path"],
            "minProperties": 2,
            "maxProperties": 2,
            "allOf": [
                {
                    "if": {
                        "properties": {"path": {"const": word.id}},
                        "required": ["path"],
                    },
                    "then": {
                        "properties": {"path": True, **self.operators(word)},
                        "additionalProperties": False,
                    },
                }
                for word in known
            ],
        }

    def operators(self, word: Property) -> dict[str, Any]:
        """Describe the operators that fit a word."""
        return {
            operator: {
                **self.constant(word, operator),
                "description": self.described[operator]["description"],
            }
            for operator in FITTING[word.type]
        }

    def constant(self, word: Property, operator: str) -> dict[str, Any]:
        """Describe what a word may be compared with."""
        if operator == "present":
            return {"const": True}
        one = _value(word)
        if operator == "between":
            return {"type": "array", "items": one, "minItems": 2, "maxItems": 2}
        if operator not in MANY:
            return {"anyOf": [one, _PARAM]}
        sets = [
            f"@{name}"
            for name, each in sorted(self.firm.sets.items())
            if not word.values or set(each.values) <= set(word.values)
        ]
        several = {"type": "array", "items": one}
        return {"anyOf": [several, {"enum": sets}]} if sets else several


def _value(word: Property) -> dict[str, Any]:
    """Describe one value of a word."""
    if word.values:
        return {"enum": list(word.values)}
    plain: dict[str, dict[str, Any]] = {
        "bool": {"type": "boolean"},
        "int": {"type": "integer"},
        "decimal": {"type": ["integer", "string"]},
        "money": {"type": ["integer", "string"]},
    }
    found = plain.get(word.type, {"type": "string"})
    ends = {"minimum": word.lowest, "maximum": word.highest}
    return {**found, **{name: end for name, end in ends.items() if end is not None}}


def _clause(clause: Mapping[str, Any], lists: Mapping[str, Property]) -> dict[str, Any]:
    """Describe a condition: those about a list by the words of its elements."""
    plain = [form for form in clause["oneOf"] if not _is_quantified(form)]
    quantified = [form for form in clause["oneOf"] if _is_quantified(form)]
    about = [
        _about(form, word, name)
        for form in quantified
        for word in QUANTIFIERS
        if word in form["properties"]
        for name in sorted(lists)
    ]
    return {**clause, "oneOf": [*plain, *about]}


def _is_quantified(form: Mapping[str, Any]) -> bool:
    return any(word in form.get("properties", ()) for word in QUANTIFIERS)


def _about(form: Mapping[str, Any], word: str, name: str) -> dict[str, Any]:
    """Describe what a quantifier says of the elements of one list."""
    leaf = {"$ref": f"#/$defs/Leaf.{name}"}
    inner = {
        part: {**form["properties"][part], "items": leaf} for part in ("where", "must")
    }
    told = {**form["properties"][word], "const": name}
    return {**form, "properties": {word: told, **inner}}


def _one_of(part: Mapping[str, Any], records: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a field that names one of some records, each told with its title."""
    titles = "; ".join(f"{key}: {records[key].title}" for key in sorted(records))
    return {"enum": sorted(records), "description": titles or part.get("description")}
