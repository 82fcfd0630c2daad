"""What a JSON Schema asks of a thing, as clauses of guardrails."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

import msgspec

from weft.interop.jsonschema.nodes import Node, word_of

Clause = dict[str, Any]
_LITERAL = r"(?:[^.^$*+?{}\[\]\\|()]|\\[^a-zA-Z0-9])+"
_BEGINS = re.compile(rf"\^({_LITERAL})(?:\.\*)?")
_IS = re.compile(rf"\^\(?(?:\?:)?({_LITERAL}(?:\|{_LITERAL})*)\)?\$")
_ENDS: Final = {
    "minimum": "at_least",
    "maximum": "at_most",
    "exclusiveMinimum": "above",
    "exclusiveMaximum": "below",
}


class Shape(msgspec.Struct):
    """What an object has to be like.

    must: of all of them. optional: of those that have the word, by the word.
    cases: further shapes, of those for which some clauses hold.
    """

    must: list[Clause] = []
    optional: dict[str, list[Clause]] = {}
    cases: list[tuple[list[Clause], Shape]] = []


def shape_of(node: Node, prefix: str = "") -> Shape:
    """Read an object."""
    node.refuse_others(
        *("properties", "required", "allOf", "anyOf", "if", "then"),
        *("dependentRequired", "additionalProperties", "unevaluatedProperties"),
    )
    shape, required = Shape(), set(node.get("required") or ())
    if node.type not in {"object", ""}:
        node.reading.wrong(node, f"This is of type {node.type}.", "Describe an object.")
    for name, part in node.pairs("properties"):
        _property(shape, part, prefix, name, required=name in required)
    known = set(node.get("properties") or ())
    for name in sorted(required - known):
        shape.must.append({"path": _word(node, prefix, name), "present": True})
    for part in node.listed("allOf"):
        _add(shape, shape_of(part, prefix))
    if "anyOf" in node.told:
        shape.must.append({"any": list(_either(node, prefix))})
    if "if" in node.told:
        _case(shape, node, prefix)
    for name, wanted in (node.get("dependentRequired") or {}).items():
        there = [{"path": _word(node, prefix, name), "present": True}]
        needs = [
            {"path": _word(node, prefix, each), "present": True} for each in wanted
        ]
        shape.cases.append((there, Shape(must=needs)))
    for keyword in ("additionalProperties", "unevaluatedProperties"):
        if node.get(keyword) not in (None, True):
            node.reading.notes.append(
                f"{keyword} at {node.at} is left out: the vocabulary says which "
                "properties there are."
            )
    return shape


def _property(
    shape: Shape, part: Node, prefix: str, name: str, *, required: bool
) -> None:
    """Read one property into the shape of what has it."""
    word = word_of(part, prefix, name)
    if part.type == "object":
        inner = shape_of(part, f"{word}.")
        if not required and (inner.must or inner.cases):
            do = "List it in `required`, or ask for none of its own properties."
            part.reading.wrong(part, f"{name} may be left out, and not its parts.", do)
        _add(shape, inner)
        return
    part.reading.words.setdefault(word, []).append(part)
    clauses = list(clauses_of(part, word))
    if required:
        shape.must += clauses or [{"path": word, "present": True}]
    elif clauses:
        shape.optional.setdefault(word, []).extend(clauses)


def _add(shape: Shape, more: Shape) -> None:
    """Add what another shape asks for."""
    shape.must += more.must
    shape.cases += more.cases
    for word, clauses in more.optional.items():
        shape.optional.setdefault(word, []).extend(clauses)


def _case(shape: Shape, node: Node, prefix: str) -> None:
    """Read `if` and `then`: what is asked of some only."""
    when, then = node.below("if"), shape_of(node.below("then"), prefix)
    when.refuse_others("properties", "required")
    required, applies = set(when.get("required") or ()), []
    for name, part in when.pairs("properties"):
        word = word_of(part, prefix, name)
        part.reading.words.setdefault(word, []).append(part)
        applies += [{"path": word, "present": True}] if name in required else []
        applies += clauses_of(part, word)
    for name in sorted(required - set(when.get("properties") or ())):
        applies.append({"path": _word(when, prefix, name), "present": True})
    shape.cases.append((applies, then))


def _either(node: Node, prefix: str) -> Iterator[Clause]:
    """Read `anyOf`: parts of which each is one condition on one property."""
    for part in node.listed("anyOf"):
        inner = shape_of(part, prefix)
        if len(inner.must) != 1 or inner.optional or inner.cases:
            do = "Give each part one property, listed in `required`, and one condition."
            part.reading.wrong(part, "This part is more than one condition.", do)
        yield from (clause for clause in inner.must if "path" in clause)


def _word(node: Node, prefix: str, name: str) -> str:
    """Give the word for a property that is only named."""
    word = word_of(node, prefix, name)
    node.reading.words.setdefault(word, [])
    return word


def clauses_of(node: Node, word: str) -> Iterator[Clause]:
    """Give what a part asks of the value of a word."""
    if node.type == "array":
        yield from _of_array(node, word)
        return
    node.refuse_others("const", "enum", "oneOf", "pattern", "minLength", *_ENDS)
    values = [_plain(value) for value in node.values]
    if len(values) == 1:
        yield {"path": word, "is": values[0]}
    elif values and {type(v) for v in values} != {bool}:
        yield {"path": word, "in": values}
    for keyword, operator in _ENDS.items():
        if keyword in node.told:
            yield {"path": word, operator: _plain(node.told[keyword])}
    if "pattern" in node.told:
        yield from _of_pattern(node, word)
    if node.get("minLength") == 1:
        yield {"path": word, "present": True}
    elif "minLength" in node.told:
        do = "Ask for 1 at least, which is that there is a text."
        node.reading.wrong(node, "The length of a text cannot be asked for.", do)


def _of_pattern(node: Node, word: str) -> Iterator[Clause]:
    """Give what a pattern says, if it is a beginning or a list of texts."""
    pattern = str(node.get("pattern"))
    if whole := _IS.fullmatch(pattern):
        texts = [_unescaped(each) for each in whole[1].split("|")]
        yield (
            {"path": word, "in": texts}
            if len(texts) > 1
            else {
                "path": word,
                "is": texts[0],
            }
        )
    elif begins := _BEGINS.fullmatch(pattern):
        yield {"path": word, "starts_with": _unescaped(begins[1])}
    else:
        do = "Write how it begins (^abc), or what it may be (^(a|b)$)."
        node.reading.wrong(node, "Guardrails know no regular expressions.", do)


def _unescaped(text: str) -> str:
    """Give what an escaped text stands for."""
    return re.sub(r"\\(.)", r"\1", text)


def _of_array(node: Node, word: str) -> Iterator[Clause]:
    """Give what an array asks: of a set of values, or of the elements of a list."""
    node.refuse_others("items", "contains", "minItems", "uniqueItems")
    items = node.below("items") if "items" in node.told else None
    if items is not None and items.type == "object":
        yield from _of_elements(items, word)
    elif items is not None:
        items.refuse_others("const", "enum", "oneOf")
        if items.values:
            yield {"path": word, "within": items.values}
    if "contains" in node.told:
        yield from _of_contained(node.below("contains"), word)
    if node.get("minItems") == 1 and items is not None and items.values:
        yield {"path": word, "has_any": items.values}
    elif node.get("minItems") not in {None, 0}:
        do = "Ask for 1 at least of a list of values; say more in the guardrail."
        node.reading.wrong(node, "The number of elements cannot be asked for.", do)


def _of_elements(items: Node, word: str) -> Iterator[Clause]:
    """Give what is asked of every element of a list."""
    shape = shape_of(items)
    if shape.must:
        yield _every(word, [], shape.must, items)
    for name, clauses in shape.optional.items():
        yield _every(word, [{"path": name, "present": True}], clauses, items)
    for applies, inner in shape.cases:
        if inner.optional or inner.cases:
            do = "Ask in `then` for required properties only."
            items.reading.wrong(items, "This asks for too much inside a list.", do)
        yield _every(word, applies, inner.must, items)


def _of_contained(node: Node, word: str) -> Iterator[Clause]:
    """Give what one element at least has to be."""
    if node.type == "object":
        shape = shape_of(node)
        if shape.optional or shape.cases or not shape.must:
            do = "List each of its properties in `required`."
            node.reading.wrong(node, "What is contained is not said fully.", do)
        _leaves_only(shape.must, node)
        yield {"some": word, "must": shape.must}
    else:
        node.refuse_others("const", "enum", "oneOf")
        yield {"path": word, "has_any": node.values}


def _every(word: str, where: list[Clause], must: list[Clause], node: Node) -> Clause:
    """Make the clause for every element of a list."""
    _leaves_only([*where, *must], node)
    return {"every": word, "where": where, "must": must}


def _leaves_only(clauses: Iterable[Clause], node: Node) -> None:
    """Refuse what is no single condition, inside a list."""
    if any("path" not in clause for clause in clauses):
        do = "Ask for single properties of the elements."
        node.reading.wrong(node, "This is too deep inside a list.", do)


def _plain(value: Any) -> Any:
    """Give a constant as guardrails have it: a fraction is a text."""
    return f"{Decimal(str(value)):f}" if isinstance(value, float) else value
