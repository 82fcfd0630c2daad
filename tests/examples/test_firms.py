"""The two firms as their stories leave them: whole, alive, shaped like real ones."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from weft.core.checks import check
from weft.core.firm import KINDS, Firm
from weft.core.indexes import claims_by_skill, people_by_manager, seats_by_mission
from weft.engines.guardrails import judge_asset, problems, waiver_state
from weft.engines.knowledge import diagnose

WHOLE = Path(__file__).parent / "whole"
EIGHT = ("logistics", "ticketing", "loyalty", "it", "projects", "lounges")
BLESSED = "WEFT_BLESS"  # set it to write the snapshots anew, then read the difference

TODAY = date(2026, 11, 21)


def summary(told: Any, at: datetime) -> dict[str, Any]:
    """Count what is in a firm and what happened in it."""
    firm: Firm = told.firm
    decisions = [d.entry.deed.decision for d in told.deeds if d.entry.deed.decision]
    judged = {key: judge_asset(firm, a, at) for key, a in sorted(firm.assets.items())}
    return {
        "records": {kind: len(firm.table(kind)) for kind in KINDS},
        "deeds": dict(sorted(Counter(d.entry.deed.name for d in told.deeds).items())),
        "answers": dict(sorted(Counter(d.verdict for d in decisions).items())),
        "waivers": {
            key: waiver_state(firm, waiver, at).state
            for key, waiver in sorted(firm.waivers.items())
        },
        "breaking": {
            key: [finding.guardrail for finding in findings if finding.blocks]
            for key, findings in judged.items()
            if any(finding.blocks for finding in findings)
        },
    }


def test_the_whole_of_a_firm_is_as_it_was_blessed(told: Any, noon: datetime) -> None:
    file = WHOLE / f"{told.name}.json"
    found = summary(told, noon)
    if os.environ.get(BLESSED):
        file.write_text(json.dumps(found, indent=2) + "\n")
    assert found == json.loads(file.read_text())


@pytest.mark.slow
def test_a_firm_fits_together_at_every_step(told: Any) -> None:
    for deed in told.deeds:
        if not deed.entry.deed.decision:
            assert check(deed.after) == ()
            assert problems(deed.after) == ()


def test_a_firm_says_that_it_is_invented(told: Any) -> None:
    about = next(iter(told.firm.about.values()))
    assert about.invented
    assert "invented" in about.summary


def test_who_is_in_the_firm_has_a_name_and_nobody_elses_address(told: Any) -> None:
    profiles = told.story.profiles
    assert {p.id for p in profiles} >= set(told.firm.people)
    assert len({p.id for p in profiles}) == len(profiles)
    assert len({p.email for p in profiles}) == len(profiles)
    local = r"[a-z][a-z-]*\.[a-z-]+(\.\d+)?@[a-z-]+\.example"
    assert [p for p in profiles if not re.fullmatch(local, p.email)] == []
    names = Counter(p.name for p in profiles)
    assert max(names.values()) <= 2
    assert sum(n - 1 for n in names.values()) <= len(profiles) / 100


def test_most_is_known_by_few_and_a_little_by_one_alone(told: Any) -> None:
    held = [len(claims) for claims in claims_by_skill(told.firm).values()]
    per_person = Counter(claim.person for claim in told.firm.claims.values())
    mean = sum(per_person.values()) / len(told.firm.people)
    assert 4 <= mean <= 6
    assert 8 <= max(per_person.values()) <= 20
    assert sum(n == 1 for n in held) >= 3
    assert sorted(held)[len(held) // 2] <= max(held) / 3  # a long tail


def test_claims_are_of_all_ages_and_none_is_seen_in_the_future(told: Any) -> None:
    today = told.deeds[-1].entry.at.date()
    ages = sorted((today - c.seen).days for c in told.firm.claims.values())
    assert ages[0] >= 0
    assert ages[len(ages) // 10] < 420
    assert ages[-len(ages) // 50] > 700


def test_managers_have_spans_that_people_can_lead(told: Any) -> None:
    spans = [len(people) for people in people_by_manager(told.firm).values()]
    assert max(spans) <= 45
    assert sorted(spans)[len(spans) // 2] <= 9
    without = [p for p in told.firm.people.values() if not p.manager and not p.partner]
    assert len(without) == 1


def test_some_assets_have_no_owner_and_many_one_keeper(told: Any) -> None:
    assets = told.firm.assets.values()
    orphans = [a for a in assets if not a.mission and not a.unit]
    assert 5 <= len(orphans) <= len(assets) / 3
    alone = [a for a in assets if len(a.keepers) == 1]
    assert len(alone) >= len(assets) / 8


def test_something_waits_for_somebody(told: Any, noon: datetime) -> None:
    firm, month = told.firm, timedelta(days=30)
    states = {k: waiver_state(firm, w, noon).state for k, w in firm.waivers.items()}
    assert "asked" in states.values()
    assert {"live", "expired"} <= set(states.values())
    ending = [k for k, s in states.items() if s == "live"]
    assert any(firm.waivers[k].until <= noon + month for k in ending)


def test_the_bank_has_no_it_department_and_mixed_missions(bank: Any) -> None:
    firm: Firm = bank.firm
    camps = {d.id: d.camp for d in firm.disciplines.values()}
    assert {"business-banking", "payments", "marketplace"} <= set(firm.missions)

    def technology(person: str) -> int:
        told = firm.people[person].disciplines.items()
        return sum(share for name, share in told if camps[name] == "technology")

    month = bank.deeds[-1].entry.at.isoformat()[:7]
    for mission, seats in seats_by_mission(firm).items():
        shares = [technology(s.person) for s in seats if s.held_in(month)]
        assert 7 <= sum(s.share >= 20 for s in seats if s.held_in(month)) <= 16, mission
        assert max(shares) > 50, mission
        assert min(shares) < 50, mission
    by_unit: dict[str, list[int]] = {}
    for key, person in firm.people.items():
        if person.unit and person.disciplines:
            by_unit.setdefault(person.unit, []).append(technology(key))
    means = {unit: sum(found) / len(found) for unit, found in by_unit.items()}
    assert all(20 <= mean <= 70 for unit, mean in means.items() if unit != "wherry")


def test_the_missions_of_the_bank_are_led_and_signed_but_two(bank: Any) -> None:
    firm: Firm = bank.firm
    assert [m.id for m in firm.missions.values() if not m.outcome] == []
    unsigned = sorted(key for key, m in firm.mandates.items() if not m.holds)
    assert unsigned == ["brand", "savings"]
    platforms = [m for m in firm.missions.values() if m.type == "platform"]
    assert len(platforms) >= 5
    assert all(p.capabilities for p in platforms)


def test_the_mirror_finds_the_it_boxes_of_the_airline_and_none_in_the_bank(
    airline: Any, bank: Any
) -> None:
    for told, ids in ((bank, set()), (airline, {"it", "horizon-studio", "tailwind"})):
        month = told.deeds[-1].entry.at.isoformat()[:7]
        assert {box.id for box in diagnose(told.firm, month).boxes} == ids


def test_partners_people_sit_in_missions_of_the_bank(bank: Any) -> None:
    firm: Firm = bank.firm
    outside = [p.id for p in firm.people.values() if p.partner]
    seated = {seat.person for seat in firm.seats.values()}
    assert len(outside) >= 10
    assert set(outside) <= seated


def test_the_airline_has_its_eight_units_before_and_its_mission_after(
    airline: Any,
) -> None:
    first, last = airline.deeds[0].after, airline.firm
    assert not first.missions
    assert {*EIGHT, "check-in", "baggage"} <= set(first.units)
    assert list(last.missions) == ["pre-flight-experience"]
    mission = last.missions["pre-flight-experience"]
    assert set(mission.from_units) == {*EIGHT, "check-in", "baggage"}
    forming = [d for d in airline.deeds if not d.before.missions and d.after.missions]
    assert len(forming) == 1
    assert forming[0].entry.deed.name == "draft.apply"
    assert last.mandates[mission.id].holds
    months = (airline.deeds[-1].entry.at - forming[0].entry.at).days / 30
    assert 2.5 <= months <= 4


def test_the_mission_of_the_airline_draws_from_each_of_the_eight(airline: Any) -> None:
    firm: Firm = airline.firm
    parents = {key: unit.parent for key, unit in firm.units.items()}
    units = {firm.people[seat.person].unit for seat in firm.seats.values()}
    units |= {parents[unit] for unit in units if unit}
    assert {*EIGHT, "check-in", "baggage"} <= units


@pytest.mark.parametrize(("name", "least"), [("airline", 95), ("bank", 150)])
def test_a_firm_runs_enough_to_explore(teller: Any, name: str, least: int) -> None:
    firm: Firm = teller(name, TODAY).firm
    assert len(firm.assets) >= least
    assert len({asset.type for asset in firm.assets.values()}) >= 6
