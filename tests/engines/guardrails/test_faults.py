"""Faults put into the engine: each of them is a no, on record, and spares no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop, request
from tests.engines.guardrails.test_traps import CASES, INSIDE, ONE, WORDS, constant

from weft.core.assets import Asset
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.records import decode, show
from weft.core.requests import Decision, Request
from weft.engines.guardrails import answer, audit, decide
from weft.engines.guardrails.facts import facts_of
from weft.engines.guardrails.rules import rule as rule_module
from weft.engines.guardrails.rules.code import Code, about
from weft.engines.guardrails.rules.framework import rules_on
from weft.engines.guardrails.rules.tree import Leaf

FREE = guardrail("free", [{"path": "inside", "is": True}])


class Poison:
    """A value that nothing can be done with."""

    def __getattribute__(self, name: str) -> Any:
        """Fail."""
        raise RuntimeError(name)

    def _fail(self, *_: object) -> Any:
        raise RuntimeError("poison")

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _fail
    __hash__ = __contains__ = __call__ = __iter__ = __getitem__ = _fail
    __bool__ = __len__ = __and__ = __or__ = _fail


def poisoned(code: Code) -> Code:
    """Poison everything that generated code is bound to."""
    for name in code.values:
        if name[1:].isdecimal():
            code.values[name] = Poison()
    return code


def forms() -> Iterator[tuple[str, dict[str, Any], str]]:
    """Give a clause of every kind there is, and the type of its word."""
    for kind, operator in CASES:
        yield f"{kind} {operator}", leaf(kind, operator), kind
    for kind, operator in CASES:
        either = {"any": [leaf(kind, operator), leaf(kind, operator)]}
        yield f"any of {kind} {operator}", either, kind
    for quantifier in ("every", "none", "some"):
        for kind, operator in CASES:
            inner = {"where": [leaf(kind, operator)], "must": [leaf(kind, operator)]}
            yield f"{quantifier} {kind} {operator}", {quantifier: "l", **inner}, kind


def leaf(kind: str, operator: str) -> dict[str, Any]:
    """Make a leaf about the word."""
    return {"path": "word", operator: constant(kind, operator)}


FORMS = [*forms()]


@pytest.mark.parametrize(
    "place", [pytest.param("when", marks=pytest.mark.slow), "must"]
)
@pytest.mark.parametrize(
    ("clause", "kind"), [(c, k) for _, c, k in FORMS], ids=[name for name, *_ in FORMS]
)
def test_a_fault_in_a_rule_of_any_kind_denies_on_record(
    clause: dict[str, Any],
    kind: str,
    place: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    always = [{"path": "inside", "is": True}]
    rule = guardrail("g", *([always, [clause]] if place == "when" else [[clause]]))
    holder = prop("l", "list", fields=["word"])
    world = firm([WORDS[kind], INSIDE, holder], [rule, FREE])
    told = ("b",) if kind == "set" else ONE[kind]
    stated: Any = {"inside": True, "word": told, "l": ({"word": told},)}
    asked = Request(mission="payments", act="deploy", properties=stated)
    for code in rules_on(world, AT.date()).codes:
        poisoned(code)
    monkeypatch.setattr(rule_module, "about", _poisoned_but_for_the_free_one)
    decision = decide(world, asked, asked_by="eve", at=AT)
    assert decision.verdict == "refused"
    (found,) = decision.findings
    assert (found.guardrail, found.state, found.blocks) == ("g", "error", True)
    assert found.error
    assert decision.offers == ()
    assert decode(Decision, show(decision).encode()) == decision


def _poisoned_but_for_the_free_one(words: Any, tree: Any, question: Any) -> Code:
    """Generate code that is poisoned, unless it is for the guardrail `free`."""
    code = about(words, tree, question)
    same = [each.expected for each in tree.must if isinstance(each, Leaf)] == ["true"]
    free = same and tree.must[0].prop == INSIDE and not tree.when
    return code if free else poisoned(code)


@pytest.fixture
def world() -> Firm:
    """Give a firm of one guardrail."""
    return firm([INSIDE, WORDS["enum"]], [FREE])


def refused(decision: Decision) -> str:
    """Check that a decision refuses and can be kept; give the fault it names."""
    assert decision.verdict == "refused"
    assert decode(Decision, show(decision).encode()) == decision
    (found,) = decision.findings
    assert (found.state, found.blocks) == ("error", True)
    return found.error


def test_code_that_fails_all_at_once_is_judged_rule_by_rule(world: Firm) -> None:
    rules = rules_on(world, AT.date())
    for code in rules.codes:
        poisoned(code)
    assert rules.judge(facts_of(world, request(), rules)).faults == {}
    assert decide(world, request({"inside": True}), asked_by="e", at=AT).verdict == (
        "allowed"
    )


def test_an_explanation_that_fails_denies(
    world: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(rule_module.Rule, "why", broken)
    decision = decide(world, request({"inside": False}), asked_by="eve", at=AT)
    assert refused(decision) == "ZeroDivisionError while explaining."


def test_a_rule_that_fails_without_a_reason_denies(
    world: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rule_module.Rule, "why", lambda *_: [])
    decision = decide(world, request({"inside": False}), asked_by="eve", at=AT)
    assert refused(decision) == "It does not hold, and nothing offends."


@pytest.mark.parametrize("name", ["facts_of", "rules_on", "judge", "turning", "offers"])
def test_a_fault_anywhere_denies(
    name: str, world: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Any:
        raise KeyError(name)

    monkeypatch.setattr(answer, name, broken)
    decision = decide(world, request({"inside": False}), asked_by="eve", at=AT)
    assert refused(decision).startswith("KeyError")


def test_facts_that_cannot_be_read_deny(world: Firm) -> None:
    class Trap(Mapping[str, Any]):
        def __getitem__(self, name: str) -> Any:
            raise OSError(name)

        def __iter__(self) -> Iterator[str]:
            yield "inside"

        def __len__(self) -> int:
            return 1

    asked = Request(mission="payments", act="deploy", properties=Trap())
    decision = decide(world, asked, asked_by="eve", at=AT)
    assert decision.verdict == "refused"
    assert decision.findings[0].state == "error"


def test_a_set_that_is_gone_denies_and_spares_no_other() -> None:
    gone = guardrail("g", [{"path": "word", "in": "@gone"}])
    vast = guardrail(
        "h", [{"path": "inside", "is": True}], [{"path": "nobody", "is": 1}]
    )
    rules = firm([INSIDE, WORDS["enum"]], [FREE, gone, vast])
    stated = request({"inside": False, "word": "b"})
    decision = decide(rules, stated, asked_by="eve", at=AT)
    states = {f.guardrail: (f.state, f.error) for f in decision.findings}
    assert states == {
        "free": ("broken", ""),
        "g": ("error", "There is no set called 'gone'."),
        "h": ("error", "There is no property called 'nobody'."),
    }
    assert "which could not be judged" in decision.no_way


def test_more_than_can_be_judged_in_bounds_is_refused_not_cut_short() -> None:
    clause = {"every": "l", "must": [{"path": "word", "is_not": "c"}] * 20}
    rules = [guardrail(f"g{n}", [clause] * 20) for n in range(6)]
    holder = prop("l", "list", fields=["word"])
    world = firm([WORDS["enum"], holder], rules)
    for length, verdict in ((400, "allowed"), (450, "refused")):
        asked = request({"l": [{"word": "a"}] * length})
        decision = decide(world, asked, asked_by="eve", at=AT)
        assert decision.verdict == verdict
    assert "1080000 checks" in refused(decision)


def test_a_fault_is_told_of_what_stands_too(world: Firm) -> None:
    gone = guardrail("g", [{"path": "word", "in": "@gone"}])
    asset = Asset(id="a", title="A", mission="payments", properties={"inside": True})
    rules = change(world, [put(gone), put(asset)])
    told = audit(rules, AT)
    assert told.breaks
    assert [(u.guardrail, u.state) for u in told.unmet] == [("g", "error")]
