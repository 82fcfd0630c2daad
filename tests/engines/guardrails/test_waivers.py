"""One function decides whether a waiver counts, and every way of not counting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import force_setattr, replace
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop, request

from weft.core.assets import Asset
from weft.core.entries import Change, put
from weft.core.firm import Firm, change
from weft.core.guardrails import Cover, Waiver
from weft.core.roles import Role
from weft.engines.guardrails import (
    check_waiver,
    decide,
    problems,
    waiver_state,
    waiver_use,
)

DAY = timedelta(days=1)
SAFE = prop("safe", "bool")
RULES = [
    guardrail("g", [{"path": "safe", "is": True}]),
    guardrail("v", [{"path": "safe", "is": True}], level="veto", owner="security"),
    guardrail("a", [{"path": "safe", "is": True}], level="advise"),
    guardrail("old", [{"path": "safe", "is": True}], phase="retired"),
    guardrail(
        "short",
        [{"path": "safe", "is": True}],
        waiver={"max_days": 5, "approver": "security"},
    ),
]
ASSET = Asset(id="ledger", title="Ledger", mission="payments")
FIRM = firm([SAFE], RULES, ASSET)


def waiver(**more: Any) -> Waiver:
    """Make a live waiver from g."""
    plain: dict[str, Any] = {
        "id": "w",
        "guardrail": "g",
        "version": 1,
        "mission": "payments",
        "reason": "for now",
        "asked_by": "eve",
        "asked_at": AT - 3 * DAY,
        "granted_by": "ada",
        "granted_at": AT - 2 * DAY,
        "starts": AT - 2 * DAY,
        "until": AT + 20 * DAY,
    }
    return Waiver(**{**plain, **more})


UNDECIDED = {"granted_by": None, "granted_at": None}
STATES: dict[str, tuple[dict[str, Any], str, str]] = {
    "live": ({}, "live", "2026-12-11 09:00 UTC"),
    "on an asset": ({"asset": "ledger"}, "live", ""),
    "asked": (UNDECIDED, "asked", "Nobody"),
    "granted later": ({"granted_at": AT + DAY}, "asked", "Nobody"),
    "never granted": ({**UNDECIDED, "until": AT}, "expired", "Nobody granted it"),
    "refused": ({**UNDECIDED, "refused_by": "ada"}, "refused", "refused"),
    "refused, why": (
        {**UNDECIDED, "refused_at": AT, "ended_because": "No need."},
        "refused",
        "No need.",
    ),
    "scheduled": ({"starts": AT + DAY}, "scheduled", "2026-11-22 09:00 UTC"),
    "begins now": ({"starts": AT}, "live", ""),
    "ends now": ({"until": AT}, "expired", "2026-11-21 09:00 UTC"),
    "ends in a moment": ({"until": AT + timedelta(microseconds=1)}, "live", ""),
    "revoked": ({"revoked_by": "ada", "revoked_at": AT}, "revoked", "revoked"),
    "revoked at some time": ({"revoked_by": "ada"}, "revoked", "revoked"),
    "revoked later": ({"revoked_by": "ada", "revoked_at": AT + DAY}, "live", ""),
    "another version": ({"version": 2}, "outdated", "version 2; now there is 1"),
    "no guardrail": ({"guardrail": "gone"}, "orphaned", "gone"),
    "retired guardrail": ({"guardrail": "old"}, "orphaned", "old"),
    "no mission": ({"mission": "gone"}, "orphaned", "gone"),
    "no asset": ({"asset": "gone"}, "orphaned", "gone"),
    "of advice": ({"guardrail": "a"}, "invalid", "only advises"),
    "too long": ({"until": AT + 89 * DAY}, "invalid", "90 days"),
    "as long as may be": ({"until": AT + 88 * DAY}, "live", ""),
    "longer than its terms": (
        {"guardrail": "short", "granted_by": "cy", "until": AT + 4 * DAY},
        "invalid",
        "5 days",
    ),
    "by its terms": (
        {"guardrail": "short", "granted_by": "cy", "until": AT + 3 * DAY},
        "live",
        "",
    ),
    "by the owner against its terms": (
        {"guardrail": "short", "until": AT + 3 * DAY},
        "invalid",
        "does not hold security",
    ),
    "by a stranger": ({"granted_by": "zoe"}, "invalid", "zoe, who does not hold"),
    "a veto by another role": ({"guardrail": "v"}, "invalid", "hold security"),
    "a veto by its owner": ({"guardrail": "v", "granted_by": "cy"}, "live", ""),
    "a veto for too long": (
        {"guardrail": "v", "granted_by": "cy", "until": AT + 29 * DAY},
        "invalid",
        "30 days",
    ),
}


@pytest.mark.parametrize("case", STATES)
def test_every_state_is_told_with_its_reason(case: str) -> None:
    more, state, why = STATES[case]
    told = waiver_state(FIRM, waiver(**more), AT)
    assert told.state == state
    assert why in told.why


@pytest.mark.parametrize("case", STATES)
def test_only_a_live_waiver_turns_a_no(case: str) -> None:
    found = waiver(**STATES[case][0])
    rule = next((r for r in RULES if r.id == found.guardrail), RULES[0])
    world = firm([SAFE], [replace(rule, phase=rule.phase)], ASSET, found)
    asked = request({"safe": False}, asset="ledger")
    blocked = decide(world, asked, asked_by="eve", at=AT).verdict == "refused"
    advised = rule.level == "advise" or rule.phase == "retired"
    if not advised:
        assert blocked == (STATES[case][1] != "live")


def test_one_who_granted_their_own_never_counts() -> None:
    own = waiver()
    force_setattr(own, "granted_by", "eve")  # as no reader would let it through
    told = waiver_state(FIRM, own, AT)
    assert (told.state, told.why) == ("invalid", "It was granted by who asked for it.")


def test_who_leaves_the_role_takes_their_waivers_along() -> None:
    left = change(FIRM, [put(Role(id="stewards", title="S", holders=("bo",)))])
    assert waiver_state(FIRM, waiver(), AT).state == "live"
    assert waiver_state(left, waiver(), AT).state == "invalid"


def test_a_clock_that_goes_back_revives_nothing() -> None:
    ended = waiver(until=AT)
    early = AT - 5 * DAY
    assert waiver_state(FIRM, waiver(starts=early), early).state == "asked"
    later = replace(FIRM, at=AT)
    assert waiver_state(later, ended, early).state == "expired"
    decision = decide(later, request({"safe": True}), asked_by="eve", at=early)
    assert decision.at == AT


@given(st.integers(-90_000_000, 90_000_000), st.integers(-14, 14))
def test_it_counts_from_its_start_until_just_before_its_end(
    ms: int, hours: int
) -> None:
    found = waiver(starts=AT, until=AT + DAY, granted_at=AT - 20 * DAY)
    at = AT + timedelta(milliseconds=ms)
    elsewhere = at.astimezone(timezone(timedelta(hours=hours)))
    live = waiver_state(FIRM, found, elsewhere).state == "live"
    assert live == (found.starts <= at < found.until)


def test_the_subject_is_a_mission_or_one_of_its_assets() -> None:
    other = Asset(id="other", title="Other", mission="payments")
    for held, asked, verdict in (
        ({}, {}, "allowed"),
        ({}, {"asset": "ledger"}, "allowed"),
        ({"asset": "ledger"}, {"asset": "ledger"}, "allowed"),
        ({"asset": "ledger"}, {"asset": "other"}, "refused"),
        ({"asset": "ledger"}, {}, "refused"),
        ({"mission": "cards"}, {}, "refused"),
    ):
        world = firm([SAFE], RULES[:1], ASSET, other, waiver(**held))
        stated = request({"safe": False}, **asked)
        assert decide(world, stated, asked_by="eve", at=AT).verdict == verdict


def test_what_is_wrong_with_a_waiver_is_told_before_it_is_kept() -> None:
    assert check_waiver(FIRM, waiver()) == ()
    wrong = waiver(guardrail="gg", mission="pay", asset="ledge")
    paths = [(p.where.path, p.do) for p in check_waiver(FIRM, wrong)]
    assert [path for path, _ in paths] == ["$.guardrail", "$.mission", "$.asset"]
    assert "payments" in paths[1][1]
    for more in ({"version": 3}, {"until": AT + 300 * DAY}, {"granted_by": "zoe"}):
        (problem,) = check_waiver(FIRM, waiver(**more))
        assert problem.do


def test_a_waiver_that_can_never_have_counted_is_a_problem_of_the_firm() -> None:
    for more, wrong in (
        ({}, False),
        ({"until": AT + 300 * DAY}, True),
        ({"guardrail": "a"}, True),
        ({"granted_by": "zoe"}, False),  # who left a role since is no problem
        ({"version": 9, "until": AT + 300 * DAY}, False),  # nor an old version
    ):
        world = firm([SAFE], RULES, ASSET, waiver(**more))
        assert bool(problems(world)) is wrong


def used(world: Firm, held: Waiver, *requests: Any) -> str:
    """Tell what use a waiver is."""
    return waiver_use(world, held, AT, requests).use


def test_whether_it_is_needed_is_found_by_leaving_it_out() -> None:
    held = waiver(asset="ledger", covers=(Cover(path="safe", value="false"),))
    for stated, use in (
        ({"safe": False}, "needed"),
        ({"safe": True}, "idle"),
        ({}, "drifted"),
    ):
        asset = replace(ASSET, properties=stated)
        assert used(firm([SAFE], RULES[:1], asset, held), held) == use
    gone = firm([SAFE], RULES[:1], held)
    assert used(gone, held) == "idle"


def test_a_waiver_of_a_mission_is_judged_on_all_its_assets_and_on_requests() -> None:
    held = waiver()
    fine = replace(ASSET, properties={"safe": True})
    bad = Asset(id="bad", title="Bad", mission="payments", properties={"safe": False})
    foreign = replace(bad, mission="cards")
    world = firm([SAFE], RULES[:1], fine, held)
    assert used(world, held) == "idle"
    assert used(change(world, [put(bad)]), held) == "needed"
    assert used(change(world, [put(foreign)]), held) == "idle"
    assert used(world, held, request({"safe": False})) == "needed"
    retired = change(world, [put(bad), Change("guardrails", "g")])
    assert used(retired, held) == "idle"


def test_an_instant_without_a_zone_is_taken_for_utc() -> None:
    naive = datetime(2026, 11, 21, 9)  # noqa: DTZ001 # a clock that says no zone
    assert waiver_state(FIRM, waiver(until=AT), naive).state == "expired"
    assert decide(FIRM, request(), asked_by="e", at=naive).at == naive.replace(
        tzinfo=UTC
    )
