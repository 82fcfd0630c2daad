"""Firms of any size: exactly as many people as asked for, and whole."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from weft.core.checks import check
from weft.core.firm import Firm
from weft.core.indexes import people_by_manager
from weft.engines.guardrails import problems
from weft.examples import make
from weft.examples.making.plan import plan
from weft.examples.story import play

TODAY = date(2026, 11, 21)
NAMES = st.sampled_from(["airline", "bank"])


@given(NAMES, st.integers(20, 6000))
@example("bank", 20)
@example("airline", 20)
@example("bank", 511)
@example("bank", 513)
@example("airline", 403)
@example("bank", 200_000)
@example("airline", 200_000)
def test_a_plan_has_a_place_for_each(name: str, people: int) -> None:
    found = plan(name, people)
    assert found.people == people
    units = {unit.id for unit in found.units}
    assert len(units) == len(found.units)
    assert all(unit.parent in units for unit in found.units[1:])
    assert len({team.id for team in found.teams}) == len(found.teams)
    assert {team.unit for team in found.teams} <= units


@pytest.mark.slow
@given(st.integers(600, 6000))
def test_missions_of_a_larger_bank_stay_small(people: int) -> None:
    sizes = [len(team.places) for team in plan("bank", people).teams if team.told]
    assert people / 12 <= len(sizes) <= people / 9
    assert sum(7 <= size <= 12 for size in sizes) >= len(sizes) * 0.85
    assert max(sizes) <= 19


@pytest.mark.slow
@settings(max_examples=12)
@given(NAMES, st.integers(20, 1400))
@example("bank", 20)
@example("airline", 20)
def test_a_firm_of_any_size_is_whole(name: str, people: int) -> None:
    told = [firm for _, firm in play(make(name, people=people, today=TODAY))]
    assert len(told[-1].people) == people
    assert check(told[0]) == ()
    assert check(told[-1]) == ()
    assert problems(told[-1]) == ()
    roles = told[-1].roles.values()
    assert all(len(role.holders) >= 2 for role in roles)
    assert any(role.administers for role in roles)


def test_the_written_size_is_the_size_by_default(teller: Any) -> None:
    assert len(teller("bank", TODAY).firm.people) == plan("bank", None).people == 512
    assert (
        len(teller("airline", TODAY).firm.people) == plan("airline", None).people == 402
    )


@pytest.mark.slow
def test_asking_for_the_written_size_gives_the_same_firm(teller: Any) -> None:
    same = teller("bank", TODAY, 512).firm == teller("bank", TODAY).firm
    assert same  # compared apart: to show how two firms differ takes minutes


@pytest.mark.slow
@pytest.mark.parametrize("name", ["airline", "bank"])
def test_a_large_firm_is_whole_and_nobody_leads_too_many(name: str) -> None:
    story = make(name, people=7_000, today=TODAY)
    firm = Firm()
    for _, firm in play(story):  # noqa: B007 # the last one counts
        pass
    assert len(firm.people) == 7_000
    assert 4 <= len(firm.claims) / len(firm.people) <= 6
    assert check(firm) == ()
    assert len({p.email for p in story.profiles}) == len(story.profiles)
    spans = Counter(len(found) for found in people_by_manager(firm).values())
    assert max(spans) <= 80
