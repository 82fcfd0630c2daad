"""The smallest change against every change there is, in small random worlds."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop, request
from tests.engines.guardrails.every_edit import Cost, cheapest, domain
from tests.engines.guardrails.worlds import (
    INSIDE,
    SETS,
    WORDS,
    copies,
    properties,
    rule,
    seeded,
    value,
)

from weft.core.firm import Firm
from weft.core.guardrails import Cover, Waiver
from weft.core.requests import Decision, Edit, Request
from weft.core.vocabulary import Property
from weft.engines.guardrails import changed, decide
from weft.engines.guardrails.answer import case_of
from weft.engines.guardrails.change.moves import Freedom
from weft.engines.guardrails.change.solve import Solver
from weft.engines.guardrails.judging import blocks, judge

MANY = int(os.environ.get("WEFT_MANY", "0"))
"""How many worlds to try by hand."""
YEN = prop("cost", "money", unit="JPY", lowest=0, highest=4)
SMALL = (*(w for w in WORDS if w.id not in {"due", "cost", "approved"}), YEN)
MOST = 2
"""How many edits are tried out in full."""


def small_world(rng: Random) -> tuple[Firm, Request, tuple[Property, ...]]:
    """Make a world of three properties, a list, some rules, and sometimes a waiver."""
    words = tuple(rng.sample(SMALL, 3))
    rules = [rule(rng, f"g{number}", words) for number in range(rng.randint(1, 4))]
    held = [waiver(rng, words)] if rng.random() < 0.4 else []
    holder = copies(rng)
    stated = properties(rng, words)
    if "copies" in stated:
        stated["copies"] = stated["copies"][: rng.choice([1, 2])]
    world = firm((*INSIDE, *words, holder), rules, *SETS, *held)
    return world, request(stated), (*words, holder)


def waiver(rng: Random, words: tuple[Property, ...]) -> Waiver:
    """Make a live waiver from the first rule, for one value of one property."""
    word = rng.choice(words)
    told = str(value(rng, word))
    if word.type == "set":
        told = ", ".join(m for m in word.values if rng.random() < 0.5) or "(empty)"
    elif word.type == "int":
        told = f"{told} days"
    elif word.type == "money":
        told = f"{told.split()[0]} JPY"
    covers = (Cover(path=word.id, value=told), Cover(path="copies"))
    return Waiver(
        id="w",
        guardrail="g0",
        version=1,
        mission="payments",
        covers=covers,
        reason="for now",
        asked_by="eve",
        granted_by="ada",
        asked_at=AT,
        starts=AT,
        until=AT + timedelta(days=9),
    )


def checked(seed: int, most: int = MOST) -> None:
    """Compare one world's smallest change with all changes up to some edits."""
    world, asked, words = small_world(seeded(seed))
    case = case_of(world, asked, AT)
    outcome, findings = judge(case)
    if not any(found.blocks for found in findings):
        return
    solved = Solver(case, outcome, findings).solve(Freedom())
    costs = {
        (
            len(solution.options),
            sum(option.weight for option in solution.options),
            sum((option.distance for option in solution.options), Fraction(0)),
        )
        for solution in solved.solutions
    }
    assert solved.proved
    assert len(costs) <= 1
    mine: Cost | None = next(iter(costs), None)

    def refused(facts: Mapping[str, Any]) -> bool:
        return any(blocks(case, rule, facts) for rule in case.rules.all)

    best = cheapest(words, dict(case.facts), refused, most)
    if best is not None or (mine is not None and mine[0] <= most):
        assert mine == best


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_no_change_is_cheaper(seed: int) -> None:
    checked(seed)


@pytest.mark.slow
def test_no_change_is_cheaper_in_many_worlds() -> None:
    for seed in range(1000, 1000 + (MANY or 100)):
        checked(seed)


def answered(world: Firm, asked: Request) -> Decision:
    """Answer a request."""
    return decide(world, asked, asked_by="eve", at=AT)


