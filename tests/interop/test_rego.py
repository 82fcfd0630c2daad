"""Guardrails in Rego give the verdicts that Weft gives, by an engine of others."""

from __future__ import annotations

import itertools
import json
import os
import sys
from random import Random
from typing import Any

import pytest
import regopy
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop, request
from tests.engines.guardrails.worlds import seeded, world

from weft.core.firm import Firm
from weft.core.requests import Request
from weft.engines.guardrails.answer import case_of
from weft.errors import InputError, Malformed
from weft.interop.rego import prelude, writing
from weft.interop.rego.engine import Limits, ask_policy
from weft.interop.rego.inputs import write_input
from weft.interop.rego.leaves import BLANKS
from weft.interop.rego.writing import PACKAGE, write_rego

MANY = int(os.environ.get("WEFT_MANY", "0"))
"""How many random worlds to judge by hand, beside those of every run."""
HEAD = "package firm\nimport rego.v1\n"
SLOW = (
    "count([1 | some i in numbers.range(1, 20000); some j in numbers.range(1, 9999)])"
)


class Engine:
    """A module in an engine of others, compiled once."""

    ASK = f"{PACKAGE.replace('.', '/')}/verdicts"

    def __init__(self, module: str) -> None:
        self.interpreter = regopy.Interpreter()
        self.interpreter.add_module("weft", module)
        self.bundle = self.interpreter.build(None, [self.ASK])

    def states(self, told: str) -> dict[str, str]:
        """Give the state of each guardrail for an input document."""
        self.interpreter.set_input_term(told)
        found = self.interpreter.query_bundle_entrypoint(self.bundle, self.ASK)
        states: dict[str, str] = json.loads(str(found))["expressions"][0]
        return states


def ours(firm: Firm, request: Request) -> dict[str, str]:
    """Give the same by Weft's own."""
    case = case_of(firm, request, AT)
    return {rule.guardrail.id: _state(rule, case.facts) for rule in case.rules.all}


def _state(rule: Any, facts: Any) -> str:
    if rule.holds(facts):
        return "holds"
    return "broken" if rule.is_broken(facts) else "unproven"


def theirs(firm: Firm, request: Request) -> dict[str, str]:
    """Give what the module says of the same facts."""
    case = case_of(firm, request, AT)
    module = write_rego(case.rules, "A firm", AT.date())
    return Engine(module).states(write_input(case.facts))


@pytest.mark.slow
def test_every_blank_there_is_counts_as_one() -> None:
    assert "".join(filter(str.isspace, map(chr, range(sys.maxunicode + 1)))) == BLANKS


@pytest.mark.slow
@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_each_guardrail_has_the_state_that_weft_gives(rng: Random) -> None:
    rules, asked = world(rng)
    assert theirs(rules, asked) == ours(rules, asked)


@pytest.mark.slow
def test_it_has_in_many_worlds() -> None:
    for seed in range(MANY or 80):
        rules, asked = world(seeded(seed))
        assert theirs(rules, asked) == ours(rules, asked), seed


WORDS = (
    prop("live", "bool"),
    prop("language", "enum", values=["go", "php"]),
    prop("tls", "rank", values=["1.1", "1.2"]),
    prop("days", "int", lowest=-5),
    prop("share", "decimal", places=2),
    prop("yen", "money", unit="JPY", lowest=0),
    prop("cost", "money", unit="EUR"),
    prop("due", "date"),
    prop("name", "text"),
    prop("tags", "set", values=["x", "y"]),
    prop("ways", "list", fields=["live"]),
)
LEAVES: tuple[dict[str, Any], ...] = (
    {"path": "live", "is": True},
    {"path": "language", "not_in": ["php"]},
    {"path": "tls", "at_least": "1.2"},
    {"path": "days", "below": 10},
    {"path": "share", "between": ["-0.50", 1]},
    {"path": "yen", "above": "3 JPY"},
    {"path": "cost", "at_most": "0.50 EUR"},
    {"path": "due", "below": "2024-02-29"},
    {"path": "name", "starts_with": "a"},
    {"path": "tags", "has_none": ["x"]},
    {"every": "ways", "must": [{"path": "live", "is": True}]},
    {"none": "ways", "must": [{"path": "live", "present": True}]},
)
ODD: tuple[Any, ...] = (
    *(
        True,
        False,
        0,
        1,
        9,
        10,
        -5,
        -6,
        1.0,
        1.5,
        10**15,
        "",
        " ",
        "\u2003",
        "\x1c",
        "a",
    ),
    *("-0.50", "-0.5", "0.501", "0.500000", "007", "1.", "+1", "1e3", "3 JPY", "4 JPY"),
    *(
        "4.0 JPY",
        "0.5 EUR",
        "0.51 EUR",
        "1 USD",
        " 1",
        "1\n",
        "2024-02-28",
        "2023-02-29",
    ),
    *(
        "2024-02-29",
        "2024-02-30",
        "2024-13-01",
        "2024-00-10",
        "0000-01-01",
        "1900-02-29",
    ),
    *(
        "2000-02-29",
        "2024-2-8",
        "go",
        "php",
        "GO",
        "1.1",
        "1.2",
        "x",
        (),
        ("x",),
        ("y",),
    ),
    *(("y", "y"), ("x", 1), ("q",), ({},), ({"live": True},), ("no",), {}, {"live": 1}),
)


