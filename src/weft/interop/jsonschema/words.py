"""The vocabulary that a JSON Schema speaks of, held against the firm's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from weft.core.records import read
from weft.core.scalars import Name
from weft.core.vocabulary import Property
from weft.interop.jsonschema.nodes import Node, Reading, word_of

_FIT: Final = {
    "boolean": ("bool",),
    "integer": ("int", "decimal", "money"),
    "number": ("decimal", "money", "int"),
    "string": ("text", "enum", "rank", "date", "decimal", "money"),
    "array": ("set", "list"),
}
"""The types that can take what a schema calls so; the first for a new word."""
MOST_PLACES: Final = 6


def words_of(reading: Reading, known: Mapping[str, Property]) -> tuple[Property, ...]:
    """Give the words that the firm does not have yet; say which do not fit it."""
    found = []
    for word, nodes in sorted(reading.words.items()):
        types = {node.type for node in nodes} - {""}
        if len(types) > 1 and types != {"integer", "number"}:
            do = "Say the same everywhere."
            reading.wrong(
                nodes[0], f"{word} is of types {', '.join(sorted(types))}.", do
            )
        elif word not in known and (made := _made(reading, word, nodes, types)):
            found.append(made)
        elif word in known:
            _held(reading, known[word], nodes, types)
    return tuple(found)


def _held(
    reading: Reading, prop: Property, nodes: Sequence[Node], types: Iterable[str]
) -> None:
    """Say where the firm's own word is of another type."""
    for said in types:
        if prop.type not in _FIT.get(said, ()):
            reading.wrong(
                nodes[0],
                f"{prop.id} is of type {prop.type} in the vocabulary, not {said}.",
                "Call it otherwise in the schema, or change the vocabulary.",
            )


def _made(
    reading: Reading, word: str, nodes: Sequence[Node], types: set[str]
) -> Property | None:
    """Make the property for a word that is new."""
    if not types & _FIT.keys():
        node = nodes[0] if nodes else Node(reading, {}, "#")
        do = f"Give its `type`, one of {', '.join(_FIT)}."
        reading.wrong(node, f"Nothing says of what type {word} is.", do)
        return None
    said = "number" if "number" in types else types.pop()
    title = next((t for n in nodes if isinstance(t := n.get("title"), str)), word)
    text = next((t for n in nodes if isinstance(t := n.get("description"), str)), "")
    plain: dict[str, Any] = {"id": word, "title": _line(title), "help": _line(text)}
    return read(Property, {**plain, "role": "fact", **_type(said, nodes)})


def _type(said: str, nodes: Sequence[Node]) -> dict[str, Any]:
    """Give the type of a new word, and what belongs to it."""
    values = list(dict.fromkeys(v for node in nodes for v in node.values))
    if said == "array":
        return _array(nodes)
    if said == "string" and any(node.get("format") == "date" for node in nodes):
        return {"type": "date"}
    if said == "string" and values and all(map(_is_name, values)):
        return {"type": "enum", "values": values}
    more = {"places": MOST_PLACES} if said == "number" else {}
    return {"type": _FIT[said][0], **more}


def _array(nodes: Sequence[Node]) -> dict[str, Any]:
    """Give whether an array is a set of values or a list of elements."""
    items = [n.below(k) for n in nodes for k in ("items", "contains") if k in n.told]
    values = list(dict.fromkeys(v for item in items for v in item.values))
    if values and all(map(_is_name, values)):
        return {"type": "set", "values": values}
    fields = {word_of(i, "", name) for i in items for name, _ in i.pairs("properties")}
    if not fields:
        do = "Give its `items`: values in `enum`, or an object with `properties`."
        nodes[0].reading.wrong(nodes[0], "Nothing says what the array holds.", do)
        return {"type": "text"}
    return {"type": "list", "fields": sorted(fields)}


def _is_name(value: Any) -> bool:
    """Tell whether a value can be one of an enum."""
    try:
        msgspec.convert(value, Name)
    except msgspec.ValidationError:
        return False
    return True


def _line(text: str) -> str:
    """Put a text on one line."""
    return " ".join(text.split())[:400]
