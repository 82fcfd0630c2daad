"""The engine against the second judge, on rules and data of every form."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.guardrails.conftest import AT, naive, request, state
from tests.engines.guardrails.worlds import WORDS, seeded, value, world

from weft.core.firm import Firm
from weft.core.records import show
from weft.core.requests import Request
from weft.engines.guardrails.answer import case_of
from weft.engines.guardrails.judging import finding
from weft.engines.guardrails.rules import kinds
from weft.engines.guardrails.rules.code import conditions, leaves, source
from weft.engines.guardrails.rules.tree import Quantified

MANY = int(os.environ.get("WEFT_MANY", "0"))
"""How many random worlds to judge by hand, beside those of every run."""


def disagreements(world: Firm, request: Request) -> list[tuple[str, str, str]]:
    """Give each guardrail with the state of the second judge and another here."""
    case = case_of(world, request, AT)
    failing = {
        rule.guardrail.id: finding(case, rule, case.facts).state
        for rule in case.rules.judge(case.facts).failing
    }
    both = (
        (g.id, state(*naive(world, g, case.facts)), failing.get(g.id, "holds"))
        for g in world.guardrails.values()
    )
    return [(name, theirs, ours) for name, theirs, ours in both if theirs != ours]


@pytest.mark.slow
@given(st.randoms(use_true_random=False))
def test_each_guardrail_has_the_state_that_the_definition_gives(rng: Random) -> None:
    assert disagreements(*world(rng)) == []


@pytest.mark.slow
def test_it_has_in_thousands_of_worlds() -> None:
    for seed in range(MANY or 1000):
        assert disagreements(*world(seeded(seed))) == [], seed


def is_held(rules: Firm, properties: dict[str, Any]) -> set[str]:
    """Give the guardrails that hold."""
    case = case_of(rules, request(properties), AT)
    failing = {rule.guardrail.id for rule in case.rules.judge(case.facts).failing}
    return set(rules.guardrails) - failing


@given(st.randoms(use_true_random=False))
def test_to_state_what_is_missing_never_breaks_what_held(rng: Random) -> None:
    rules, asked = world(rng)
    asks_presence = any("present" in show(g) for g in rules.guardrails.values())
    free = [w for w in WORDS if w.id not in asked.properties and w.role != "given"]
    if asks_presence or not free:
        return  # what may be left out on purpose is another thing: see `present`
    word = rng.choice(free)
    stated = {**asked.properties, word.id: value(rng, word)}
    assert is_held(rules, dict(asked.properties)) <= is_held(rules, stated)


# Planted bugs: each makes the engine fail open, or shut, somewhere.


def _not_is_the_opposite(*args: Any, yes: bool, **more: Any) -> str:
    """Take what is not surely true for surely false."""
    told = EXPRESSION(*args, yes=True, **more)
    return told if yes else f"(not {told})"


def _no_list_is_an_empty_list(
    text: source.Source, branch: Quantified, condition: str
) -> list[str]:
    """Let a list that is missing pass."""
    lines = ALL(text, branch, condition)
    return [lines[0].replace("False", "True"), *lines[1:]]


def _unknown_does_not_apply(text: source.Source, tree: Any) -> list[str]:
    """Take a guardrail that is not known to apply for one that does not."""
    lines = SPARED(text, tree)
    if not tree.when:
        return lines
    surely = conditions._all_met(text, tree.when)  # noqa: SLF001 # to plant a bug
    return [*surely, "h = not h"]


def _true_is_one(*args: Any, **more: Any) -> str:
    """Compare whole numbers with whatever there is."""
    return re.sub(r"__class__ is c\d+", "__class__ is not None", WHOLE(*args, **more))


def _as_written(_: Any) -> Callable[[Any], Any]:
    """Compare values as they are written."""
    return lambda raw: raw


ALL, SPARED = conditions._all, conditions.spared  # noqa: SLF001 # to plant bugs
EXPRESSION, WHOLE = leaves.expression, leaves._whole  # noqa: SLF001
BUGS: dict[str, tuple[Any, Any]] = {
    "not is the opposite": ((source, "expression"), _not_is_the_opposite),
    "no list is an empty list": ((conditions, "_all"), _no_list_is_an_empty_list),
    "unknown does not apply": ((conditions, "spared"), _unknown_does_not_apply),
    "true is one": ((leaves, "_whole"), _true_is_one),
    "a missing text is another": ((leaves._SURELY, "is_not"), "({w} != {c})"),  # noqa: SLF001
    "texts are compared as written": ((kinds._READERS, "text"), _as_written),  # noqa: SLF001
    "dates are compared as written": ((kinds._READERS, "date"), _as_written),  # noqa: SLF001
}


@pytest.mark.slow
@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_bug_is_found(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # What is kept of sound readers would hide the bug, and would keep it afterwards.
    monkeypatch.setattr(kinds, "_kept", {})
    (where, name), planted = BUGS[bug]
    if isinstance(where, dict):
        monkeypatch.setitem(where, name, planted)
    else:
        monkeypatch.setattr(where, name, planted)
    assert any(disagreements(*world(seeded(seed))) for seed in range(600))
