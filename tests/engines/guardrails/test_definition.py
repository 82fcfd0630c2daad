"""Every row of the tables that define the form, its truth and its effect."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop, request

from weft.core.guardrails import Cover, Guardrail, Waiver
from weft.core.requests import Decision
from weft.engines.guardrails import decide

WHEN = prop("applies", "bool", role="fact")
MUST = prop("met", "bool")
STATED = {"T": True, "F": False}


def answered(
    rule: Guardrail, properties: dict[str, Any], *more: Any, at: datetime = AT
) -> Decision:
    """Answer a request by one guardrail over two plain properties."""
    world = firm([WHEN, MUST], [rule], *more)
    return decide(world, request(properties), asked_by="eve", at=at)


def told(when: str, must: str) -> dict[str, Any]:
    """State what makes `when` and `must` have these truths; U is left out."""
    named = {"applies": when, "met": must}
    return {name: STATED[truth] for name, truth in named.items() if truth != "U"}


def rule(**more: Any) -> Guardrail:
    """Make a guardrail: where it applies, it has to be met."""
    applies = {"path": "applies", "is": True}
    return guardrail("g", [{"path": "met", "is": True}], [applies], **more)


@pytest.mark.parametrize(
    ("when", "must", "state"),
    [
        *(("F", must, "holds") for must in "TUF"),
        *(("T", "T", "holds"), ("U", "T", "holds")),
        ("T", "F", "broken"),
        *(("T", "U", "unproven"), ("U", "F", "unproven"), ("U", "U", "unproven")),
    ],
)
def test_the_state_follows_from_the_two_truths(
    when: str, must: str, state: str
) -> None:
    decision = answered(rule(), told(when, must))
    if state == "holds":
        assert decision.verdict == "allowed"
        assert decision.findings == ()
    else:
        assert decision.verdict == "refused"
        assert decision.findings[0].state == state


@pytest.mark.parametrize(
    ("when", "must", "reasons"),
    [
        ("T", "F", [("met", "false", "must", "false")]),
        ("T", "U", [("met", "missing", "must", "unknown")]),
        (
            "U",
            "F",
            [
                ("met", "false", "must", "false"),
                ("applies", "missing", "applies", "unknown"),
            ],
        ),
        (
            "U",
            "U",
            [
                ("met", "missing", "must", "unknown"),
                ("applies", "missing", "applies", "unknown"),
            ],
        ),
    ],
)
def test_people_read_what_offends_and_what_is_missing(
    when: str, must: str, reasons: list[tuple[str, ...]]
) -> None:
    found = answered(rule(), told(when, must)).findings[0].reasons
    assert [(r.path, r.actual, r.part, r.truth) for r in found] == reasons
    assert {(r.operator, r.expected) for r in found} == {("is", "true")}


def waiver(**more: Any) -> Waiver:
    """Make a live waiver of all that offends against g, unless more is said."""
    plain: dict[str, Any] = {
        "id": "w",
        "guardrail": "g",
        "version": 1,
        "mission": "payments",
        "reason": "for now",
        "asked_by": "eve",
        "granted_by": "ada",
        "asked_at": AT - timedelta(days=2),
        "granted_at": AT - timedelta(days=1),
        "starts": AT - timedelta(days=1),
        "until": AT + timedelta(days=20),
    }
    return Waiver(**{**plain, **more})


OFFENDING = {"T": "true", "F": "false", "U": "missing"}
DEAD: dict[str, dict[str, Any]] = {
    "asked": {"granted_by": None, "granted_at": None},
    "refused": {"granted_by": None, "granted_at": None, "refused_by": "ada"},
    "expired": {"until": AT},
    "revoked": {"revoked_by": "ada", "revoked_at": AT},
    "outdated": {"version": 2},
}


@pytest.mark.parametrize("level", ["advise", "must", "veto"])
@pytest.mark.parametrize("truths", ["FT", "TT", "UT", "FU"])
def test_what_holds_needs_no_waiver(level: str, truths: str) -> None:
    for more in ((), (waiver(),)):
        decision = answered(rule(level=level), told(*truths), *more)
        assert decision.verdict == "allowed"


@pytest.mark.parametrize("truths", ["TF", "TU", "UF", "UU"])
def test_advice_is_a_remark_and_never_blocks(truths: str) -> None:
    decision = answered(rule(level="advise"), told(*truths))
    assert decision.verdict == "allowed"
    assert [f.blocks for f in decision.findings] == [False]


@pytest.mark.parametrize("truths", ["TF", "TU", "UF", "UU"])
@pytest.mark.parametrize("state", [None, *DEAD])
def test_without_a_live_waiver_a_must_is_a_no_and_the_dead_one_is_named(
    truths: str, state: str | None
) -> None:
    dead = () if state is None else (waiver(**DEAD[state]),)
    decision = answered(rule(), told(*truths), *dead)
    assert decision.verdict == "refused"
    named = [(d.waiver, d.why.split(":")[0]) for d in decision.findings[0].dead_waivers]
    assert named == ([] if state is None else [("w", state)])


@pytest.mark.parametrize("truths", ["TF", "TU", "UF", "UU"])
def test_a_live_waiver_holds_what_it_covers_and_it_is_still_shown(truths: str) -> None:
    covers = (Cover(path="met", value=OFFENDING[truths[1]]),)
    for live in (waiver(), waiver(covers=covers), waiver(covers=(Cover(path="met"),))):
        decision = answered(rule(), told(*truths), live)
        assert decision.verdict == "allowed"
        found = decision.findings[0]
        assert (found.blocks, found.waiver) == (False, "w")
        assert found.waived_until == live.until
        assert found.state in {"broken", "unproven"}


@pytest.mark.parametrize("truths", ["TF", "TU", "UF", "UU"])
def test_a_waiver_for_another_value_or_path_does_not_count(truths: str) -> None:
    other = "missing" if truths[1] == "F" else "false"
    for cover in (Cover(path="met", value=other), Cover(path="applies")):
        decision = answered(rule(), told(*truths), waiver(covers=(cover,)))
        assert decision.verdict == "refused"
        why = decision.findings[0].dead_waivers[0].why
        assert why == "live, but for other paths or values"


def test_what_is_covered_in_part_is_blocked_by_the_rest_alone() -> None:
    both = guardrail(
        "g", [{"path": "met", "is": True}, {"path": "applies", "is": True}]
    )
    part = waiver(covers=(Cover(path="met"),))
    rest = waiver(id="v", covers=(Cover(path="applies", value="missing"),))
    decision = answered(both, {"met": False}, part)
    assert decision.verdict == "refused"
    covered = [(r.path, r.waiver) for r in decision.findings[0].reasons]
    assert covered == [("met", "w"), ("applies", None)]
    assert answered(both, {"met": False}, part, rest).verdict == "allowed"


@pytest.mark.parametrize("truths", ["TF", "TU", "UF", "UU"])
def test_a_veto_is_lifted_by_its_owner_alone(truths: str) -> None:
    terms = {"max_days": 300, "approver": "stewards"}
    veto = rule(level="veto", owner="security", waiver=terms)
    ordinary, lifted = waiver(), waiver(granted_by="cy")
    assert answered(veto, told(*truths), ordinary).verdict == "refused"
    dead = answered(veto, told(*truths), ordinary).findings[0].dead_waivers[0]
    assert dead.why == "invalid: It was granted by ada, who does not hold security."
    assert answered(veto, told(*truths), lifted).verdict == "allowed"
    too_long = waiver(granted_by="cy", until=AT + timedelta(days=30))
    assert answered(veto, told(*truths), too_long).verdict == "refused"


@pytest.mark.parametrize(
    ("level", "verdict"), [("advise", "allowed"), ("must", "refused")]
)
def test_a_fault_is_a_no_that_no_waiver_covers(level: str, verdict: str) -> None:
    unfit = guardrail("g", [{"path": "gone", "is": True}], level=level)
    decision = answered(unfit, {}, waiver())
    assert decision.verdict == verdict
    found = decision.findings[0]
    assert (found.state, found.blocks) == ("error", verdict == "refused")
    assert "gone" in found.error


def test_no_guardrail_at_all_is_not_a_yes() -> None:
    for rules in ([], [rule(phase="draft")], [rule(phase="retired")]):
        decision = decide(firm([WHEN, MUST], rules), request(), asked_by="eve", at=AT)
        assert decision.verdict == "refused"
        assert decision.findings[0].guardrail == "request"


@pytest.mark.parametrize(
    ("phase", "verdict", "shown"),
    [
        *(("draft", "allowed", 0), ("retired", "allowed", 0)),
        *(("trial", "allowed", 1), ("enforced", "refused", 1)),
    ],
)
def test_only_what_is_enforced_blocks(phase: str, verdict: str, shown: int) -> None:
    other = guardrail("h", [{"path": "applies", "is": True}])
    world = firm([WHEN, MUST], [rule(phase=phase), other])
    decision = decide(world, request({"applies": True}), asked_by="eve", at=AT)
    assert decision.verdict == verdict
    assert len(decision.findings) == shown
    assert [f.trial for f in decision.findings] == [phase == "trial"] * shown


@pytest.mark.parametrize(
    ("starts", "ends", "verdict"),
    [
        *((None, None, "refused"), ("2026-11-21", None, "refused")),
        *(("2026-11-22", None, "allowed"), (None, "2026-11-22", "refused")),
        *((None, "2026-11-21", "allowed"), ("2026-11-21", "2026-11-22", "refused")),
    ],
)
def test_a_guardrail_holds_from_its_first_day_until_it_ceases(
    starts: str | None, ends: str | None, verdict: str
) -> None:
    dated = {
        name: datetime.fromisoformat(day).date()
        for name, day in (("starts", starts), ("ends", ends))
        if day
    }
    other = guardrail("h", [{"path": "applies", "is": True}])
    world = firm([WHEN, MUST], [rule(**dated), other])
    decision = decide(world, request({"applies": True}), asked_by="eve", at=AT)
    assert decision.verdict == verdict
