"""What missions asked: each answer is the one the texts tell, on whatever day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from weft.core.firm import Firm
from weft.core.requests import Request
from weft.engines.guardrails import check_request, check_waiver
from weft.examples.texts import toml

DAYS = [
    date(2026, 11, 21),
    *(
        pytest.param(date(2026, 11, 21) + timedelta(days=n), marks=pytest.mark.slow)
        for n in (1, 2, 3, 4, 9, 40, 100)
    ),
]


def expected(name: str) -> dict[tuple[str, str], list[str]]:
    """Give the answers that the texts tell for each request, in their order."""
    found: dict[tuple[str, str], list[str]] = {}
    for file in toml(f"{name}/firm")["requests"]:
        for ask in toml(f"{name}/requests/{file}")["ask"]:
            answers = found.setdefault((ask["mission"], ask["title"]), [])
            for number, one in enumerate(ask["tries"]):
                answers.append(one["expect"])
                again = ask.get("waiver", {}).get("again")
                if again and number == 0:
                    answers.append(again)
    return found


def answered(told: Any) -> dict[tuple[str, str], list[str]]:
    """Give the answers that were really given, in the order of time."""
    found: dict[tuple[str, str], list[str]] = {}
    for deed in told.deeds:
        if decision := deed.entry.deed.decision:
            key = (decision.request.mission, decision.request.title)
            found.setdefault(key, []).append(decision.verdict)
    return found


@pytest.mark.parametrize("name", ["airline", "bank"])
@pytest.mark.parametrize("today", DAYS, ids=str)
def test_each_answer_is_the_expected_one(teller: Any, name: str, today: date) -> None:
    given = answered(teller(name, today))
    wanted = expected(name)
    assert {key: given.get(key) for key in wanted} == wanted


def test_requests_are_written_in_the_words_of_the_firm(told: Any) -> None:
    for deed in told.deeds:
        if decision := deed.entry.deed.decision:
            assert check_request(deed.before, decision.request) == ()


def test_there_is_a_history_of_every_kind_of_answer(told: Any) -> None:
    decisions = [d.entry.deed.decision for d in told.deeds if d.entry.deed.decision]
    verdicts = Counter(decision.verdict for decision in decisions)
    assert 50 <= len(decisions) <= 170
    assert min(verdicts.values()) >= 4
    assert verdicts["refused"] <= len(decisions) / 3
    assert len({decision.asked_by for decision in decisions}) >= 8
    acts = {decision.request.act for decision in decisions}
    assert acts == set(told.firm.acts)


def test_some_no_became_a_yes_after_a_change(bank: Any) -> None:
    turned = [
        verdicts
        for verdicts in answered(bank).values()
        if verdicts[0] == "refused" and verdicts[-1] != "refused"
    ]
    assert len(turned) >= 10


def test_a_no_has_a_way_to_yes_or_says_why_not(told: Any) -> None:
    for deed in told.deeds:
        decision = deed.entry.deed.decision
        if decision:
            assert decision.judged > 0
        if decision and decision.verdict == "refused":
            assert decision.ways or decision.no_way or decision.questions


def test_whoever_asks_has_a_seat_in_the_mission(told: Any) -> None:
    for deed in told.deeds:
        if decision := deed.entry.deed.decision:
            seats = deed.before.seats.values()
            mission = decision.request.mission
            seated = {s.person for s in seats if s.mission == mission}
            assert decision.asked_by in seated


def test_a_waiver_stands_on_the_no_right_before_it(told: Any) -> None:
    found = 0
    for before, deed in zip(told.deeds, told.deeds[1:], strict=False):
        if deed.entry.deed.name == "waiver.ask":
            waiver = deed.entry.deed.changes[0].record
            no = before.entry.deed.decision
            assert waiver.decision == before.entry.seq
            assert (no.verdict, no.request.mission) == ("refused", waiver.mission)
            assert waiver.guardrail in {o.guardrail for o in no.offers}
            assert check_waiver(deed.after, waiver) == ()
            found += 1
    assert found >= 4


def test_a_waiver_is_granted_by_a_holder_of_its_role(told: Any) -> None:
    for deed in told.deeds:
        if deed.entry.deed.name == "waiver.grant":
            waiver = deed.entry.deed.changes[0].record
            assert deed.entry.actor == waiver.granted_by != waiver.asked_by
            assert check_waiver(deed.after, waiver) == ()


def test_the_bank_has_waivers_that_ended_in_every_way(bank: Any) -> None:
    names = Counter(deed.entry.deed.name for deed in bank.deeds)
    assert names["waiver.ask"] >= 12
    assert min(names["waiver.refuse"], names["waiver.revoke"]) >= 1
    assert any(w.renews for w in bank.firm.waivers.values())
    vetoes = {g.id for g in bank.firm.guardrails.values() if g.level == "veto"}
    assert any(w.guardrail in vetoes for w in bank.firm.waivers.values())


def test_rules_tighten_in_the_year(told: Any) -> None:
    first: Firm = told.deeds[0].after
    last: Firm = told.firm
    newer = [k for k, g in last.guardrails.items() if g.version > 1]
    added = set(last.guardrails) - set(first.guardrails)
    assert newer
    assert added
    assert all(last.guardrails[k].starts for k in added)


def test_small_changes_are_allowed_at_once_all_year(bank: Any) -> None:
    small: list[Request] = [
        decision.request
        for deed in bank.deeds
        if (decision := deed.entry.deed.decision)
        and "change.undo" in decision.request.properties
    ]
    assert len(small) >= 40
    assert len({request.mission for request in small}) >= 20
