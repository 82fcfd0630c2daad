"""What in the framework does not fit is found before it denies anything."""

from __future__ import annotations

from typing import Any

import pytest
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop, request
from tests.engines.guardrails.test_asking import WORDS

from weft.core.firm import Firm
from weft.core.vocabulary import NamedSet
from weft.engines.guardrails import decide, problems

SETS = [
    NamedSet(id="good", values=("public",)),
    NamedSet(id="mixed", values=("public", "secret")),
]


def a_firm(*clauses: dict[str, Any], **more: Any) -> Firm:
    """Make a firm of one guardrail."""
    return firm(WORDS, [guardrail("g", clauses, **more)], *SETS)


@pytest.mark.parametrize(
    ("clause", "path", "says"),
    [
        ({"path": "data.clas", "is": "public"}, "path", "Did you mean data.class"),
        ({"path": "tls", "below": "1.3"}, "below", "Use one of: is, is_not, in"),
        ({"path": "live", "at_least": True}, "at_least", "Use one of: is, is_not,"),
        ({"path": "name", "has": "x"}, "has", "starts_with"),
        ({"path": "copies", "is": "x"}, "is", "Use one of: present."),
        ({"path": "data.class", "is": "publik"}, "is", "Did you mean public?"),
        ({"path": "data.class", "in": ["public", "x"]}, "in", "Use one of"),
        ({"path": "data.class", "in": "public"}, "in", "[one, two]"),
        ({"path": "data.class", "in": "@god"}, "in", "Did you mean good?"),
        ({"path": "data.class", "in": "@mixed"}, "in", "Use one of"),
        ({"path": "data.class", "is": "@good"}, "is", "`in`"),
        ({"path": "data.class", "is": ["public"]}, "is", "one value"),
        ({"path": "tls", "at_least": 1}, "at_least", "in quotes"),
        ({"path": "tls", "at_least": "1.1"}, "at_least", "1.2"),
        ({"path": "days", "at_most": 91}, "at_most", "from 1 to 90"),
        ({"path": "days", "at_most": "five"}, "at_most", "a whole number"),
        ({"path": "days", "at_most": {"param": "most"}}, "at_most", "add it first"),
        ({"path": "days", "between": [5, 1]}, "between", "[1, 10]"),
        ({"path": "days", "between": [1]}, "between", "[1, 10]"),
        ({"path": "days", "between": 4}, "between", "[1, 10]"),
        ({"path": "spend", "below": "5 USD"}, "below", "money in EUR"),
        ({"path": "due", "below": "2026-02-30"}, "below", "a date"),
        ({"path": "tags", "has": "z"}, "has", "x, y"),
        ({"path": "tags", "within": ["z"]}, "within", "x, y"),
        ({"path": "act", "is": "deplyo"}, "is", "Did you mean deploy?"),
        ({"path": "mission.type", "is": "plattform"}, "is", "platform"),
        ({"any": [{"path": "live", "is": 1}]}, "any[0].is", "true or false"),
        ({"every": "live", "must": [{"path": "tls", "is": "1.2"}]}, "every", "a list"),
        ({"none": "copie", "must": [{"path": "tls", "is": "1.2"}]}, "none", "copies"),
        (
            {"some": "copies", "must": [{"path": "days", "is": 1}]},
            "must[0].path",
            "Use one of: live, tls.",
        ),
        (
            {
                "some": "copies",
                "where": [{"path": "tls", "is": 1}],
                "must": [{"path": "live", "is": True}],
            },
            "where[0].is",
            "in quotes",
        ),
        (
            {"any": [{"path": "live", "is": True}] * 9},
            "any",
            "Split the guardrail",
        ),
    ],
)
def test_a_guardrail_that_does_not_fit_is_found_with_its_place_and_denies(
    clause: dict[str, Any], path: str, says: str
) -> None:
    world = a_firm({"path": "live", "is": True}, clause)
    (problem,) = problems(world)
    assert problem.where.file == "guardrails/g"
    assert problem.where.path == f"$.must[1].{path}"
    assert says in f"{problem.what} {problem.do}"
    decision = decide(world, request({"live": True}), asked_by="eve", at=AT)
    assert decision.verdict == "refused"
    assert decision.findings[0].state == "error"


def test_all_problems_are_told_in_one_pass() -> None:
    wrong = {"path": "gone", "is": 1}
    world = a_firm(wrong, {"any": [wrong, wrong]}, when=[wrong])
    assert [p.where.path for p in problems(world)] == [
        *("$.when[0].path", "$.must[0].path"),
        *("$.must[1].any[0].path", "$.must[1].any[1].path"),
    ]


def test_what_is_retired_may_speak_of_what_is_gone() -> None:
    wrong = {"path": "gone", "is": 1}
    assert problems(a_firm(wrong, phase="retired")) == ()
    assert len(problems(a_firm(wrong, phase="draft"))) == 1


def test_constants_may_name_the_firm_s_own_missions() -> None:
    world = a_firm({"path": "mission", "not_in": ["payments", "gone"]})
    (problem,) = problems(world)
    assert "gone" in problem.what
    decision = decide(world, request(mission="cards"), asked_by="eve", at=AT)
    assert decision.verdict == "allowed"  # it still says what it means


@pytest.mark.parametrize(
    ("word", "path"),
    [
        (prop("mandate", "bool"), "$.id"),
        (prop("money", "money"), "$.unit"),
        (prop("money", "money", unit="euro"), "$.unit"),
        (prop("spend", "int"), "$.type"),
        (prop("n", "int", lowest=5, highest=1), "$.lowest"),
        (prop("l", "list", fields=["live", "gone"]), "$.fields[1]"),
        (prop("l", "list", fields=["copies"]), "$.fields[0]"),
    ],
)
def test_a_word_that_does_not_fit_is_found(word: Any, path: str) -> None:
    words = [w for w in WORDS if w.id != word.id]
    world = firm([*words, word], [])
    (problem,) = problems(world)
    assert (problem.where.file, problem.where.path) == (f"vocabulary/{word.id}", path)


def test_a_name_with_a_meaning_of_its_own_is_not_for_a_guardrail() -> None:
    world = firm(WORDS, [guardrail("mandate", [{"path": "live", "is": True}])])
    (problem,) = problems(world)
    assert problem.where.path == "$.id"


def test_there_is_a_most_that_can_be_in_force() -> None:
    many = [guardrail(f"g{n}", [{"path": "live", "is": True}]) for n in range(1001)]
    world = firm(WORDS, many)
    assert "1001 guardrails" in problems(world)[0].what
    decision = decide(world, request({"live": True}), asked_by="eve", at=AT)
    assert "More than 1000" in decision.findings[0].error
