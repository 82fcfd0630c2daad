"""The blast radius against two whole firms judged in full, in small random worlds."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.conftest import many
from tests.engines.guardrails.blast.drafts import Past, a_firm, drafted, past
from tests.engines.guardrails.conftest import AT, firm, guardrail, prop, request
from tests.engines.guardrails.worlds import seeded

from weft.core.assets import Asset
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.guardrails import Guardrail, Waiver
from weft.core.requests import Decision, Finding
from weft.engines.guardrails import (
    blast_radius,
    decide,
    judge_asset,
    stands,
    waiver_state,
)
from weft.engines.guardrails.answer import unknown_names
from weft.engines.guardrails.blast.radius import Radius
from weft.engines.guardrails.judging import Case, judge
from weft.engines.guardrails.mandate import mandate_rules
from weft.engines.guardrails.rules.framework import rules_on

DAY = timedelta(days=1)
WORLDS = range(1000) if os.environ.get("WEFT_LONG") else (*range(200), 744, 923)
"""The last two are the first in which a waiver that was needed becomes idle."""


# Both firms judged in full


def findings(world: Firm, asset: Asset, now: datetime, rule: str) -> list[Finding]:
    """Give what a rule says of an asset, where it does not hold."""
    found = judge_asset(world, asset, now)
    return [f for f in found if f.guardrail == rule and f.state != "holds"]


def stand(found: list[Finding]) -> str:
    """Say how a rule stands to a thing."""
    if not found:
        return "holds"
    if found[0].blocks:
        return "breaks"
    return "waived" if found[0].waiver else "told"


def recorded(world: Firm, decision: Decision, now: datetime) -> Case:
    """Judge what is on record of a past request by all rules of a firm."""
    rules, asked = rules_on(world, now.date()), decision.request
    facts: dict[str, Any] = dict.fromkeys(rules.names)
    given_ = {*rules.words.given, "approved"} - {"asset.type"}
    facts |= {k: v for k, v in asked.properties.items() if k not in given_}
    facts |= decision.facts
    extra = mandate_rules(world, asked, rules, facts)
    return Case(world, now, rules, facts, extra)


def refused(world: Firm, decision: Decision, now: datetime) -> bool:
    """Tell whether a past request is a no by all rules of a firm."""
    case = recorded(world, decision, now)
    if case.rules.load.refusal(case.facts):
        return True
    if unknown_names(case.facts, decision.request):
        return True
    return any(found.blocks for found in judge(case)[1])


def said(world: Firm, decision: Decision, now: datetime, rule: str) -> bool:
    """Tell whether one rule alone blocks a past request."""
    found = judge(recorded(world, decision, now))[1]
    return any(f.blocks for f in found if f.guardrail == rule)


def use(world: Firm, waiver: Waiver, decisions: Past, now: datetime) -> str:
    """Say how a waiver stands, and whether it is needed: by taking it out."""
    state = waiver_state(world, waiver, now).state
    if state != "live":
        return state
    without = replace(world, waivers=world.waivers.delete(waiver.id))

    def blocked(where: Firm) -> Iterator[bool]:
        for key in sorted(where.assets):
            asset = where.assets[key]
            about = waiver.asset in {None, key} and waiver.mission == asset.mission
            yield (
                about
                and stand(findings(where, asset, now, waiver.guardrail)) == "breaks"
            )
        for _, decision in decisions:
            facts = recorded(where, decision, now).facts
            about = waiver.mission == facts["mission"] and waiver.asset in {
                None,
                facts["asset"],
            }
            yield about and said(where, decision, now, waiver.guardrail)

    pairs = list(zip(blocked(without), blocked(world), strict=True))
    if (True, False) in pairs:
        return "needed"
    return "drifted" if (True, True) in pairs else "idle"


def compared(radius: Radius, world: Firm, decisions: Past) -> None:
    """Hold a blast radius against both firms, judged in full."""
    tried, now = radius.guardrail, radius.at
    after = change(world, [put(tried)])
    told = {each.asset: each for each in radius.touched}
    for key in sorted(world.assets):
        asset = world.assets[key]
        was = findings(world, asset, now, tried.id)
        will = findings(after, asset, now, tried.id)
        if not was and not will:
            assert key not in told
            continue
        mine = told.pop(key)
        assert (mine.before, mine.after) == (stand(was), stand(will))
        assert mine.state == (will[0].state if will else "holds")
        newly = stand(will) == "breaks" != stand(was)
        assert [r.path for r in mine.reasons] == [
            r.path for r in (will[0].reasons if newly else ())
        ]
    assert not told
    assert {(each.number, each.becomes) for each in radius.redecided} == {
        (number, "refused" if will else "allowed")
        for number, decision in decisions
        for was, will in [
            (refused(world, decision, now), refused(after, decision, now))
        ]
        if was != will
    }
    fates = {f.waiver: (f.before, f.after) for f in radius.waivers}
    for key, waiver in world.waivers.items():
        if waiver.guardrail != tried.id:
            assert key not in fates
            continue
        pair = (use(world, waiver, decisions, now), use(after, waiver, decisions, now))
        over = pair[0] == pair[1] and pair[0] in {"refused", "expired", "revoked"}
        assert fates.get(key) == (None if over else pair)
    lapsed = {
        key
        for key, item in world.baseline.items()
        if item.guardrail == tried.id
        and tolerated(world, key, now)
        and waiver_state(after, item, now).state != "live"
    }
    assert {each.item for each in radius.baseline} == lapsed
    assert radius.total.lapsed == len(lapsed)


def tolerated(world: Firm, item: str, now: datetime) -> bool:
    """Tell whether an item of a baseline is open and counts."""
    (told,) = stands(world, [world.baseline[item]], now)
    return told.counts


@settings(deadline=None, max_examples=many(150))
@given(st.integers(0, 2**32))
def test_it_is_the_difference_of_two_firms(seed: int) -> None:
    rng = seeded(seed)
    world = a_firm(rng)
    decisions, draft = past(rng, world), drafted(rng, world)
    compared(blast_radius(world, draft, AT, decisions), world, decisions)


@pytest.mark.slow
def test_it_is_the_difference_of_two_firms_many_times() -> None:
    effects: Counter[str] = Counter()
    for seed in WORLDS:
        rng = seeded(seed)
        world = a_firm(rng)
        decisions, draft = past(rng, world), drafted(rng, world)
        radius = blast_radius(world, draft, AT, decisions)
        compared(radius, world, decisions)
        effects.update(t.effect for t in radius.touched)
        effects.update(r.becomes for r in radius.redecided)
        effects.update(f"{f.before} {f.after}" for f in radius.waivers)
        effects.update(f"lapse {each.after}" for each in radius.baseline)
    wanted = {"breaks", "freed", "still", "waived", "told", "refused", "allowed"}
    wanted |= {"needed outdated", "needed idle", "idle needed", "needed needed"}
    wanted |= {"needed orphaned", "needed invalid", "outdated needed"}
    wanted |= {"lapse outdated", "lapse orphaned"}
    assert wanted <= set(effects)


# Examples


COST = prop("cost", "int", lowest=0, highest=1000)
LIMIT = guardrail("g", [{"path": "cost", "at_most": 100}])


def costing(**costs: int | None) -> list[Asset]:
    """Make assets of the mission payments, each with a cost or none."""
    return [
        Asset(
            id=name,
            title=name,
            mission="payments",
            properties={} if cost is None else {"cost": cost},
        )
        for name, cost in costs.items()
    ]


def limit(most: int, **more: Any) -> Guardrail:
    """Make the guardrail with another limit."""
    return guardrail("g", [{"path": "cost", "at_most": most}], **more)


def effects(radius: Radius) -> dict[str, str]:
    """Give what becomes of each asset that is touched."""
    return {each.asset: each.effect for each in radius.touched}


def test_a_tighter_limit_breaks_a_looser_one_frees() -> None:
    world = firm([COST], [LIMIT], *costing(a=50, b=90, c=500, d=None))
    tighter = blast_radius(world, limit(80), AT)
    assert effects(tighter) == {"b": "breaks", "c": "still", "d": "still"}
    (told,) = [t for t in tighter.touched if t.effect == "breaks"]
    assert (told.reasons[0].expected, told.reasons[0].actual) == ("80", "90")
    looser = blast_radius(world, limit(500), AT)
    assert effects(looser) == {"c": "freed", "d": "still"}
    assert (tighter.total.breaks, looser.total.freed, looser.assets) == (1, 1, 4)


def test_what_is_missing_is_told_apart() -> None:
    world = firm([COST], [], *costing(a=500, d=None))
    total = blast_radius(world, LIMIT, AT).total
    assert (total.breaks, total.unproven) == (2, 1)


@pytest.mark.parametrize(
    "change_to",
    [
        lambda: replace(LIMIT, phase="retired"),
        lambda: replace(LIMIT, ends=AT.date()),
        lambda: replace(LIMIT, level="advise"),
        lambda: replace(LIMIT, phase="trial"),
    ],
)
def test_what_no_longer_blocks_frees(change_to: Callable[[], Guardrail]) -> None:
    world = firm([COST], [LIMIT], *costing(c=500))
    assert effects(blast_radius(world, change_to(), AT)) == {"c": "freed"}


def test_one_that_begins_later_is_tried_for_its_first_day() -> None:
    world = firm([COST], [], *costing(c=500))
    radius = blast_radius(world, replace(LIMIT, starts=date(2027, 1, 1)), AT)
    assert radius.at == datetime(2027, 1, 1, tzinfo=UTC)
    assert radius.total.breaks == 1


def test_a_draft_is_tried_as_if_it_held_and_as_the_next_version() -> None:
    world = firm([COST], [LIMIT], *costing(c=500))
    tried = blast_radius(world, replace(limit(80), phase="draft"), AT).guardrail
    assert (tried.phase, tried.version) == ("enforced", 2)
    same = blast_radius(world, replace(LIMIT, title="Other words"), AT).guardrail
    assert same.version == 1


def held(until: datetime, **more: Any) -> Waiver:
    """Make a waiver for the asset c."""
    plain: dict[str, Any] = {
        "id": "w",
        "guardrail": "g",
        "version": 1,
        "mission": "payments",
        "asset": "c",
        "reason": "for now",
        "asked_by": "eve",
        "asked_at": AT - DAY,
        "granted_by": "ada",
        "starts": AT - DAY,
        "until": until,
    }
    return Waiver(**{**plain, **more})


def test_a_new_version_outdates_waivers_and_what_they_held_breaks() -> None:
    world = firm([COST], [LIMIT], *costing(c=500), held(AT + 60 * DAY))
    radius = blast_radius(world, limit(200), AT)
    assert effects(radius) == {"c": "breaks"}
    (fate,) = radius.waivers
    assert (fate.before, fate.after, fate.ends_soon) == ("needed", "outdated", False)
    assert (radius.total.lost, radius.missions[0].lost) == (1, 1)


def test_a_waiver_that_goes_on_is_told_with_its_end() -> None:
    for days, soon in ((29, True), (31, False)):
        world = firm([COST], [LIMIT], *costing(c=500), held(AT + days * DAY))
        radius = blast_radius(world, replace(LIMIT, title="Other words"), AT)
        (fate,) = radius.waivers
        assert (fate.before, fate.after) == ("needed", "needed")
        assert fate.ends_soon is soon


def test_a_past_request_is_judged_on_what_was_recorded() -> None:
    world = firm([COST], [LIMIT], *costing(c=90))
    number, decision = 1, decide(world, request(asset="c"), asked_by="eve", at=AT)
    assert decision.verdict == "allowed"
    later = change(world, [put(each) for each in costing(c=10)])
    (told,) = blast_radius(later, limit(80), AT, [(number, decision)]).redecided
    assert (told.number, told.becomes, told.unproven) == (1, "refused", False)


def test_the_last_guardrail_retired_leaves_nothing_that_allows() -> None:
    world = firm([COST], [LIMIT])
    asked = request({"cost": 10})
    decision = decide(world, asked, asked_by="eve", at=AT)
    retired = replace(LIMIT, phase="retired")
    (told,) = blast_radius(world, retired, AT, [(1, decision)]).redecided
    assert told.becomes == "refused"


def test_missions_with_the_most_to_mend_come_first() -> None:
    assets = costing(a=90, b=90, c=90)
    assets[2] = replace(assets[2], mission="cards")
    world = firm([COST], [LIMIT], *assets)
    told = blast_radius(world, limit(80), AT).missions
    assert [(t.mission, t.breaks) for t in told] == [("payments", 2), ("cards", 1)]


def test_nothing_is_written_to_the_firm() -> None:
    world = firm([COST], [LIMIT], *costing(a=90))
    before = judge_asset(world, world.assets["a"], AT)
    blast_radius(world, limit(80), AT)
    assert judge_asset(world, world.assets["a"], AT) == before
    assert world.guardrails["g"] is LIMIT
