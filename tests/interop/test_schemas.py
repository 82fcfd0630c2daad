"""The JSON Schemas: they take what Weft takes, and refuse with it."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest

from weft.core.firm import KINDS
from weft.core.guardrails import OPERATORS, Clause, Guardrail
from weft.core.people import Person
from weft.core.records import read
from weft.errors import InputError
from weft.interop.schemas import schemas

SCHEMAS = schemas()


def fits(kind: str, plain: Any) -> bool:
    """Tell whether plain data fits the schema of a kind."""
    return jsonschema_rs.Draft202012Validator(SCHEMAS[kind]).is_valid(plain)


def guardrail(clause: dict[str, Any]) -> dict[str, Any]:
    """Give a guardrail with one clause."""
    return {
        "id": "g",
        "title": "G",
        "level": "must",
        "principle": "p",
        "owner": "o",
        "must": [clause],
    }


def test_every_kind_has_a_valid_schema_of_the_stated_dialect() -> None:
    assert set(SCHEMAS) == {*KINDS, "profiles"}
    for schema in SCHEMAS.values():
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["type"] == "object"
        assert schema["additionalProperties"] is False
        jsonschema_rs.meta.validate(schema)
        json.dumps(schema)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_holds_all_it_refers_to_and_no_more(kind: str) -> None:
    schema = SCHEMAS[kind]
    text = json.dumps(schema)
    for name in schema["$defs"]:
        assert f'"#/$defs/{name}"' in text
    assert text.count('"$ref"') >= len(schema["$defs"])


LEAF = {"path": "cost", "at_most": 5}


@pytest.mark.parametrize(
    "clause",
    [
        LEAF,
        {"path": "cost", "present": True},
        {"path": "region", "in": "@regions"},
        {"path": "region", "in": ["eu", "uk"]},
        {"path": "tls", "at_least": {"param": "floor"}},
        {"any": [LEAF, {"path": "x", "is": False}]},
        {"every": "copies", "must": [LEAF]},
        {"none": "copies", "where": [LEAF], "must": [LEAF]},
        {"some": "copies", "where": [], "must": [LEAF]},
    ],
)
def test_a_clause_of_each_form_fits(clause: dict[str, Any]) -> None:
    assert fits("guardrails", guardrail(clause))
    read(Guardrail, guardrail(clause))


@pytest.mark.parametrize(
    "clause",
    [
        {},
        {"path": "cost"},
        {"at_most": 5},
        {**LEAF, "at_least": 1},
        {**LEAF, "any": [LEAF]},
        {**LEAF, "must": [LEAF]},
        {"path": "cost", "equals": 5},
        {"path": "cost", "present": False},
        {"path": "cost", "at_most": 1.5},
        {"any": []},
        {"any": [{"any": [LEAF]}]},
        {"every": "copies"},
        {"every": "copies", "some": "copies", "must": [LEAF]},
        {"every": "copies", "must": [{"some": "x", "must": [LEAF]}]},
        {"where": [LEAF], "must": [LEAF]},
    ],
)
def test_what_is_no_clause_does_not_fit(clause: dict[str, Any]) -> None:
    assert not fits("guardrails", guardrail(clause))
    with pytest.raises(InputError):
        read(Guardrail, guardrail(clause))


@pytest.mark.parametrize("operator", OPERATORS.values())
def test_every_operator_is_explained(operator: str) -> None:
    leaf = SCHEMAS["guardrails"]["$defs"]["Leaf"]
    assert len(leaf["properties"][operator]["description"]) > 10


def test_fields_are_explained_in_the_words_of_the_record() -> None:
    fields = SCHEMAS["guardrails"]["properties"]
    assert fields["harm"]["description"] == "whom a veto protects"
    assert fields["principle"]["description"] == "by id: principle in principles"
    assert fields["owner"]["description"].startswith("the role that answers for it")
    assert fields["starts"] != fields["title"]
    assert SCHEMAS["people"]["properties"]["unit"]["description"] == (
        "by id: unit in units"
    )
    assert "\n" not in json.dumps(SCHEMAS["people"])


def test_defaults_and_required_fields_are_told() -> None:
    assert SCHEMAS["people"]["required"] == ["id"]
    assert SCHEMAS["people"]["properties"]["title"]["default"] == ""
    assert fits("people", {"id": "p1", "disciplines": {"it": 100}})
    assert not fits("people", {"id": "P1"})
    assert not fits("people", {"id": "p1", "nick": "x"})
    read(Person, {"id": "p1", "disciplines": {"it": 100}})
    assert Clause.__struct_config__.forbid_unknown_fields
