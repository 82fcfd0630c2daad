"""A schema and the guardrails made of it ask the same, by a validator of others."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from immutables import Map
from tests.conftest import many
from tests.engines.guardrails.conftest import AT, firm, request
from tests.engines.guardrails.worlds import seeded

from weft.core.firm import Firm
from weft.engines.guardrails import problems
from weft.engines.guardrails.answer import case_of
from weft.errors import InputError, Problems
from weft.interop.jsonschema.reading import Schema, Understood, read_schema

WORDS: dict[str, dict[str, Any]] = {
    "live": {"type": "boolean"},
    "language": {"enum": ["go", "kotlin", "php"]},
    "days": {"type": "integer"},
    "name": {"type": "string"},
    "tags": {"type": "array", "items": {"enum": ["x", "y", "z"]}},
    "run": {"type": "object", "properties": {"region": {"enum": ["eu", "us"]}}},
}
INSIDE: dict[str, dict[str, Any]] = {
    "encrypted": {"type": "boolean"},
    "hours": {"type": "integer"},
}


def understood(schema: Any, **more: Any) -> Understood:
    """Read a schema."""
    told: dict[str, Any] = {"id": "g", "principle": "p", "owner": "stewards"}
    told |= {"phase": "enforced", **more}
    return read_schema(Schema(text=json.dumps(schema), **told), {})


def world(schema: Any) -> Firm:
    """Make a firm of what a schema says, in which all fits together."""
    found = understood(schema)
    rules = firm(found.vocabulary, found.guardrails)
    assert [p.what for p in problems(rules) if "principle" not in p.what] == []
    return rules


def narrowed(rng: Random, word: str) -> dict[str, Any]:
    """Make a part of a schema that asks something of a word."""
    plain = dict({**WORDS, **INSIDE}[word])
    asks: dict[str, Any] = {
        "live": [{"const": rng.random() < 0.5}, {}],
        "encrypted": [{"const": rng.random() < 0.5}, {}],
        "language": [{"const": "go"}, {"enum": ["go", "kotlin"]}, {}],
        "days": [{rng.choice(ENDS): rng.randint(0, 4)} for _ in range(3)],
        "hours": [{rng.choice(ENDS): rng.randint(0, 4)}, {}],
        "name": [{"pattern": "^ab"}, {"pattern": "^(ab|cd)$"}, {"minLength": 1}, {}],
        "tags": [{"contains": {"const": "x"}}, {"minItems": 1}, {}],
    }
    if word == "tags" and rng.random() < 0.4:
        return {**plain, "items": {"enum": ["x", "y"]}}
    return {**plain, **rng.choice(asks[word])}


ENDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def some(rng: Random, among: Any, chance: float = 0.5) -> list[str]:
    """Choose some names."""
    return [name for name in among if rng.random() < chance]


def a_schema(rng: Random) -> dict[str, Any]:
    """Make a schema of the forms that can be read."""
    flat = [word for word in WORDS if word != "run"]
    made: dict[str, Any] = {"type": "object", "properties": dict(WORDS)}
    for word in flat:
        made["properties"][word] = narrowed(rng, word)
    made["properties"]["copies"] = {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {word: narrowed(rng, word) for word in INSIDE},
            "required": some(rng, INSIDE),
        },
    }
    made["required"] = some(rng, [*flat, "copies"])
    if rng.random() < 0.5:
        region = {"enum": ["eu", "us"], **rng.choice([{"const": "eu"}, {}])}
        inner = {"type": "object", "properties": {"region": region}}
        if rng.random() < 0.5:
            inner["required"] = ["region"]
            made["required"].append("run")
        made["properties"]["run"] = inner
    if rng.random() < 0.4:
        word, other = rng.sample(flat, 2)
        made["if"] = {"properties": {word: narrowed(rng, word)}}
        made["if"] |= {"required": [word]} if rng.random() < 0.7 else {}
        made["then"] = {"properties": {other: narrowed(rng, other)}}
        made["then"] |= {"required": [other]} if rng.random() < 0.7 else {}
    if rng.random() < 0.3:
        made["dependentRequired"] = {rng.choice(flat): [rng.choice(flat)]}
    if rng.random() < 0.3:
        made["anyOf"] = [
            {"properties": {word: narrowed(rng, word)}, "required": [word]}
            for word in rng.sample(["live", "language", "name"], 2)
        ]
    if rng.random() < 0.3:
        word = rng.choice(flat)
        made["allOf"] = [{"properties": {word: narrowed(rng, word)}}]
    return made


VALUES: dict[str, tuple[Any, ...]] = {
    "live": (True, False),
    "encrypted": (True, False),
    "language": ("go", "kotlin", "php"),
    "days": (0, 1, 2, 3, 4, 5),
    "hours": (0, 1, 2, 3, 4, 5),
    "name": ("ab", "abc", "cd", "x"),
    "region": ("eu", "us"),
}


def a_thing(rng: Random) -> tuple[dict[str, Any], dict[str, Any]]:
    """Make a thing as JSON has it, and the same as facts of the vocabulary."""
    flat: dict[str, Any] = {
        word: rng.choice(VALUES[word]) for word in some(rng, VALUES, 0.75)
    }
    inside = {word: flat.pop(word) for word in INSIDE if word in flat}
    if rng.random() < 0.7:
        flat["tags"] = some(rng, "xyz")
    if rng.random() < 0.7:
        elements = [{w: rng.choice(VALUES[w]) for w in some(rng, INSIDE)}]
        flat["copies"] = rng.choice([[], elements, [*elements, inside]])
    region = flat.pop("region", None)
    thing = {**flat, **({"run": {"region": region}} if region else {"run": {}})}
    facts = {k: tuple(v) if isinstance(v, list) else v for k, v in flat.items()}
    return thing, facts | ({"run.region": region} if region else {})


def both(rng: Random) -> tuple[Any, dict[str, Any], bool, bool]:
    """Judge a thing by a schema and by the guardrails made of it."""
    schema, (thing, facts) = a_schema(rng), a_thing(rng)
    case = case_of(world(schema), request(facts), AT)
    ours = not case.rules.judge(case.facts).failing
    return schema, thing, jsonschema_rs.is_valid(schema, thing), ours


@given(st.randoms(use_true_random=False))
@settings(max_examples=many(60))
def test_what_fits_the_schema_satisfies_the_guardrails_and_nothing_else(
    rng: Random,
) -> None:
    schema, thing, theirs, ours = both(rng)
    assert theirs == ours, (schema, thing)


@pytest.mark.slow
def test_it_does_in_hundreds_of_schemas() -> None:
    told = [both(seeded(seed))[2:] for seed in range(600)]
    assert [n for n, (theirs, ours) in enumerate(told) if theirs != ours] == []
    assert {theirs for theirs, _ in told} == {True, False}


@pytest.mark.parametrize(
    ("schema", "place", "what"),
    [
        ({"properties": {"a": {"not": {}}}}, "#/properties/a", "`not`"),
        ({"properties": {"a": {"pattern": "a+"}}}, "#/properties/a", "regular"),
        ({"properties": {"a": {"minLength": 3}}}, "#/properties/a", "length"),
        ({"properties": {"a": {"type": "array", "minItems": 3}}}, "a", "number of"),
        ({"properties": {"ä": {"const": 1}}}, "#/properties/ä", "word"),
        ({"properties": {"a": {"$ref": "#/$defs/b"}}}, "#", "not in this"),
        ({"properties": {"a": {"$ref": "http://x"}}}, "#", "not in this"),
        ({"oneOf": [{}]}, "#", "`oneOf`"),
        ({"else": {}}, "#", "`else`"),
        ({"properties": []}, "#/properties", "not an object"),
        ({"required": "a"}, "#/required", "not a list of names"),
        ({"required": ["a"]}, "#", "of what type"),
        ({"properties": {"a": {"type": "0"}}}, "#/properties/a", "of what type"),
        ({"properties": {"a": 3}}, "#", "cannot be read"),
        ({"allOf": [{"$ref": "#"}]}, "#", "cannot be read"),
        ({"properties": {"a": {"enum": ["x", [1]]}}}, "a/enum", "not a list of texts"),
        (
            {"properties": {"a": {"type": "array", "items": {"enum": [{}]}}}},
            "a/items/enum",
            "not a list of texts",
        ),
        ({"properties": {"a": {"const": {"b": 1}}}}, "a/const", "not a text"),
        (
            {"properties": {"a": {"oneOf": [{"const": []}]}}},
            "#/properties/a",
            "what type",
        ),
        ({"properties": {"a": {"minItems": [1]}}}, "a/minItems", "not a number"),
        ({}, "#", "asks for nothing"),
        ([], "#", "cannot be read"),
    ],
)
def test_what_no_guardrail_can_say_is_refused_with_its_place(
    schema: Any, place: str, what: str
) -> None:
    with pytest.raises(Problems) as wrong:
        understood(schema)
    told = wrong.value.problems
    assert any(what in each.what and place in each.where.path for each in told), told


def test_a_word_that_the_firm_has_otherwise_is_refused() -> None:
    (word,) = understood({"properties": {"a": {"const": "x"}}}).vocabulary
    schema = Schema(
        text='{"properties": {"a": {"minimum": 3}}}', id="g", principle="p", owner="o"
    )
    with pytest.raises(Problems, match="of type enum"):
        read_schema(schema, Map({"a": word}))


def test_what_is_left_out_is_told() -> None:
    schema = {
        "properties": {"runRegion": {"const": "eu"}},
        "additionalProperties": False,
    }
    found = understood(schema, title="In the EU", only_act="deploy")
    assert found.notes[0] == "runRegion is called run-region here."
    assert found.notes[1].startswith("additionalProperties at # is left out")
    schema["additionalProperties"] = {"type": "string"}
    assert understood(schema).notes[1] == found.notes[1]
    (rule,) = found.guardrails
    assert (rule.id, rule.title, rule.when[0].is_) == ("g", "In the EU", "deploy")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "properties",
                        "required",
                        "items",
                        "enum",
                        "const",
                        "$ref",
                        "allOf",
                        "anyOf",
                        "if",
                        "then",
                        "type",
                        "contains",
                        "a",
                        "minimum",
                        "pattern",
                        "dependentRequired",
                        "title",
                        "oneOf",
                        "minItems",
                        "additionalProperties",
                    ]
                ),
                inner,
                max_size=5,
            )
        ),
        max_leaves=25,
    )
)
@settings(max_examples=many(300))
def test_whatever_it_is_nothing_but_our_errors_comes_out(schema: Any) -> None:
    try:
        understood(schema)
    except InputError:
        return
