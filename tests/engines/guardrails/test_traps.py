"""What other rule languages let pass: data that is missing, of another type, or odd."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop

from weft.core.firm import Firm
from weft.core.requests import Decision, Request
from weft.engines.guardrails import decide
from weft.engines.guardrails.rules.constants import FITTING

WORDS = {
    "bool": prop("word", "bool"),
    "enum": prop("word", "enum", values=["a", "b", "c"]),
    "rank": prop("word", "rank", values=["1.0", "1.1", "1.9", "1.10"]),
    "int": prop("word", "int", lowest=0, highest=100),
    "decimal": prop("word", "decimal", places=1, lowest=0, highest=100),
    "money": prop("word", "money", unit="EUR", lowest=0, highest=100),
    "date": prop("word", "date"),
    "text": prop("word", "text"),
    "set": prop("word", "set", values=["a", "b", "c"]),
    "list": prop("word", "list", fields=["inside"]),
}
INSIDE = prop("inside", "bool")
ONE: dict[str, Any] = {
    "bool": True,
    "enum": "b",
    "rank": "1.9",
    "int": 50,
    "decimal": "50.5",
    "money": "50 EUR",
    "date": "2026-06-30",
    "text": "b",
    "set": "b",
}
HIGHER: dict[str, Any] = {"int": 60, "decimal": 60, "money": 60, "date": "2026-07-01"}
MANY = {"in", "not_in", "within", "has_any", "has_none"}
# Nothing of its type: what fits none of them, and what fits some other.
ODD = (
    None,
    float("nan"),
    float("inf"),
    1.5,
    "",
    "  ",
    "null",
    "NaN",
    "1e3",
    "\ud800",
    -1,
    101,
    10**30,
    "101 EUR",
    "50 USD",
    "50.123 EUR",
    "EUR 50",
    "2026-02-30",
    "20260630",
    "2026-W27-2",
    "z",
    "B",
    "1.09",
    ("b", "z"),
    ("b", 1),
    (["b"],),
    ({"inside": True},),
    {"b": True},
    b"b",
    frozenset("b"),
)
FITS: dict[str, tuple[Any, ...]] = {
    "bool": (True, False),
    "enum": ("a", "b", "c"),
    "rank": ("1.0", "1.1", "1.9", "1.10"),
    "text": tuple(x for x in ODD if isinstance(x, str) and x.strip()),
}


def constant(kind: str, operator: str) -> Any:
    """Give a constant that an operator takes."""
    if operator == "present":
        return True
    if operator == "between":
        return [ONE[kind], HIGHER[kind]]
    return [ONE[kind]] if operator in MANY else ONE[kind]


def a_world(kind: str, leaf: dict[str, Any], *, inside: bool = False) -> Firm:
    """Make a firm with one rule about the word; if inside, in elements of a list."""
    must = {"every": "holder", "must": [leaf]} if inside else leaf
    holder = prop("holder", "list", fields=["word"])
    return firm([WORDS[kind], INSIDE, holder], [guardrail("g", [must])])


def asked(world: Firm, odd: Any, *, inside: bool = False) -> Decision:
    """Answer a request in which the word is odd."""
    stated: Any = {"holder": ({"word": odd},)} if inside else {"word": odd}
    request = Request(mission="payments", act="deploy", properties=stated)
    return decide(world, request, asked_by="eve", at=AT)


def answered(kind: str, leaf: dict[str, Any], odd: Any) -> Decision:
    """Answer a request in a firm with one rule about the word."""
    return asked(a_world(kind, leaf), odd)


CASES = [
    (kind, operator)
    for kind, operators in FITTING.items()
    for operator in operators
    if kind != "list"
]


@pytest.mark.parametrize(("kind", "operator"), CASES)
@pytest.mark.parametrize("inside", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_what_cannot_be_read_is_never_a_yes(
    kind: str, operator: str, *, inside: bool
) -> None:
    leaf = {"path": "word", operator: constant(kind, operator)}
    world = a_world(kind, leaf, inside=inside)
    for odd in (*ODD, True, 1, 0, "b", "50", 50, ("b",), ()):
        reads = any(odd is x or (odd == x and type(odd) is type(x)) for x in fits(kind))
        if reads:
            continue
        decision = asked(world, odd, inside=inside)
        assert decision.verdict == "refused", odd
        (found,) = decision.findings
        absent = operator == "present" and odd is None
        assert found.state == ("broken" if absent else "unproven"), odd


@pytest.mark.parametrize("odd", [True, 1, "x", {"word": 1}, ({},) * 1001])
def test_what_is_no_list_is_not_present_as_one(odd: Any) -> None:
    leaf = {"path": "holder", "present": True}
    holder = prop("holder", "list", fields=["word"])
    rules = firm([WORDS["int"], holder], [guardrail("g", [leaf])])
    stated = Request(mission="payments", act="deploy", properties={"holder": odd})
    (found,) = decide(rules, stated, asked_by="eve", at=AT).findings
    assert (found.state, found.blocks) == ("unproven", True)


def test_to_ask_whether_a_list_is_there_leaves_its_elements_as_they_are() -> None:
    holder = prop("holder", "list", fields=["word"])
    rules = (
        guardrail("there", [{"path": "holder", "present": True}]),
        guardrail("none", [{"none": "holder", "must": [{"path": "word", "is": 1}]}]),
        guardrail(
            "bare", [{"none": "holder", "must": [{"path": "word", "present": True}]}]
        ),
    )
    world, odd = firm([WORDS["int"], holder], rules), ({"word": 2}, "no element")
    stated = Request(mission="payments", act="deploy", properties={"holder": odd})
    found = decide(world, stated, asked_by="eve", at=AT).findings
    assert {f.guardrail: f.state for f in found} == {
        "none": "unproven",
        "bare": "broken",
    }


def fits(kind: str) -> tuple[Any, ...]:
    """Give the odd values that a type can after all read."""
    more: dict[str, tuple[Any, ...]] = {
        "enum": (),
        "bool": (True, False),
        "int": (1, 0, 50),
        "decimal": (1, 0, 50, "50"),
        "money": (1, 0, 50, "50", "1.09"),
        "text": ("b", "50"),
        "set": (("b",), ()),
    }
    return (*FITS.get(kind, ()), *more.get(kind, ()))


@pytest.mark.parametrize(("kind", "operator"), CASES)
def test_a_guardrail_applies_where_it_is_not_known_whether_it_does(
    kind: str, operator: str
) -> None:
    leaf = {"path": "word", operator: constant(kind, operator)}
    rule = guardrail("g", [{"path": "inside", "is": True}], [leaf])
    world = firm([WORDS[kind], INSIDE], [rule])
    odd: tuple[dict[str, Any], ...] = ({}, {"word": ({"odd": 1},)}, {"word": None})
    for stated in odd:
        request = Request(mission="payments", act="deploy", properties=stated)
        decision = decide(world, request, asked_by="eve", at=AT)
        absent = operator == "present" and stated.get("word") is None
        assert decision.verdict == ("allowed" if absent else "refused")


def test_true_is_not_one_and_one_is_not_true() -> None:
    for kind, told in (("bool", 1), ("int", True), ("decimal", True), ("money", True)):
        leaf = {"path": "word", "is": True if kind == "bool" else 1}
        decision = answered(kind, leaf, told)
        assert decision.findings[0].reasons[0].actual.startswith("wrong type")


def test_versions_are_neither_numbers_nor_texts() -> None:
    leaf = {"path": "word", "at_least": "1.9"}
    assert answered("rank", leaf, "1.10").verdict == "allowed"
    assert answered("rank", leaf, "1.1").verdict == "refused"


def test_one_text_in_two_spellings_is_one_text() -> None:
    composed, apart = "\u00e9", unicodedata.normalize("NFD", "\u00e9")
    for told in (composed, apart):
        for wanted in (composed, apart):
            leaf = {"path": "word", "is": wanted}
            assert answered("text", leaf, told).verdict == "allowed"
            leaf = {"path": "word", "is_not": wanted}
            assert answered("text", leaf, told).verdict == "refused"


def test_money_is_not_converted() -> None:
    leaf = {"path": "word", "at_most": "50 EUR"}
    for told, verdict in (
        *((50, "allowed"), ("50", "allowed"), ("50.00 EUR", "allowed")),
        *(("50.01 EUR", "refused"), ("1 USD", "refused"), (51, "refused")),
    ):
        assert answered("money", leaf, told).verdict == verdict
    reason = answered("money", leaf, "1 USD").findings[0].reasons[0]
    assert reason.actual == 'another currency: "1 USD"'


@pytest.mark.parametrize("quantifier", ["every", "none", "some"])
@pytest.mark.parametrize("odd", [None, "", "ab", {"inside": True}, 0, True])
def test_what_is_no_list_is_not_an_empty_one(quantifier: str, odd: Any) -> None:
    must = {quantifier: "word", "must": [{"path": "inside", "is": True}]}
    world = firm([WORDS["list"], INSIDE], [guardrail("g", [must])])
    request = Request(mission="payments", act="deploy", properties={"word": odd})
    decision = decide(world, request, asked_by="eve", at=AT)
    assert (decision.verdict, decision.findings[0].state) == ("refused", "unproven")


@pytest.mark.parametrize(
    ("quantifier", "verdict"),
    [("every", "allowed"), ("none", "allowed"), ("some", "refused")],
)
def test_an_empty_list_has_no_element_at_all(quantifier: str, verdict: str) -> None:
    must = {quantifier: "word", "must": [{"path": "inside", "is": True}]}
    world = firm([WORDS["list"], INSIDE], [guardrail("g", [must])])
    request = Request(mission="payments", act="deploy", properties={"word": ()})
    assert decide(world, request, asked_by="eve", at=AT).verdict == verdict


def test_a_list_longer_than_can_be_judged_is_unknown() -> None:
    must = {"every": "word", "must": [{"path": "inside", "is": True}]}
    world = firm([WORDS["list"], INSIDE], [guardrail("g", [must])])
    for length, verdict in ((1000, "allowed"), (1001, "refused")):
        stated = {"word": ({"inside": True},) * length}
        request = Request(mission="payments", act="deploy", properties=stated)
        assert decide(world, request, asked_by="eve", at=AT).verdict == verdict


def test_a_request_cannot_state_what_is_given() -> None:
    approved = prop("approved", "bool", role="given")
    rules = [
        guardrail("g", [{"path": "approved", "is": True}]),
        guardrail("h", [{"path": "mandate", "is": "signed"}]),
        guardrail("i", [{"path": "mission.type", "is": "platform"}]),
    ]
    stated: dict[str, Any] = {
        "approved": True,
        "mandate": "signed",
        "mission.type": "platform",
    }
    request = Request(mission="payments", act="deploy", properties=stated)
    decision = decide(firm([approved], rules), request, asked_by="eve", at=AT)
    states = {f.guardrail: f.state for f in decision.findings}
    assert states == {"g": "unproven", "h": "broken", "i": "broken"}


@pytest.mark.parametrize("name", ["mission", "act", "asset"])
def test_a_name_that_the_firm_does_not_have_is_never_a_yes(name: str) -> None:
    rule = guardrail("g", [{"path": "inside", "is": True}])
    plain: dict[str, Any] = {"mission": "payments", "act": "deploy"}
    request = Request(**{**plain, name: "gone", "properties": {"inside": True}})
    decision = decide(firm([INSIDE], [rule]), request, asked_by="eve", at=AT)
    assert decision.verdict == "refused"
    assert decision.findings[0].guardrail == "request"
    assert decision.findings[0].reasons[0].path == name
