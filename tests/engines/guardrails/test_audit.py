"""All assets judged at once: what it says of each is what judging it alone says."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop
from tests.engines.guardrails.worlds import properties, world

from weft.core.assets import Asset
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.guardrails import Cover, Waiver
from weft.core.requests import Finding, Stand
from weft.core.vocabulary import Act
from weft.engines.guardrails import RUN, Audit, Unmet, audit, judge_asset, problems

SAFE = prop("safe", "bool")


def asset(name: str, mission: str | None = "payments", /, **stated: Any) -> Asset:
    """Make an asset."""
    return Asset(id=name, title=name, mission=mission, properties=stated)


def waiver(name: str, of: str, about: str | None, **more: Any) -> Waiver:
    """Make a live waiver."""
    plain: dict[str, Any] = {
        "id": name,
        "guardrail": of,
        "version": 1,
        "mission": "payments",
        "asset": about,
        "reason": "for now",
        "asked_by": "eve",
        "granted_by": "ada",
        "asked_at": AT - timedelta(days=3),
        "starts": AT - timedelta(days=3),
        "until": AT + timedelta(days=9),
    }
    return Waiver(**plain | more)


def as_unmet(owner: Asset, finding: Finding) -> Unmet:
    """Give a finding about an asset as the audit tells it."""
    held: Stand = "waived" if finding.waiver else "told"
    return Unmet(
        asset=owner.id,
        mission=owner.mission or "",
        guardrail=finding.guardrail,
        stand="breaks" if finding.blocks else held,
        state=finding.state,
        reasons=finding.reasons,
        waiver=finding.waiver,
        waived_until=finding.waived_until,
        dead_waivers=finding.dead_waivers,
        error=finding.error,
    )


def one_by_one(judged: Firm) -> list[Unmet]:
    """Judge each asset by itself."""
    found = []
    for key in sorted(judged.assets):
        findings = judge_asset(judged, judged.assets[key], AT)
        failing = [each for each in findings if each.state != "holds"]
        failing.sort(key=lambda each: each.guardrail)
        found += [as_unmet(judged.assets[key], each) for each in failing]
    return found


def adds_up(told: Audit) -> None:
    """Check that the counts are those of what is told."""
    for count, mine in (
        (told.total, list(told.unmet)),
        *(
            (each.counts, [u for u in told.unmet if u.guardrail == each.guardrail.id])
            for each in told.guardrails
        ),
        *(
            (each.counts, [u for u in told.unmet if u.mission == each.mission])
            for each in told.missions
        ),
    ):
        breaking = [each for each in mine if each.stand == "breaks"]
        assert count.breaks == len(breaking)
        assert count.breaking == len({each.asset for each in breaking})
        assert count.unproven == sum(each.state == "unproven" for each in breaking)
        assert count.waived == sum(each.stand == "waived" for each in mine)
        assert count.told == sum(each.stand == "told" for each in mine)
    assert sum(each.counts.assets for each in told.missions) == told.total.assets


def test_the_act_of_what_stands_is_to_run() -> None:
    rules = [
        guardrail(
            "on-deploy",
            [{"path": "safe", "is": True}],
            [{"path": "act", "is": "deploy"}],
        ),
        guardrail(
            "on-run",
            [{"path": "safe", "is": True}],
            [{"path": "act", "in": ["deploy", RUN]}],
        ),
    ]
    rules_of = firm([SAFE], rules)
    assert problems(rules_of) == ()
    found = judge_asset(rules_of, asset("a", safe=False), AT)
    assert [f.guardrail for f in found] == ["on-run"]
    assert problems(change(rules_of, [put(Act(id=RUN, title="Run"))])) == ()


def test_all_that_is_not_met_is_found_in_order_and_no_other() -> None:
    rules = [
        guardrail("g", [{"path": "safe", "is": True}]),
        guardrail("h", [{"path": "mission", "is": "payments"}], level="advise"),
        guardrail("i", [{"path": "safe", "is_not": True}], phase="trial"),
    ]
    assets = [
        asset("c", safe=False),
        asset("a"),
        asset("d", "cards", safe=True),
        asset("b", None, safe=True),
        asset("e", safe=False),
    ]
    told = audit(firm([SAFE], rules, *assets, waiver("w", "g", "e")), AT)
    found = [(u.asset, u.guardrail, u.stand, u.state) for u in told.unmet]
    assert found == [
        ("a", "g", "breaks", "unproven"),
        ("a", "i", "told", "unproven"),
        ("b", "h", "told", "unproven"),
        ("b", "i", "told", "broken"),
        ("c", "g", "breaks", "broken"),
        ("d", "h", "told", "broken"),
        ("d", "i", "told", "broken"),
        ("e", "g", "waived", "broken"),
    ]
    assert (told.unmet[-1].waiver, told.breaks) == ("w", True)
    by_mission = {each.mission: each.counts for each in told.missions}
    assert by_mission["payments"].breaking == 2
    assert by_mission[""].assets == by_mission["cards"].assets == 1
    adds_up(told)


def test_values_that_are_equal_and_not_the_same_are_told_apart() -> None:
    rules = [guardrail("g", [{"path": "safe", "is": True}])]
    assets = [asset("a", safe=0), asset("b", safe=False), asset("c", safe="False")]
    told = audit(firm([SAFE], rules, *assets), AT)
    assert [each.state for each in told.unmet] == ["unproven", "broken", "unproven"]
    assert len({each.reasons for each in told.unmet}) == 3


def test_lists_that_are_equal_and_not_the_same_are_told_apart() -> None:
    made_of = {"every": "copies", "must": [{"path": "safe", "is": True}]}
    words = [SAFE, prop("copies", "list", fields=["safe"])]
    lists = [({"safe": True},), ({"safe": 1},), ({"safe": False},), ({},), ()] * 3
    assets = [asset(f"a{n:02}", copies=each) for n, each in enumerate(lists)]
    judged = firm(words, [guardrail("g", [made_of])], *assets)
    told = audit(judged, AT)
    assert list(told.unmet) == one_by_one(judged)
    assert len(told.unmet) == 9


def test_what_changes_of_an_asset_is_seen_and_nothing_else_is_read_anew() -> None:
    words = [SAFE, prop("day", "date")]
    rules = [
        guardrail("g", [{"path": "safe", "is": True}]),
        guardrail("h", [{"path": "day", "at_most": "2026-11-21"}]),
        guardrail("i", [{"path": "mission", "is": "payments"}]),
        guardrail("j", [{"path": "asset.type", "is": "service"}]),
    ]
    some = [asset(name, safe=True, day="2026-11-20") for name in "abc"]
    judged = firm(words, rules, *some)
    told = audit(judged, AT)
    for new in (
        asset("b", safe=False, day="2026-11-20"),
        asset("b", safe=True, day="2026-11-22"),
        asset("b", "cards", safe=True, day="2026-11-20"),
        replace(asset("b", safe=True, day="2026-11-20"), type="saas"),
    ):
        later = change(judged, [put(new)])
        unmet = audit(later, AT).unmet
        assert [each.asset for each in unmet] == ["b"]
        assert list(unmet) == one_by_one(later)
        assert audit(judged, AT) == told
    more = change(judged, [put(asset("aa", safe=False))])
    assert list(audit(more, AT).unmet) == one_by_one(more)


def test_what_cannot_be_compared_is_no_fault_of_others() -> None:
    rules = [guardrail("g", [{"path": "language", "in": ["go"]}])]
    words = [prop("language", "enum", values=["go", "php"])]
    wild = [asset("a", language="go"), asset("b", language=({"x": 1},)), asset("c")]
    judged = firm(words, rules, *wild)
    assert [each.asset for each in audit(judged, AT).unmet] == ["b", "c"]
    assert list(audit(judged, AT).unmet) == one_by_one(judged)


def test_a_guardrail_that_does_not_fit_breaks_everywhere() -> None:
    rules = [guardrail("g", [{"path": "gone", "is": True}])]
    judged = firm([SAFE], rules, asset("a"), asset("b"))
    told = audit(judged, AT)
    assert list(told.unmet) == one_by_one(judged)
    assert told.total.error == told.total.breaking == 2


def test_without_a_guardrail_nothing_is_in_order() -> None:
    told = audit(firm([SAFE], [], asset("a")), AT)
    assert told.breaks
    assert "No guardrail is in force" in told.refusal
    assert told.total.assets == 1


def test_it_is_told_how_far_it_is() -> None:
    rules = [guardrail(name, [{"path": "safe", "is": True}]) for name in "gh"]
    steps: list[tuple[int, int]] = []
    audit(firm([SAFE], rules), AT, lambda *step: steps.append(step))
    assert steps == [(1, 2), (2, 2)]


def some_waivers(rng: Random, judged: Firm) -> list[Waiver]:
    """Make waivers for some of what does not hold: live, dead, or for a part of it."""
    found = []
    for number, each in enumerate(audit(judged, AT).unmet):
        if rng.random() < 0.5:
            covers = [Cover(path=r.path, value=r.actual) for r in each.reasons]
            of = waiver(f"w{number}", each.guardrail, rng.choice([each.asset, None]))
            kept = rng.choice([(), tuple(covers), tuple(covers[:1])])
            ends = AT + timedelta(days=rng.choice([-1, 4, 9]))
            found.append(replace(of, covers=kept, until=ends))
    return found


@pytest.mark.slow
@given(st.randoms(use_true_random=False))
def test_the_audit_is_every_asset_judged_by_itself(rng: Random) -> None:
    rules, _ = world(rng)
    assets = [
        asset(f"a{number}", rng.choice(["payments", "cards", None]), **properties(rng))
        for number in range(rng.randint(0, 6))
    ]
    twins = [replace(each, id=f"{each.id}-twin") for each in assets]
    assets += rng.choices(twins, k=rng.randint(0, 9)) if twins else []
    judged = change(rules, [put(each) for each in assets])
    judged = change(judged, [put(each) for each in some_waivers(rng, judged)])
    told = audit(judged, AT)
    assert list(told.unmet) == one_by_one(judged)
    adds_up(told)
    if assets:  # the layout is amended, and the one before stays as it was
        others = rng.choices(assets, k=2)
        moved = [
            replace(e, properties=properties(rng), mission="cards") for e in others
        ]
        later = change(judged, [put(each) for each in moved])
        assert list(audit(later, AT).unmet) == one_by_one(later)
        assert audit(judged, AT) == told
