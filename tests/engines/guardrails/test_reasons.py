"""A reason is written once for each value of a leaf, and is that value's own."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop, request

from weft.core.requests import Reason
from weft.engines.guardrails.facts import facts_of
from weft.engines.guardrails.rules.framework import rules_on

FIRM = firm(
    [prop("days", "int")], [guardrail("no-days", [{"path": "days", "at_most": -1}])]
)
RULES = rules_on(FIRM, AT.date())


def reason(days: Any) -> Reason:
    """Give the reason that some days are too many, or are no days."""
    facts = facts_of(FIRM, request({"days": days}), RULES)
    (broken,) = RULES.judge(facts).failing
    (found,) = broken.why(facts)
    return found


def test_what_was_told_of_a_value_is_told_again() -> None:
    assert reason(9) is reason(9)


def test_values_that_are_equal_and_of_two_types_are_told_apart() -> None:
    told = [reason(value).actual for value in (1, True, "1", 0, False, "", "true")]
    assert len(set(told)) == len(told)


@given(st.lists(st.integers(8, 2000), min_size=600, max_size=700))
def test_more_values_than_are_kept_are_told_as_ever(days: list[int]) -> None:
    assert [reason(each).actual for each in days] == [f"{each}" for each in days]