@pytest.mark.slow
def test_whatever_a_value_is_it_reads_the_same() -> None:
    pairs = itertools.product(LEAVES, (False, True), (False, True))
    guardrails = [
        guardrail(f"g{n}", [_present(leaf) if present else leaf], [leaf] * applies)
        for n, (leaf, applies, present) in enumerate(pairs)
    ]
    rules = firm(WORDS, guardrails)
    case = case_of(rules, request(), AT)
    engine = Engine(write_rego(case.rules, "A firm", AT.date()))
    for odd in ODD:
        facts = {**case.facts, **dict.fromkeys((w.id for w in WORDS), odd)}
        here = {rule.guardrail.id: _state(rule, facts) for rule in case.rules.all}
        assert engine.states(write_input(facts)) == here, odd


def _present(leaf: dict[str, Any]) -> dict[str, Any]:
    return {"path": leaf.get("path") or "ways", "present": True}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "name", "right", "wrong"),
    [
        (prelude, "PRELUDE", "else := 1\n\nsome_one", "else := 2\n\nsome_one"),
        (prelude, "PRELUDE", "among(read, wanted) := 1", "among(read, wanted) := 0"),
        (prelude, "PRELUDE", "else := {}", "else := null"),
        (prelude, "PRELUDE", "year % 4 == 0", "year % 4 == 1"),
    ],
)
def test_a_bug_in_the_module_is_found(
    module: Any, name: str, right: str, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = getattr(module, name)
    assert right in text
    monkeypatch.setattr(writing, name, text.replace(right, wrong))
    with pytest.raises(AssertionError):
        test_whatever_a_value_is_it_reads_the_same()


def test_what_the_engine_does_not_find_to_hold_is_denied() -> None:
    rules = firm(WORDS, [guardrail("g", [{"path": "live", "is": True}])])
    case = case_of(rules, request(), AT)
    module = write_rego(case.rules, "A firm", AT.date())
    broken = module.replace('verdicts["g"] := ', 'verdicts["other"] := ')
    for text, facts, allowed in (
        (module, '{"live": true}', True),
        (module, '{"live": false}', False),
        (module, "{}", False),
        (module, "[]", False),
        (broken, '{"live": true}', False),
    ):
        told = [*ask_policy(text, "weft/guardrails/allow", [facts], Limits(20))]
        assert [each.value for each in told] == [allowed], facts


# Policies of others


def test_a_policy_is_asked_about_each_document() -> None:
    policy = f"{HEAD}ok := input.n > 1\n"
    told = [*ask_policy(policy, "firm/ok", ['{"n": 2}', '{"n": 1}', "{}"], Limits(20))]
    assert [each.value for each in told] == [True, False, None]
    assert told[2].why == "it says nothing of this"


def test_it_sees_nothing_of_where_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "swordfish")
    (told,) = ask_policy(f"{HEAD}env := opa.runtime()", "firm/env", ["{}"], Limits(20))
    assert "swordfish" not in json.dumps(told.value)
    (told,) = ask_policy(
        f'{HEAD}x := http.send({{"method": "get", "url": "http://localhost"}})',
        "firm/x",
        ["{}"],
        Limits(20),
    )
    assert told.value is None


@pytest.mark.slow
def test_one_that_takes_too_long_is_not_known_and_holds_up_no_other() -> None:
    policy = f"{HEAD}ok := {SLOW} > 0 if input.slow\nelse := true"
    asked = ['{"slow": false}', '{"slow": true}', '{"slow": false}']
    told = [*ask_policy(policy, "firm/ok", asked, Limits(2, 4000))]
    assert [each.value for each in told] == [True, None, True]
    assert told[1].why == "no answer within 2 s and 4000 MiB"


@pytest.mark.slow
def test_one_that_takes_too_much_memory_is_not_known() -> None:
    policy = f"{HEAD}ok := count(numbers.range(1, input.n)) > 0"
    asked = ['{"n": 9}', '{"n": 100000000}', '{"n": 9}']
    told = [*ask_policy(policy, "firm/ok", asked, Limits(60, 400))]
    assert [each.value for each in told] == [True, None, True]


@pytest.mark.slow
def test_after_three_in_a_row_without_an_answer_no_more_are_asked() -> None:
    told = [
        *ask_policy(f"{HEAD}ok := {SLOW}", "firm/ok", ["{}"] * 9, Limits(0.2, 4000))
    ]
    assert [each.value for each in told] == [None] * 9
    assert [each.why[:9] for each in told] == ["no answer"] * 3 + ["not asked"] * 6


def test_one_that_cannot_be_read_is_refused_with_its_line() -> None:
    with pytest.raises(Malformed) as wrong:
        list(ask_policy(f"{HEAD}ok := := 1", "firm/ok", ["{}"], Limits()))
    assert str(wrong.value.where) == "policy:3"
    assert "Invalid assignment operator" in wrong.value.what


@pytest.mark.slow
@given(st.text(max_size=200) | st.sampled_from(["{}", "\x00", "package p", "[" * 999]))
@settings(max_examples=5, deadline=None)
def test_whatever_it_is_nothing_but_our_errors_comes_out(policy: str) -> None:
    try:
        told = [*ask_policy(policy, "firm/ok", ["{}"], Limits(20))]
    except InputError:
        return
    assert told[0].value is None
