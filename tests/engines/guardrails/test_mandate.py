"""The mandate of the mission as a part of the Answer."""

from __future__ import annotations

from typing import Any

import pytest
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop, request

from weft.core.firm import Firm
from weft.core.missions import Mandate
from weft.core.requests import Decision
from weft.core.vocabulary import Act
from weft.engines.guardrails import changed, decide, problems

SPEND = prop("spend", "money", unit="EUR", lowest=0)
SAFE = prop("safe", "bool")
RULE = guardrail("g", [{"path": "safe", "is": True}])
BUY = Act(id="buy", title="Buy", asks=("spend",))
LEADS = {"business_lead": "ada", "technology_lead": "bo", "signed_by": ("ada", "bo")}


def a_firm(mandate: dict[str, Any] | None, word: Any = SPEND) -> Firm:
    """Make a firm in which payments has a mandate, or none."""
    more = [] if mandate is None else [Mandate(mission="payments", **mandate)]
    return firm([SAFE, *([word] if word else [])], [RULE], BUY, *more)


def answered(world: Firm, act: str = "deploy", **stated: Any) -> Decision:
    """Answer a request that keeps to the one guardrail."""
    return decide(
        world, request({"safe": True, **stated}, act=act), asked_by="eve", at=AT
    )


SIGNED: dict[str, Any] = {**LEADS, "limit": "20000 EUR"}


@pytest.mark.parametrize(
    ("spend", "verdict"),
    [
        *((20_000, "allowed"), ("20000.00 EUR", "allowed"), (0, "allowed")),
        *(("20000.01 EUR", "refused"), (20_001, "refused"), ("1 USD", "refused")),
        *((-1, "refused"), ("much", "refused"), (True, "refused")),
    ],
)
def test_what_is_spent_stays_within_the_limit(spend: Any, verdict: str) -> None:
    decision = answered(a_firm(SIGNED), spend=spend)
    assert decision.verdict == verdict
    for found in decision.findings:
        assert (found.guardrail, found.owner) == ("mandate", "payments")
        assert found.reasons[0].expected == "20000.00 EUR"


def test_above_the_limit_the_way_is_to_spend_less_or_to_ask_the_leads() -> None:
    world = a_firm(SIGNED)
    decision = answered(world, spend="25000 EUR")
    (way,) = decision.ways
    assert [(e.path, e.old, e.new) for e in way.edits] == [
        ("spend", "25000.00 EUR", "20000.00 EUR")
    ]
    assert decision.findings[0].remedy == (
        "Stay within the mandate, or ask ada and bo to sign another."
    )
    assert decision.offers == ()
    again = changed(world, decision.request, way)
    assert decide(world, again, asked_by="eve", at=AT).verdict == "allowed"


@pytest.mark.parametrize(
    ("mandate", "says"),
    [
        (None, "Give payments a mandate, signed by two leads."),
        ({"limit": "9 EUR"}, "Name a business and a technology lead of payments"),
        ({**SIGNED, "signed_by": ("ada",)}, "Ask ada and bo to sign"),
        ({**SIGNED, "limit": None}, "sign another"),
        ({**SIGNED, "limit": "20000 USD"}, "sign another"),
    ],
)
def test_without_a_mandate_that_holds_nothing_is_spent(
    mandate: dict[str, Any] | None, says: str
) -> None:
    world = a_firm(mandate)
    assert answered(world).verdict == "allowed"
    assert answered(world, spend=0).verdict == "allowed"
    decision = answered(world, spend=1)
    assert decision.verdict == "refused"
    assert [f.guardrail for f in decision.findings] == ["mandate"]
    assert (decision.ways, decision.offers) == ((), ())
    assert says in decision.no_way


def test_an_act_that_asks_what_is_spent_is_not_free_while_it_is_not_said() -> None:
    world = a_firm(SIGNED)
    decision = answered(world, "buy")
    assert decision.verdict == "refused"
    reason = decision.findings[0].reasons[0]
    assert (reason.path, reason.actual, reason.truth) == ("spend", "missing", "unknown")
    assert answered(world, "buy", spend=5).verdict == "allowed"


def test_a_mandate_that_holds_limits_what_may_be_asked() -> None:
    world = a_firm({**SIGNED, "acts": ("deploy",)})
    assert answered(world, "deploy").verdict == "allowed"
    decision = answered(world, "adopt")
    assert decision.verdict == "refused"
    reason = decision.findings[0].reasons[0]
    assert (reason.path, reason.expected, reason.actual) == ("act", "deploy", "adopt")
    assert "act is adopt" in decision.no_way
    unsigned = a_firm({**SIGNED, "acts": ("deploy",), "signed_by": ()})
    assert answered(unsigned, "adopt").verdict == "allowed"


@pytest.mark.parametrize("word", [None, prop("spend", "int"), prop("spend", "money")])
def test_a_spend_that_is_no_money_is_never_within(word: Any) -> None:
    world = a_firm(SIGNED, word)
    assert answered(world, spend=1).verdict == "refused"
    assert answered(world, "buy").verdict == "refused"
    if word is not None:
        assert any("spend" in p.what for p in problems(world))


def test_a_limit_in_another_currency_is_a_problem_of_the_firm() -> None:
    (problem,) = problems(a_firm({**SIGNED, "limit": "20000 USD"}))
    assert (problem.where.file, problem.where.path) == ("mandates/payments", "$.limit")
    assert problems(a_firm(SIGNED)) == ()


def test_a_guardrail_may_read_the_mandate() -> None:
    rule = guardrail("h", [{"path": "mandate", "is": "signed"}])
    for mandate, verdict in ((SIGNED, "allowed"), (None, "refused")):
        more = [] if mandate is None else [Mandate(mission="payments", **mandate)]
        world = firm([SAFE, SPEND], [rule], *more)
        assert answered(world).verdict == verdict
