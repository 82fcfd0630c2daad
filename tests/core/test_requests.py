"""Reasons of a decision, told in words."""

from __future__ import annotations

import pytest

from weft.core.guardrails import OPERATORS, QUANTIFIERS
from weft.core.requests import Reason


@pytest.mark.parametrize(
    ("operator", "said"),
    [
        ("is", "a.b is 9; it has to be 5"),
        ("is_not", "a.b is 9; it has to be not 5"),
        ("at_most", "a.b is 9; it has to be at most 5"),
        ("not_in", "a.b is 9; it has to be none of: 5"),
        ("not starts_with", "a.b is 9; it has to be not beginning with 5"),
        ("every", "a.b is 9; it has to be 5"),
    ],
)
def test_a_reason_is_a_sentence(operator: str, said: str) -> None:
    reason = Reason(path="a.b", operator=operator, expected="5", actual="9")
    assert reason.said == said


def test_what_decides_whether_it_applies_is_told_as_that() -> None:
    reason = Reason(
        path="a", operator="is", expected="5", actual="missing", part="applies"
    )
    assert reason.said == "a is missing, so it may apply"


@pytest.mark.parametrize("operator", [*OPERATORS.values(), *QUANTIFIERS])
def test_no_operator_is_told_as_it_is_written(operator: str) -> None:
    reason = Reason(path="a", operator=operator, expected="x", actual="y")
    assert "_" not in reason.said
    assert reason.said.endswith("x")
