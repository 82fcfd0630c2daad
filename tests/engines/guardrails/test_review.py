"""Assets judged as they stand."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop
from tests.engines.guardrails.worlds import properties, world

from weft.core.assets import Asset
from weft.core.entries import put
from weft.core.firm import change
from weft.core.vocabulary import Act
from weft.engines.guardrails import RUN, judge_asset, problems, review

SAFE = prop("safe", "bool")


def asset(name: str, mission: str | None = "payments", **stated: bool) -> Asset:
    """Make an asset."""
    return Asset(id=name, title=name, mission=mission, properties=stated)


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


def test_all_that_break_are_found_in_order_and_no_other() -> None:
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
    ]
    found = review(firm([SAFE], rules, *assets), AT)
    told = {j.asset: ([f.guardrail for f in j.findings], j.breaks) for j in found}
    assert [*told.items()] == [
        ("a", (["g", "i"], True)),
        ("b", (["i", "h"], False)),
        ("c", (["g"], True)),
        ("d", (["i", "h"], False)),
    ]


@pytest.mark.slow
@given(st.randoms(use_true_random=False))
def test_the_review_is_every_asset_judged_by_itself(rng: Random) -> None:
    rules, _ = world(rng)
    stated = [properties(rng) for _ in range(rng.randint(0, 4))]
    assets = [
        Asset(id=f"a{number}", title="A", mission="payments", properties=each)
        for number, each in enumerate(stated)
    ]
    rules = change(rules, [put(each) for each in assets])
    one_by_one = {each.id: judge_asset(rules, each, AT) for each in assets}
    told = {judged.asset: judged.findings for judged in review(rules, AT)}
    assert told == {name: found for name, found in one_by_one.items() if found}
