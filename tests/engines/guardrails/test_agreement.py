"""The engine against the second judge, on rules and data of every form."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from tests.engines.guardrails.conftest import AT, naive, state
from tests.engines.guardrails.worlds import world

from weft.engines.guardrails.answer import case_of
from weft.engines.guardrails.judging import finding


@given(st.randoms(use_true_random=False))
def test_each_guardrail_has_the_state_that_the_definition_gives(rng: Random) -> None:
    firm, request = world(rng)
    case = case_of(firm, request, AT)
    outcome = case.rules.judge(case.facts)
    failing = {rule.guardrail.id: rule for rule in outcome.failing}
    for guardrail in firm.guardrails.values():
        expected = state(*naive(firm, guardrail, case.facts))
        if guardrail.id not in failing:
            assert expected == "holds"
        else:
            assert finding(case, failing[guardrail.id], outcome).state == expected
