"""Each kind of flaw in a firm made for it, and what is no flaw beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from immutables import Map
from msgspec.structs import replace
from tests.conftest import many
from tests.engines.guardrails import worlds
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop

from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.core.vocabulary import NamedSet
from weft.engines.guardrails.consistency.finding import looked_through, with_draft

REGION = prop("region", "enum", values=["eu", "us", "asia"])
DATA = prop("data", "rank", values=["public", "personal"], role="fact")
DAYS = prop("days", "int", lowest=0, highest=999, unit="days")
PLACE = prop("place", "enum", values=["eu", "us"])
COPIES = prop("copies", "list", fields=["place"])
WORDS = (REGION, DATA, DAYS, PLACE, COPIES)
GOOD = NamedSet(id="regions.good", values=("eu", "us"))
SPARE = NamedSet(id="spare", values=("eu",))
TODAY = AT.date()
MOST = {"path": "days", "at_most": 9}
IN_EU = {"path": "region", "is": "eu"}
IN_US = {"path": "region", "is": "us"}
OF_PEOPLE = {"path": "data", "is": "personal"}


def found(*rules: Guardrail, today: date = TODAY) -> set[tuple[str, Any]]:
    """Give what is found of guardrails, without what nobody reads or supplies."""
    world = firm(WORDS, rules, GOOD)
    out = {"unsupplied", "unread-property", "unused-set"}
    return {
        (flaw.flaw, flaw.guardrails)
        for flaw in looked_through(world, today).flaws
        if flaw.flaw not in out
    }


def flaws(world: Firm) -> dict[str, Any]:
    """Give the last flaw of each kind."""
    return {flaw.flaw: flaw for flaw in looked_through(world, TODAY).flaws}


def test_two_that_nothing_satisfies_where_both_apply() -> None:
    one = guardrail("a", [IN_EU], [OF_PEOPLE])
    other = guardrail("b", [{"path": "region", "not_in": ["eu"]}])
    assert found(one, other) == {("contradiction", ("a", "b"))}
    told = flaws(firm(WORDS, [one, other], GOOD))["contradiction"]
    assert told.example == {"data": "personal"}
    assert [want.asks for want in told.wants] == ["region is eu", "region not_in eu"]
    assert found(one, guardrail("b", [IN_US], [{"path": "data", "is": "public"}])) == (
        set()
    )


def test_two_that_no_choice_satisfies_for_some_facts() -> None:
    public = {"path": "data", "is": "public"}
    one = guardrail("a", [{"any": [public, IN_EU]}])
    other = guardrail("b", [{"any": [public, IN_US]}])
    assert found(one, other) == {("contradiction", ("a", "b"))}
    told = flaws(firm(WORDS, [one, other], GOOD))["contradiction"]
    assert told.example == {"data": "personal"}
    near = guardrail("b", [{"any": [{"path": "days", "is": 3}, IN_US]}])
    assert found(one, near) == set()


def test_two_about_each_element_of_a_list() -> None:
    eu = [{"path": "place", "is": "eu"}]
    us = [{"path": "place", "is": "us"}]
    every = guardrail("a", [{"every": "copies", "must": eu}])
    also = guardrail("b", [{"every": "copies", "must": us}])
    assert found(every, also) == {("contradiction", ("a", "b"))}
    told = flaws(firm(WORDS, [every, also], GOOD))["contradiction"]
    assert len(told.example["copies"]) == 1
    some = guardrail("b", [{"some": "copies", "must": us}])
    assert found(every, some) == {("contradiction", ("a", "b"))}
    assert found(guardrail("a", [{"some": "copies", "must": eu}]), some) == {
        ("contradiction", ("a", "b"))  # where there is one copy alone
    }


def test_three_of_which_any_two_can_be_met() -> None:
    rules = [
        guardrail(name, [{"path": "region", "in": values}])
        for name, values in (
            ("a", ["eu", "us"]),
            ("b", ["us", "asia"]),
            ("c", ["eu", "asia"]),
        )
    ]
    assert found(*rules) == {("contradiction", ("a", "b", "c"))}
    assert found(*rules[:2]) == set()


def test_what_never_holds_on_the_same_day_contradicts_nothing() -> None:
    one = guardrail("a", [IN_EU], ends="2027-01-01")
    other = guardrail("b", [IN_US], starts="2027-01-01")
    assert found(one, other) == set()
    sooner = replace(other, starts=date(2026, 12, 31))
    assert found(one, sooner) == {("contradiction", ("a", "b"))}
    assert found(one, sooner, today=date(2027, 1, 2)) == set()


def test_a_heavier_one_makes_a_lighter_one_needless() -> None:
    tight = guardrail("tight", [MOST])
    loose = guardrail("loose", [{"path": "days", "at_most": 20}])
    assert found(tight, loose) == {("implied", ("loose", "tight"))}
    assert found(replace(tight, level="advise"), loose) == set()
    assert found(replace(tight, phase="trial"), loose) == set()
    assert found(replace(tight, phase="retired"), loose) == set()
    assert found(replace(tight, ends=date(2027, 1, 1)), loose) == set()
    assert found(replace(tight, binds=date(2027, 1, 1)), loose) == set()
    assert found(replace(tight, starts=date(2026, 1, 1)), loose) == {
        ("implied", ("loose", "tight"))
    }


def test_a_missing_fact_keeps_what_seems_needless() -> None:
    always = guardrail("always", [MOST])
    people = guardrail("people", [MOST], [OF_PEOPLE])
    assert found(always, people) == {("implied", ("people", "always"))}
    asked = guardrail("asked", [{"path": "data", "is_not": "personal"}])
    needs = guardrail("needs", [{"path": "days", "present": True}])
    assert found(people, asked, needs) == {("implied", ("people", "asked"))}


def test_what_cannot_be_read_is_not_what_is_absent() -> None:
    there = {"path": "days", "present": True}
    rule = guardrail("a", [{"path": "days", "at_least": 0}], [there])
    assert found(rule) == {("asks-to-know", ("a",)), ("evaded", ("a",))}


def test_two_that_differ_only_where_a_fact_is_missing_are_not_the_same() -> None:
    always = guardrail("always", [MOST])
    known = guardrail("known", [MOST], [{"path": "data", "present": True}])
    needless = ("implied", ("known", "always"))
    assert found(always, known) == {needless, ("evaded", ("known",))}


def test_the_same_twice_is_told_once() -> None:
    one, other = guardrail("a", [MOST]), guardrail("b", [{"path": "days", "below": 10}])
    assert found(one, other) == {("equal", ("b", "a"))}


def test_two_together_make_a_third_needless() -> None:
    rules = [
        guardrail("eu", [IN_EU], [OF_PEOPLE]),
        guardrail("us", [IN_EU], [{"path": "data", "is": "public"}]),
        guardrail("all", [{"path": "region", "is_not": "asia"}], [
            {"path": "data", "is": "public"}, {"path": "days", "above": 5}]),
    ]  # fmt: skip
    assert ("implied", ("all", "us")) in found(*rules)
    halves = [
        guardrail("low", [IN_EU], [{"path": "days", "below": 5}]),
        guardrail("high", [IN_EU], [{"path": "days", "at_least": 5}]),
        guardrail("some", [IN_EU], [{"path": "days", "between": [3, 7]}]),
    ]
    assert ("implied", ("some", "high", "low")) in found(*halves)


def test_one_that_applies_to_nothing_and_one_that_nothing_meets() -> None:
    never = guardrail("a", [MOST], [IN_EU, IN_US])
    assert found(never) == {("unreachable", ("a",))}
    told = flaws(firm(WORDS, [never], GOOD))["unreachable"]
    assert "missing it refuses all the same" in told.what
    assert told.example["region"] is None
    ban = guardrail("b", [IN_EU, IN_US], [OF_PEOPLE])
    assert found(ban) == {("ban", ("b",))}
    assert not flaws(firm(WORDS, [ban], GOOD))["ban"].to_mend


def test_one_that_asks_for_nothing_and_one_that_asks_to_know() -> None:
    free = {"every": "copies", "where": [{"path": "place", "present": True}]}
    known = guardrail("a", [{"path": "days", "at_least": 0}])
    assert found(known) == {("asks-to-know", ("a",))}
    idle = guardrail("b", [IN_EU], [{**free, "must": [{"path": "place", "is": "eu"}]}])
    assert found(idle) == {("evaded", ("b",))}
    nothing = guardrail("c", [OF_PEOPLE], [OF_PEOPLE])
    assert found(nothing) == {("asks-to-know", ("c",))}


def test_conditions_thresholds_and_sets_without_effect() -> None:
    rule = guardrail(
        "a",
        [{"path": "region", "in": "@regions.good"}, {"path": "days", "at_most": 999}],
        [
            {"path": "days", "at_least": {"param": "p"}},
            {"path": "region", "is_not": "us"},
        ],
        params={"p": 3, "q": 4},
    )
    told = {f.flaw: f for f in looked_through(firm(WORDS, [rule], GOOD, SPARE), TODAY)
            .flaws}  # fmt: skip
    assert told["idle-condition"].about == "must[1]"
    assert told["unused-param"].about == "q"
    assert told["unused-member"].about == "regions.good"
    assert told["unused-set"].about == "spare"
    both = guardrail(
        "b",
        [{"path": "days", "at_most": {"param": "p"}}],
        [{"path": "days", "at_most": {"param": "p"}}, {"path": "days", "at_least": 1}],
        params={"p": 3},
    )
    assert ("two-way-param", ("b",)) in found(both)


def test_what_is_given_is_never_otherwise_than_it_can_be() -> None:
    unsigned = {"path": "mandate", "is": "none"}
    limited = {"path": "mandate.limit", "above": 5}
    money = prop("spend", "money", unit="EUR")
    rule = guardrail("a", [MOST], [unsigned, limited])
    world = firm((*WORDS, money), [rule], GOOD)
    assert "unreachable" in flaws(world)
    runs = guardrail(
        "b",
        [{"path": "asset.type", "present": True}],
        [{"path": "act", "is": "run"}],
    )
    assert ("idle", ("b",)) in found(runs)


def test_one_that_does_not_fit_and_words_that_nobody_reads() -> None:
    wrong = guardrail("a", [{"path": "dais", "at_most": 3}])
    told = flaws(firm(WORDS, [wrong, guardrail("b", [MOST])], GOOD))
    assert told["misfit"].guardrails == ("a",)
    assert told["unread-property"].about == "region"
    assert told["unsupplied"].about == "days"


def test_of_a_draft_only_what_it_takes_part_in_is_told() -> None:
    held = [guardrail("a", [IN_EU]), guardrail("b", [IN_US]), guardrail("c", [MOST])]
    world = firm(WORDS, held, GOOD)
    draft = guardrail("d", [{"path": "days", "at_most": 30}], phase="draft")
    told = with_draft(world, draft, TODAY).flaws
    assert [(f.flaw, f.guardrails) for f in told] == [("implied", ("d", "c"))]
    again = with_draft(world, guardrail("b", [IN_EU]), TODAY).flaws
    assert [(f.flaw, f.guardrails) for f in again] == [("equal", ("b", "a"))]


def test_of_a_draft_the_same_is_told_as_of_all() -> None:
    deploying, adopting = ({"path": "act", "is": act} for act in ("deploy", "adopt"))
    rules = [
        guardrail("a", [IN_EU], [adopting]),
        guardrail("b", [MOST], [deploying]),
        guardrail("c", [{"path": "days", "at_most": 20}], [deploying]),
        guardrail("d", [IN_US], [{"path": "act", "in": ["deploy", "adopt"]}]),
        guardrail("e", [{"path": "days", "at_most": 30}]),
    ]
    world = firm(WORDS, rules, GOOD)
    every = looked_through(world, TODAY).flaws
    for rule in rules:
        own = [flaw for flaw in every if rule.id in flaw.guardrails]
        told = [*with_draft(world, rule, TODAY).flaws]
        assert told == [flaw for flaw in own if flaw.flaw != "unsupplied"]


@settings(max_examples=many(15))
@given(seed=st.integers(0, 2**32))
def test_what_is_kept_of_the_others_is_what_would_be_found_anew(seed: int) -> None:
    rng = worlds.seeded(seed)
    held, _ = worlds.world(rng, rules=5)
    for _ in range(3):
        draft = worlds.rule(rng, rng.choice([*sorted(held.guardrails), "fresh"]))
        anew = replace(held, guardrails=Map(held.guardrails.items()))
        assert with_draft(held, draft, TODAY) == with_draft(anew, draft, TODAY)
    anew = replace(held, guardrails=Map(held.guardrails.items()))
    assert looked_through(held, TODAY) == looked_through(anew, TODAY)
