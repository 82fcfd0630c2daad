"""The threshold curve against judging every asset at every value of the limit."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.conftest import many
from tests.engines.guardrails.blast.drafts import MISSIONS, asset
from tests.engines.guardrails.conftest import firm, guardrail, prop
from tests.engines.guardrails.worlds import INSIDE, SETS, WORDS, copies, rule, seeded

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.guardrails import Guardrail, Param
from weft.engines.guardrails.curve.limits import Limit, moved
from weft.engines.guardrails.curve.threshold import Curve, curves, limits
from weft.engines.guardrails.facts import standing_facts
from weft.engines.guardrails.rules.compiled import Rules
from weft.engines.guardrails.rules.words import Words

ORDERED = tuple(
    word
    for word in WORDS
    if word.type in {"int", "decimal", "money", "date", "rank", "enum"}
)
DEPTHS = prop("depth", "int", lowest=0, highest=9)


def breaking(world: Firm, rule: Guardrail) -> Counter[str]:
    """Judge every asset by one guardrail; count what breaks it, by mission."""
    words = Words(world.vocabulary, world.acts)
    rules = Rules(words, world.sets, [rule])
    assert not rules.unfit, rules.faults
    found: Counter[str] = Counter()
    for each in world.assets.values():
        if not rules.all[0].holds(standing_facts(world, each, rules)):
            found[each.mission or ""] += 1
    return found


def values(rng: Random, curve: Curve) -> set[int]:
    """Give the values to try: around each step, and at the ends."""
    lowest, highest = curve.limit.bounds
    near = {start + off for start in curve.starts for off in (-1, 0, 1)}
    near |= {curve.limit.typed, *(end for end in (lowest, highest) if end is not None)}
    near |= {curve.limit.typed + rng.randint(-3, 3)}
    low = -(10**9) if lowest is None else lowest
    high = 10**9 if highest is None else highest
    return {value for value in near if low <= value <= high}


def compared(rng: Random, world: Firm, drafted: Guardrail) -> int:
    """Hold the curves of a guardrail against brute force; give how many there are."""
    found = curves(world, drafted)
    for curve in found:
        assert list(curve.starts) == sorted(set(curve.starts))
        for value in values(rng, curve):
            limit = curve.limit
            there = moved(drafted, limit.place, limit.plain(value))
            brute = breaking(world, there)
            assert curve.at(value) == brute.total()
            assert curve.by_mission(value) == brute
        changes = zip(curve.breaks, curve.breaks[1:], strict=False)
        assert all(one != other for one, other in changes)
    return len(found)


def a_world(rng: Random) -> tuple[Firm, Guardrail]:
    """Make a firm with some assets, and a rule much of which has an order."""
    words = (*rng.sample(ORDERED, 2), rng.choice(WORDS))
    words = tuple({word.id: word for word in words}.values())
    drafted = rule(rng, "g0", words)
    assets = [asset(rng, f"a{number}", words) for number in range(12)]
    world = firm((*INSIDE, *words, copies(rng)), [drafted], *SETS, *assets)
    return world, drafted


@settings(deadline=None, max_examples=many(100))
@given(st.integers(0, 2**32))
def test_it_is_what_judging_at_every_value_gives(seed: int) -> None:
    rng = seeded(seed)
    compared(rng, *a_world(rng))


@pytest.mark.slow
def test_it_is_what_judging_at_every_value_gives_many_times() -> None:
    found = 0
    for seed in range(600):
        rng = seeded(seed)
        found += compared(rng, *a_world(rng))
    assert found > 300


# A threshold with a name, and each form in which a limit may stand


COST = prop("cost", "int", lowest=0, highest=50)
AREA = prop("area", "enum", values=["a", "b"])
PLACES = prop("places", "list", fields=["depth"])


def things(rng: Random) -> list[Asset]:
    """Make assets with costs, areas and places, of which some miss."""
    made = []
    for number in range(30):
        depths = [rng.choice([None, *range(10)]) for _ in range(rng.randint(0, 3))]
        places: Any = tuple({} if d is None else {"depth": d} for d in depths)
        found: dict[str, Any] = {
            "cost": rng.choice([None, "many", *range(0, 51, 5)]),
            "area": rng.choice([None, "a", "b"]),
            "places": rng.choice([None, "none", ("here",), *[places] * 9]),
        }
        kept = {k: v for k, v in found.items() if v is not None}
        mission = rng.choice(MISSIONS)
        made.append(
            Asset(id=f"a{number}", title="It", mission=mission, properties=kept)
        )
    return made


MOST = {"param": "most"}
FORMS: list[dict[str, Any]] = [
    {"must": [{"path": "cost", "at_most": 20}]},
    {"must": [{"path": "cost", "below": 20}]},
    {"must": [{"path": "cost", "at_least": 20}]},
    {"must": [{"path": "cost", "above": 20}]},
    {"must": [{"path": "cost", "between": [10, 30]}]},
    {
        "must": [{"path": "area", "is": "a"}],
        "when": [{"path": "cost", "between": [10, 30]}],
    },
    {
        "must": [{"path": "area", "is": "a"}],
        "when": [{"path": "cost", "above": 20}],
    },
    {
        "must": [{"path": "cost", "at_most": 20}],
        "when": [{"path": "cost", "above": 10}, {"path": "area", "is": "a"}],
    },
    {"must": [{"any": [{"path": "cost", "at_most": 20}, {"path": "area", "is": "b"}]}]},
    {"must": [{"path": "cost", "present": True}, {"path": "cost", "below": 20}]},
    {
        "must": [{"path": "cost", "below": 20}],
        "when": [{"path": "places", "present": True}],
    },
    {"must": [{"every": "places", "must": [{"path": "depth", "between": [3, 6]}]}]},
    {
        "must": [{"path": "area", "is": "a"}],
        "when": [{"none": "places", "must": [{"path": "depth", "between": [3, 6]}]}],
    },
    *(
        {
            word: [{quantifier: "places", "where": where, "must": must}],
            **({} if word == "must" else {"must": [{"path": "area", "is": "a"}]}),
        }
        for word in ("when", "must")
        for quantifier in ("every", "none", "some")
        for where, must in (
            ([], [{"path": "depth", "at_most": 5}]),
            ([{"path": "depth", "above": 5}], [{"path": "depth", "below": 8}]),
        )
    ),
    {
        "must": [{"path": "cost", "at_most": MOST}],
        "when": [
            {"any": [{"path": "area", "is": "a"}, {"path": "cost", "above": MOST}]}
        ],
        "params": {"most": 20},
    },
]


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_every_form_of_a_limit_has_its_curve(form: dict[str, Any]) -> None:
    rng = seeded(7)
    drafted = guardrail("g", **form)
    words = [COST, AREA, DEPTHS, PLACES]
    world = firm(words, [drafted], *things(rng))
    assert compared(rng, world, drafted) >= 1


# Examples


def costing(*costs: int | None) -> list[Asset]:
    """Make assets that cost something, or nobody knows what."""
    return [
        Asset(
            id=f"a{number}",
            title="It",
            mission="payments",
            properties={} if cost is None else {"cost": cost},
        )
        for number, cost in enumerate(costs)
    ]


LIMIT = guardrail("g", [{"path": "cost", "at_most": 20}])


def test_each_step_is_told_once_and_what_never_holds_apart() -> None:
    world = firm([COST], [LIMIT], *costing(10, 10, 30, None))
    tighter = moved(LIMIT, "must[0].at_most", 15)
    (curve,) = curves(world, tighter)
    assert curve.starts == (0, 10, 30)
    assert curve.breaks == (4, 2, 1)
    assert (curve.never, curve.present, curve.limit.typed) == (1, 20, 15)
    assert [curve.at(value) for value in (0, 9, 10, 29, 30, 50)] == [4, 4, 2, 2, 1, 1]


def test_a_new_guardrail_has_no_present_value() -> None:
    world = firm([COST], [], *costing(10))
    assert [curve.present for curve in curves(world, LIMIT)] == [None]


def test_a_firm_without_assets_has_a_flat_curve() -> None:
    (curve,) = curves(firm([COST], []), LIMIT)
    assert (curve.starts, curve.breaks) == ((0,), (0,))


def test_a_threshold_used_both_ways_has_no_curve() -> None:
    both = guardrail(
        "g",
        [{"path": "cost", "at_most": MOST}],
        [{"path": "cost", "at_most": MOST}],
        params={"most": 20},
    )
    world = firm([COST], [], *costing(10))
    assert [(x.place, x.rising) for x in limits(world, both)] == [("params.most", None)]
    assert curves(world, both) == ()


def test_what_has_no_order_or_does_not_fit_has_no_limit() -> None:
    world = firm([COST, AREA], [])
    assert limits(world, guardrail("g", [{"path": "area", "is": "a"}])) == ()
    assert limits(world, guardrail("g", [{"path": "cost", "is": 7}])) == ()
    assert limits(world, guardrail("g", [{"path": "nowhere", "at_most": 7}])) == ()


def test_a_limit_is_moved_where_it_stands() -> None:
    named = replace(
        guardrail("g", [{"path": "cost", "at_most": MOST}], params={"most": 20}),
    )
    there = moved(named, "params.most", 30)
    assert there.params == {"most": 30}
    assert there.must[0].constant == Param(param="most")
    pair = guardrail("g", [{"path": "cost", "between": [1, 2]}])
    assert moved(pair, "must[0].between[1]", 9).must[0].between == (1, 9)


def test_a_second_catalogue_is_made_when_the_assets_change() -> None:
    world = firm([COST], [LIMIT], *costing(30))
    assert curves(world, LIMIT)[0].at(20) == 1
    cheaper = replace(world, assets=firm([], [], *costing(3)).assets)
    assert curves(cheaper, LIMIT)[0].at(20) == 0


def test_a_limit_is_told_as_people_read_it() -> None:
    days = prop("days", "int", unit="days")
    rule_ = guardrail("g", [{"path": "days", "at_most": 730}])
    found: tuple[Limit, ...] = limits(firm([days], []), rule_)
    assert found[0].text(found[0].typed) == "730 days"


def test_numbers_are_exact_however_great() -> None:
    fine = prop("cost", "decimal", places=6)
    limit = guardrail("g", [{"path": "cost", "at_most": "1.0"}])
    costs = ["999999999999999999.999998", "999999999999999999.999999", "0.000001"]
    assets = [
        Asset(id=f"a{n}", title="It", properties={"cost": cost})
        for n, cost in enumerate(costs)
    ]
    assets.append(Asset(id="unknown", title="It"))
    (curve,) = curves(firm([fine], [limit], *assets), limit)
    assert curve.starts == (0, 1, 10**24 - 2, 10**24 - 1)
    assert curve.breaks == (4, 3, 2, 1)
    assert curve.by_mission(10**24 - 2) == {"": 2}
