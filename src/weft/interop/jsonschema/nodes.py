"""The parts of a JSON Schema, each with its place, and all that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from weft.core.scalars import Name
from weft.errors import InputError, Where

DEEPEST: Final = 20
_SAYS_NOTHING: Final = frozenset(
    {
        *("$schema", "$id", "$comment", "$defs", "$anchor", "definitions", "title"),
        *("description", "default", "examples", "deprecated", "readOnly"),
        *("writeOnly", "type", "format", "contentMediaType", "contentEncoding"),
    }
)
"""The keywords that refuse nothing, or that the vocabulary itself holds to."""


_OBJECTS: Final = frozenset({"properties", "dependentRequired"})
_LISTS: Final = frozenset({"allOf", "anyOf", "oneOf", "enum"})
_NUMBERS: Final = frozenset(
    {
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
        *("minItems", "minLength"),
    }
)


class Reading(msgspec.Struct):
    """What is found while a schema is read: its words, what is wrong, what is left out.

    words: for each word the parts of the schema that are about it.
    """

    root: Any
    words: dict[str, list[Node]] = {}
    problems: list[InputError] = []
    notes: list[str] = []

    def wrong(self, node: Node, what: str, do: str) -> None:
        """Keep what is wrong with a part."""
        where = Where("schema", 0, node.at)
        self.problems.append(InputError(what, do=do, where=where))


class Node(msgspec.Struct, frozen=True):
    """One part of a schema: its keywords, and where it stands."""

    reading: Reading
    told: Mapping[str, Any]
    at: str
    depth: int = 0

    def get(self, keyword: str) -> Any:
        """Give what a keyword says; nothing where it is not there."""
        return self.told.get(keyword)

    @property
    def type(self) -> str:
        """Give its type, said or understood from what else it says."""
        if isinstance(said := self.get("type"), str):
            return said
        kinds = {
            "object": ("properties", "required", "dependentRequired"),
            "array": ("items", "contains", "minItems"),
            "string": ("pattern", "minLength"),
            "integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
        }
        for kind, keywords in kinds.items():
            if any(keyword in self.told for keyword in keywords):
                return kind
        values = self.values
        return _TYPES.get(type(values[0]), "") if values else ""

    @property
    def values(self) -> list[Any]:
        """Give the values that it allows, where it lists them."""
        if "const" in self.told:
            return [self.told["const"]]
        if "enum" in self.told:
            return list(self.told["enum"])
        either = self.get("oneOf") or ()
        if all(_is_const(each) for each in either):
            return [each["const"] for each in either]
        return []

    def below(self, keyword: str, *steps: str | int) -> Node:
        """Give a part of it, with what a reference in it refers to."""
        told: Any = self.told.get(keyword)
        for step in steps:
            told = told[step]
        return self.made(told, "/".join(map(str, (self.at, keyword, *steps))))

    def made(self, told: Any, at: str) -> Node:
        """Make a node of a part, followed through its references."""
        depth = self.depth + 1
        if told is True:
            told = {}
        if not isinstance(told, Mapping) or depth > DEEPEST:
            do = "Write an object of keywords there, and not one inside itself."
            self.reading.wrong(self, f"What stands at {at} cannot be read.", do)
            return Node(self.reading, {}, at, depth)
        if "$ref" in told:
            told = {**told, **self._referred(told["$ref"])}
        fit = {k: v for k, v in told.items() if self._fits(f"{at}/{k}", k, v)}
        return Node(self.reading, fit, at, depth)

    def _fits(self, at: str, keyword: str, said: Any) -> bool:
        """Tell whether a keyword says something of the form that it has to have."""
        if keyword in _OBJECTS and not isinstance(said, Mapping):
            form = "an object"
        elif keyword in _LISTS and not isinstance(said, list):
            form = "a list"
        elif keyword == "enum" and not all(map(_is_value, said)):
            form = "a list of texts, numbers, true and false"
        elif keyword == "const" and not _is_value(said):
            form = "a text, a number, true or false"
        elif keyword == "required" and not _is_names(said):
            form = "a list of names"
        elif keyword == "dependentRequired" and not all(map(_is_names, said.values())):
            form = "an object of lists of names"
        elif keyword in _NUMBERS and not _is_number(said):
            form = "a number"
        else:
            return True
        where = Where("schema", 0, at)
        what, do = f"`{keyword}` is not {form}.", f"Write {form}."
        self.reading.problems.append(InputError(what, do=do, where=where))
        return False

    def _referred(self, name: Any) -> Mapping[str, Any]:
        """Find what a reference refers to, inside the same schema."""
        found: Any = self.reading.root
        for step in str(name).split("/")[1:]:
            found = found.get(step) if isinstance(found, Mapping) else None
        if str(name).partition("/")[0] == "#" and isinstance(found, Mapping):
            return {k: v for k, v in found.items() if k != "$ref"}
        self.reading.wrong(self, f"{name} is not in this schema.", "Put it in.")
        return {}

    def pairs(self, keyword: str) -> Iterator[tuple[str, Node]]:
        """Give the named parts of a keyword, such as the properties."""
        for name in self.get(keyword) or ():
            yield name, self.below(keyword, name)

    def listed(self, keyword: str) -> Iterator[Node]:
        """Give the parts of a keyword that is a list, such as allOf."""
        for number in range(len(self.get(keyword) or ())):
            yield self.below(keyword, number)

    def refuse_others(self, *known: str) -> None:
        """Refuse the keywords that cannot be said by a guardrail."""
        for keyword in self.told:
            if keyword not in known and keyword not in _SAYS_NOTHING | {"$ref"}:
                self.reading.wrong(
                    self,
                    f"`{keyword}` cannot be said by a guardrail here.",
                    "Leave it out, or say it another way: see the page on schemas.",
                )


_TYPES: Final = {bool: "boolean", int: "integer", float: "number", str: "string"}
_PART = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[\s_]+")


def _is_const(told: Any) -> bool:
    """Tell whether a part is one value with its title."""
    return (
        isinstance(told, Mapping)
        and {"const"} <= set(told) <= {"const", "title", "description"}
        and _is_value(told["const"])
    )


def _is_value(said: Any) -> bool:
    """Tell whether something is a single value, so that a guardrail can compare it."""
    return not isinstance(said, list | Mapping)


def _is_names(said: Any) -> bool:
    """Tell whether something is a list of names."""
    return isinstance(said, list) and all(isinstance(name, str) for name in said)


def _is_number(said: Any) -> bool:
    """Tell whether something is a number."""
    return isinstance(said, int | float) and not isinstance(said, bool)


def word_of(node: Node, prefix: str, name: str) -> str:
    """Give the word of the vocabulary for a property: dataClass is data-class."""
    plain = f"{prefix}{_PART.sub('-', name).lower()}"
    try:
        word = msgspec.convert(plain, Name)
    except msgspec.ValidationError:
        do = "Call it by lower case letters, digits and hyphens."
        node.reading.wrong(node, f"{name!r} cannot be a word of the vocabulary.", do)
        return "x"
    if not plain.endswith(name):
        node.reading.notes.append(f"{name} is called {word} here.")
    return word