@pytest.mark.parametrize("seed", range(5000, 5150))
def test_each_way_out_is_a_yes_and_none_of_its_edits_is_idle(seed: int) -> None:
    world, asked, words = small_world(seeded(seed))
    for way in answered(world, asked).ways:
        assert answered(world, changed(world, asked, way)).verdict != "refused"
        plain = all("[" not in edit.path for edit in way.edits)
        for edit in way.edits if plain else ():
            fewer = tuple(each for each in way.edits if each is not edit)
            less = changed(world, asked, replace(way, edits=fewer))
            assert answered(world, less).verdict == "refused"
            word = next(w for w in words if w.id == edit.path)
            if word.type in {"bool", "enum", "rank", "int"}:
                assert accepted(edit, word) == {
                    told
                    for told in domain(word)
                    if answered(
                        world,
                        replace(less, properties={**less.properties, edit.path: told}),
                    ).verdict
                    != "refused"
                }


def accepted(edit: Edit, word: Property) -> set[Any]:
    """Read back the region that an edit says would do."""
    if word.type == "bool":
        return {told == "true" for told in edit.accepted.split(", ")}
    if word.type != "int":
        return set(edit.accepted.split(", "))
    found: set[int] = set()
    for part in edit.accepted.replace(" days", "").split(", "):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        low, high = (ends * 2)[:2]
        if part.startswith("up to"):
            low = word.lowest or 0
        elif part.startswith("from") and " to " not in part:
            high = word.highest or 0
        elif part == "any value":
            low, high = word.lowest or 0, word.highest or 0
        found |= set(range(low, high + 1))
    return found


DATE = prop("due", "date")
NAME = prop("name", "text")
SIZE = prop("size", "int")
DAYS = prop("days", "int", lowest=0, highest=1000, unit="days")
LANGUAGE = prop("language", "enum", values=["ada", "cobol", "go", "kotlin"], weight=3)


def way(words: list[Property], rules: list[Any], stated: dict[str, Any]) -> list[Edit]:
    """Give the edits of the first way out."""
    found = answered(firm(words, rules), request(stated)).ways
    return [*found[0].edits] if found else []


@pytest.mark.parametrize(
    ("must", "stated", "new", "told"),
    [
        ({"below": 10}, 30, 9, "up to 9"),
        ({"at_most": 10}, 30, 10, "up to 10"),
        ({"above": 10}, 3, 11, "from 11"),
        ({"between": [5, 10]}, 30, 10, "from 5 to 10"),
        ({"between": [5, 10]}, 1, 5, "from 5 to 10"),
        ({"is_not": 10}, 10, 9, "up to 9, from 11"),
        ({"at_least": 10}, None, 10, "from 10"),
        ({"at_most": 10}, None, 10, "up to 10"),
        ({"at_most": 10}, "ten", 10, "up to 10"),
    ],
)
def test_the_nearest_number_is_proposed_and_the_whole_region_told(
    must: dict[str, Any], stated: Any, new: int, told: str
) -> None:
    rule = guardrail("g", [{"path": "size", **must}])
    given = {} if stated is None else {"size": stated}
    (edit,) = way([SIZE], [rule], given)
    assert (edit.value, edit.accepted) == (new, told)


def test_days_and_texts_have_nearest_values_too() -> None:
    rules = [
        guardrail("g", [{"path": "due", "below": "2026-12-01"}]),
        guardrail("h", [{"path": "name", "starts_with": "core-"}]),
        guardrail("i", [{"path": "name", "is_not": "core-"}]),
    ]
    due, name = way([DATE, NAME], rules, {"due": "2027-01-01", "name": "edge"})
    assert (due.new, due.accepted) == ("2026-11-30", "up to 2026-11-30")
    assert str(name.value).startswith("core-")
    assert name.accepted == "a text that begins with core-"


def test_a_unit_is_told_and_a_set_is_changed_member_by_member() -> None:
    tags = prop("tags", "set", values=["x", "y", "z"])
    rules = [
        guardrail("g", [{"path": "days", "at_most": 730}]),
        guardrail(
            "h", [{"path": "tags", "within": ["x"]}, {"path": "tags", "has": "x"}]
        ),
    ]
    days, told = way([DAYS, tags], rules, {"days": 900, "tags": ["y", "z"]})
    assert (days.old, days.new, days.accepted) == (
        "900 days",
        "730 days",
        "up to 730 days",
    )
    assert (told.old, told.new, told.value) == ("y, z", "x", ("x",))


