"""The schema of a guardrail in a firm's own words, against what the firm takes."""

from __future__ import annotations

from datetime import date
from typing import Any

import jsonschema_rs
import pytest
from tests.examples.conftest import tell

from weft.app.texts import as_text
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.guardrails import Guardrail, Principle
from weft.core.records import read
from weft.core.roles import Role
from weft.core.vocabulary import NamedSet, Property
from weft.engines.guardrails import problems
from weft.interop.worded import worded
from weft.interop.yaml import read_yaml

FIRM = change(
    Firm(),
    [
        put(Principle(id="p", title="We are careful")),
        put(Role(id="stewards", title="Stewards")),
        put(Property(id="days", title="Days", type="int", lowest=0, highest=900)),
        put(Property(id="at", title="Where", type="enum", values=("eu", "us"))),
        put(Property(id="copies", title="Copies", type="list", fields=("at",))),
        put(NamedSet(id="near", values=("eu",))),
    ],
)
SCHEMA = jsonschema_rs.Draft202012Validator(worded(FIRM))


def a_guardrail(**clause: Any) -> dict[str, Any]:
    """Write a guardrail with one condition."""
    rest = {"id": "g", "title": "G", "level": "must", "principle": "p"}
    return {**rest, "owner": "stewards", "params": {"most": 3}, "must": [clause]}


def fits(plain: dict[str, Any]) -> bool:
    """Tell whether the firm itself takes a guardrail."""
    rule = read(Guardrail, plain)
    return not problems(change(FIRM, [put(rule)]))


@pytest.mark.parametrize(
    "clause",
    [
        {"path": "days", "at_most": 30},
        {"path": "days", "at_most": {"param": "most"}},
        {"path": "days", "between": [1, 2]},
        {"path": "days", "present": True},
        {"path": "at", "in": ["eu"]},
        {"path": "at", "in": "@near"},
        {"path": "asset.type", "is": "service"},
        {"any": [{"path": "at", "is": "eu"}, {"path": "days", "is": 1}]},
        {"every": "copies", "must": [{"path": "at", "is": "eu"}]},
    ],
    ids=str,
)
def test_what_the_firm_takes_fits(clause: dict[str, Any]) -> None:
    assert fits(a_guardrail(**clause))
    SCHEMA.validate(a_guardrail(**clause))


@pytest.mark.parametrize(
    "clause",
    [
        {"path": "dais", "at_most": 30},
        {"path": "days", "at_most": "soon"},
        {"path": "days", "has": 3},
        {"path": "at", "is": "mars"},
        {"path": "at", "in": "@far"},
        {"every": "days", "must": [{"path": "at", "is": "eu"}]},
        {"every": "copies", "must": [{"path": "days", "is": 1}]},
    ],
    ids=str,
)
def test_what_the_firm_refuses_does_not(clause: dict[str, Any]) -> None:
    assert not fits(a_guardrail(**clause))
    assert not SCHEMA.is_valid(a_guardrail(**clause))


@pytest.mark.slow
def test_the_guardrails_of_an_example_fit() -> None:
    firm = tell("bank", date(2026, 11, 21)).firm
    schema = jsonschema_rs.Draft202012Validator(worded(firm))
    for guardrail in firm.guardrails.values():
        schema.validate(read_yaml(as_text(guardrail)).plain)


def test_an_owner_and_a_principle_are_those_there_are() -> None:
    plain = a_guardrail(path="days", at_most=3)
    assert SCHEMA.is_valid(plain)
    assert not SCHEMA.is_valid({**plain, "owner": "nobody"})
    assert not SCHEMA.is_valid({**plain, "principle": "none"})
