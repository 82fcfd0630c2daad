"""Dates of a guardrail: before the day it binds from, it advises and nothing more."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop, request
from tests.engines.guardrails.test_waivers import waiver
from tests.engines.guardrails.worlds import world

from weft.core.assets import Asset
from weft.core.guardrails import Guardrail
from weft.engines.guardrails import (
    blast_radius,
    decide,
    judges_alike,
    waiver_state,
)
from weft.errors import InputError

BINDS = date(2026, 12, 1)
BEFORE = datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)
FROM = datetime(2026, 12, 1, tzinfo=UTC)
SAFE = prop("safe", "bool")


def rule(**more: Any) -> Guardrail:
    """Make a guardrail that asks for one thing."""
    return guardrail("g", [{"path": "safe", "is": True}], binds=str(BINDS), **more)


@pytest.mark.parametrize("level", ["must", "veto"])
def test_until_the_day_it_binds_from_it_advises(level: str) -> None:
    world = firm([SAFE], [rule(level=level)])
    early = decide(world, request({"safe": False}), asked_by="eve", at=BEFORE)
    assert early.verdict == "allowed"
    assert (early.findings[0].level, early.findings[0].binds) == ("advise", BINDS)
    late = decide(world, request({"safe": False}), asked_by="eve", at=FROM)
    assert late.verdict == "refused"
    assert (late.findings[0].level, late.findings[0].binds) == (level, None)
    assert early.guardrails != late.guardrails, "judged by another set of levels"


@given(st.randoms(use_true_random=False), st.integers(-3, 3))
def test_it_is_judged_as_one_that_was_written_for_that_day(
    rng: Random, days: int
) -> None:
    """The second judge: the level written out, with no date to weigh."""
    ruled, asked = world(rng)
    dated, written = {}, {}
    for key, each in ruled.guardrails.items():
        if each.level == "advise" or rng.random() < 0.3:
            dated[key] = written[key] = each
            continue
        binds = AT.date() + timedelta(days=rng.randint(-3, 3))
        dated[key] = replace(each, binds=binds)
        advises = AT.date() + timedelta(days=days) < binds
        written[key] = replace(each, level="advise") if advises else each

    def told(rules: dict[str, Guardrail]) -> Any:
        firm = replace(ruled, guardrails=ruled.guardrails.update(rules))
        at = AT + timedelta(days=days)
        found = decide(firm, asked, asked_by="eve", at=at)
        plain = [replace(each, binds=None) for each in found.findings]
        return found.verdict, plain, found.ways, found.questions, found.offers

    assert told(dated) == told(written)


def test_a_decision_is_replayed_by_the_level_of_its_own_instant() -> None:
    world = firm([SAFE], [rule()])
    asked = request({"safe": False})
    then = decide(world, asked, asked_by="eve", at=BEFORE)
    decide(world, asked, asked_by="eve", at=FROM)  # whatever is kept of that day
    assert decide(world, asked, asked_by="eve", at=BEFORE) == then


def test_what_a_draft_does_is_told_for_the_day_from_which_it_binds() -> None:
    things = (
        Asset(id=name, title=name, mission="payments", properties={"safe": safe})
        for name, safe in (("a", False), ("b", True))
    )
    world = firm([SAFE], [], *things)
    radius = blast_radius(world, rule(), AT)
    assert radius.at == datetime.combine(BINDS, time(), UTC)
    assert [(each.asset, each.effect) for each in radius.touched] == [("a", "breaks")]


def test_a_waiver_may_be_asked_for_before_the_day() -> None:
    asked = waiver(until=FROM + timedelta(days=30))
    world = firm([SAFE], [rule()], asked)
    assert waiver_state(world, asked, BEFORE).state == "live"
    late = decide(world, request({"safe": False}), asked_by="eve", at=FROM)
    assert late.verdict == "allowed"
    assert late.findings[0].waiver == asked.id


def test_to_move_the_day_is_no_new_version() -> None:
    """What it says of things is the same: waivers go on, and old answers stay true."""
    later = replace(rule(), binds=BINDS + timedelta(days=30))
    assert judges_alike(rule(), later)
    assert not judges_alike(rule(), rule(level="veto"))


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"level": "advise"}, "advises and binds"),
        ({"starts": "2026-12-02"}, "before it starts"),
        ({"ends": "2026-12-01"}, "when it has ended"),
    ],
)
def test_a_day_on_which_it_could_not_bind_is_refused(more: Any, what: str) -> None:
    with pytest.raises(InputError, match=what):
        rule(**more)