def test_the_order_of_a_named_set_is_the_order_of_preference() -> None:
    for preferred in (["kotlin", "go"], ["go", "kotlin"]):
        rule = guardrail("g", [{"path": "language", "in": preferred}])
        (edit,) = way([LANGUAGE], [rule], {"language": "cobol"})
        assert (edit.new, edit.accepted) == (preferred[0], "go, kotlin")


def test_what_is_easier_to_change_is_changed() -> None:
    either = [{"path": "language", "is": "go"}, {"path": "days", "at_most": 10}]
    rule = guardrail("g", [{"any": either}])
    (edit,) = way([LANGUAGE, DAYS], [rule], {"language": "cobol", "days": 900})
    assert edit.path == "days"


def test_ways_that_cost_the_same_are_told_up_to_three() -> None:
    flags = [prop(f"f{number}", "bool") for number in range(5)]
    either = [{"path": flag.id, "is": True} for flag in flags]
    stated = {flag.id: False for flag in flags}
    world = firm(flags, [guardrail("g", [{"any": either}])])
    found = answered(world, request(stated)).ways
    assert [[edit.path for edit in way.edits] for way in found] == [
        ["f0"],
        ["f1"],
        ["f2"],
    ]


def test_to_mend_one_guardrail_may_not_break_another() -> None:
    rules = [
        guardrail("g", [{"path": "language", "not_in": ["cobol"]}]),
        guardrail(
            "h", [{"path": "days", "at_most": 10}], [{"path": "language", "is": "ada"}]
        ),
        guardrail(
            "i", [{"path": "days", "at_least": 500}], [{"path": "language", "is": "go"}]
        ),
    ]
    (edit,) = way([LANGUAGE, DAYS], rules, {"language": "cobol", "days": 200})
    assert (edit.new, edit.accepted) == ("kotlin", "kotlin")


def test_an_element_is_taken_out_or_added_where_the_list_is_open() -> None:
    inside = [
        prop("region", "enum", values=["eu", "us"], role="fact"),
        prop("safe", "bool"),
    ]
    open_to = ["adding", "removing"]
    holder = prop("copies", "list", fields=["region", "safe"], open_to=open_to)
    rules = [
        guardrail("g", [{"every": "copies", "must": [{"path": "region", "is": "eu"}]}]),
        guardrail("h", [{"some": "copies", "must": [{"path": "safe", "is": True}]}]),
    ]
    stated = {"copies": [{"region": "us", "safe": True}]}
    world = firm([*inside, holder], rules)
    decision = answered(world, request(stated))
    edits = [(edit.path, edit.new) for edit in decision.ways[0].edits]
    assert edits == [
        ("copies[0]", "removed"),
        ("copies[1]", "a new element"),
        ("copies[1].region", "eu"),
        ("copies[1].safe", "true"),
    ]
    again = changed(world, decision.request, decision.ways[0])
    assert again.properties == {"copies": ({"region": "eu", "safe": True},)}
    assert answered(world, again).verdict == "allowed"


@pytest.mark.slow
@pytest.mark.parametrize(("rules", "proved"), [(20, True), (140, False)])
def test_a_hard_knot_is_solved_in_bounded_steps(rules: int, *, proved: bool) -> None:
    flags = [prop(f"f{number:02}", "bool") for number in range(40)]
    rng = seeded(1)
    knot = [
        guardrail(
            f"g{number:03}",
            [{"any": [{"path": f.id, "is": True} for f in rng.sample(flags, 3)]}],
        )
        for number in range(rules)
    ]
    world = firm(flags, knot)
    decision = answered(world, request({flag.id: False for flag in flags}))
    found = decision.ways[0]
    assert found.proved is proved
    assert answered(world, changed(world, decision.request, found)).verdict == "allowed"
    assert len(found.edits) < len(flags) * 2 // 3
