"""A request is checked against the vocabulary; all that is wrong is told at once."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.guardrails.conftest import AT, firm, guardrail, naive, prop
from tests.engines.guardrails.worlds import world

from weft.core.assets import Asset
from weft.core.requests import Request
from weft.engines.guardrails import check_request, decide

WORDS = [
    prop("data.class", "enum", values=["public", "personal"], role="fact"),
    prop("tls", "rank", values=["1.2", "1.3"]),
    prop("days", "int", lowest=1, highest=90, unit="days"),
    prop("share", "decimal", places=1),
    prop("spend", "money", unit="EUR"),
    prop("due", "date"),
    prop("name", "text"),
    prop("live", "bool"),
    prop("tags", "set", values=["x", "y"]),
    prop("copies", "list", fields=["tls", "live"]),
    prop("approved", "bool", role="given"),
]
ASSET = Asset(id="ledger", title="Ledger")
FIRM = firm(WORDS, [guardrail("g", [{"path": "live", "is": True}])], ASSET)


def told(properties: dict[str, Any], **more: Any) -> list[tuple[str, str, str]]:
    """Give the path, the problem and the advice of all that is wrong."""
    plain: dict[str, Any] = {"mission": "payments", "act": "deploy"}
    asked = Request(**{**plain, **more, "properties": properties})
    return [(p.where.path, p.what, p.do) for p in check_request(FIRM, asked)]


def test_what_fits_has_nothing_wrong() -> None:
    stated = {
        "data.class": "public",
        "tls": "1.3",
        "days": 90,
        "share": "0.5",
        "spend": "20 EUR",
        "due": "2026-12-31",
        "name": "Ledger",
        "live": False,
        "tags": ("x",),
        "copies": ({"tls": "1.2", "live": True}, {}),
        "asset.type": "service",
    }
    assert told(stated) == []


@pytest.mark.parametrize(
    ("name", "value", "path", "says"),
    [
        ("data.clas", "public", "data.clas", "Did you mean data.class"),
        ("data.class", "perso", "data.class", "Did you mean personal?"),
        ("data.class", 1, "data.class", "Give one of its values."),
        ("tls", "1.1", "tls", "1.2"),
        ("tls", 12, "tls", "Give one of its values, as text."),
        ("days", 91, "days", "Give a whole number, 1 at least, 90 at most."),
        ("days", "5", "days", "Give a whole number, 1 at least, 90 at most."),
        ("days", True, "days", "Give a whole number, 1 at least, 90 at most."),
        ("share", "0.55", "share", "Give a number."),
        ("spend", "20 USD", "spend", "Give an amount of money in EUR."),
        ("due", "tomorrow", "due", "Give a date such as 2026-11-21."),
        ("name", " ", "name", "Give a text."),
        ("live", "yes", "live", "Give true or false."),
        ("tags", "x", "tags", "Give a list of its values."),
        ("tags", ("x", "z"), "tags[1]", "Use one of: x, y."),
        ("copies", "none", "copies", "Give a list of elements."),
        ("copies", ({"live": 1},), "copies[0].live", "Give true or false."),
        ("copies", ({}, {"liv": True}), "copies[1].liv", "Did you mean live?"),
        ("copies", ("x",), "copies[0]", "Give it fields: tls, live."),
        ("copies", ({},) * 1001, "copies", "Give a list of elements."),
        ("approved", True, "approved", "Leave it out."),
        ("act", "deploy", "act", "Leave it out."),
        ("mandate", "signed", "mandate", "Leave it out."),
        ("asset.type", "servic", "asset.type", "Did you mean service?"),
    ],
)
def test_what_does_not_fit_is_told_with_its_path_and_a_cure(
    name: str, value: Any, path: str, says: str
) -> None:
    ((where, _, do),) = told({name: value})
    assert where == f"$.properties.{path}"
    assert says in do


def test_names_that_the_firm_does_not_have_are_told_too() -> None:
    found = told({"liv": 1}, mission="payment", act="deplyo", asset="ledge")
    assert [(where, do) for where, _, do in found] == [
        ("$.mission", "Did you mean payments?"),
        ("$.act", "Did you mean deploy?"),
        ("$.asset", "Did you mean ledger?"),
        ("$.properties.liv", "Did you mean live?"),
    ]


def test_the_type_of_a_known_asset_is_not_for_a_request_to_say() -> None:
    ((where, _, _),) = told({"asset.type": "service"}, asset="ledger")
    assert where == "$.properties.asset.type"


def test_the_type_of_a_new_thing_may_be_told() -> None:
    rule = guardrail("g", [{"path": "asset.type", "is": "service"}])
    rules = firm(WORDS, [rule], ASSET)
    plain: dict[str, Any] = {"mission": "payments", "act": "deploy"}
    new = Request(**plain, properties={"asset.type": "service"})
    unsaid = Request(**plain)
    known = Request(**plain, asset="ledger", properties={"asset.type": "saas"})
    assert decide(rules, new, asked_by="eve", at=AT).verdict == "allowed"
    assert decide(rules, known, asked_by="eve", at=AT).verdict == "allowed"
    (question,) = decide(rules, unsaid, asked_by="eve", at=AT).questions
    assert question.path == "asset.type"
    assert question.answers["service"] == "allowed"
    assert question.answers["saas"] == "refused"


@pytest.mark.slow
@given(st.randoms(use_true_random=False))
def test_what_passes_the_check_is_read_the_same_way_by_the_rules(rng: Random) -> None:
    rules, asked = world(rng)
    wrong = {p.where.path.split("[")[0] for p in check_request(rules, asked)}
    for name, value in asked.properties.items():
        if name != "copies":
            present = guardrail("p", [{"path": name, "present": True}])
            _, known = naive(rules, present, {name: value})
            assert (known == "T") == (f"$.properties.{name}" not in wrong)
