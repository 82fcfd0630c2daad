"""The texts of the firms: words that fit together, and prose for people to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from msgspec import UNSET

from weft.core.firm import Firm
from weft.core.guardrails import Clause, Guardrail
from weft.core.records import read
from weft.core.requests import Request
from weft.core.vocabulary import Property
from weft.engines.funding.ledger.redundancies import CAPABILITY
from weft.engines.guardrails import decide
from weft.examples.days import instant
from weft.examples.making.jobs import jobs
from weft.examples.making.names import Register
from weft.examples.texts import pairs, table, toml

TODAY = date(2026, 11, 21)
FIRMS = ["airline", "bank"]
GIVEN = {"act", "mission", "mission.type", "asset", "asset.type", "mandate"}
# A word may be missing from the page of an act where only a further fact calls for
# it: it is asked for as a question then, which keeps the page short.
ASKED_ON = {
    "sign-in": "exposure",
    "keepers": "criticality",
    "recovery.minutes": "criticality",
    "recovery.rehearsed": "criticality",
    "watched": "criticality",
    "users": "made",
    "accessible": "exposure",
    "hire.badge": "hire.airside",
    "made": "act",
    "asset.type": "act",
}


def leaves(clauses: tuple[Clause, ...]) -> Iterator[Clause]:
    """Give the leaves of clauses that read words of the request itself."""
    for clause in clauses:
        if clause.any is not UNSET:
            yield from leaves(clause.any)
        else:
            yield clause


def path(clause: Clause) -> str:
    """Give the word that a leaf or a quantifier reads."""
    found = (clause.path, clause.every, clause.none, clause.some)
    return next(str(name) for name in found if name is not UNSET)


def acts_of(guardrail: Guardrail) -> set[str]:
    """Give the acts to which a guardrail applies."""
    for clause in guardrail.when:
        if clause.path == "act":
            told = clause.in_ if clause.in_ is not UNSET else (clause.is_,)
            return set(told)  # type: ignore[arg-type]
    raise AssertionError(f"{guardrail.id} applies to every act")


def test_each_guardrail_names_its_acts_and_they_are_there(told: Any) -> None:
    firm: Firm = told.firm
    for guardrail in firm.guardrails.values():
        assert acts_of(guardrail) <= {*firm.acts, "run"}, guardrail.id


def test_the_page_of_an_act_asks_for_what_its_guardrails_read(told: Any) -> None:
    firm: Firm = told.firm
    for guardrail in firm.guardrails.values():
        for act in acts_of(guardrail) - {"run"}:
            read_ = {path(c) for c in leaves((*guardrail.when, *guardrail.must))}
            missing = read_ - {*firm.acts[act].asks, *GIVEN} - set(ASKED_ON)
            assert missing == set(), (guardrail.id, act)


def test_the_page_of_an_act_is_short(told: Any) -> None:
    for act in told.firm.acts.values():
        assert 1 <= len(act.asks) <= 9, act.id


def test_each_word_is_used_and_explained(told: Any) -> None:
    firm: Firm = told.firm
    vocabulary = firm.vocabulary.values()
    used = {
        path(c) for g in firm.guardrails.values() for c in leaves((*g.when, *g.must))
    }
    used |= {name for act in firm.acts.values() for name in act.asks}
    used |= {field for prop in vocabulary for field in prop.fields}
    used.add(CAPABILITY)  # by which it is found what is paid for twice
    assert [p.id for p in vocabulary if p.id not in used] == []
    for prop in vocabulary:
        assert len(prop.help.split()) >= 4, prop.id
        assert set(prop.labels) == set(prop.values), prop.id
        assert (
            prop.role == "fact"
            or prop.weight > 1
            or prop.id
            in {
                "buyers",
                "encrypted",
                "change.when",
            }
        )


def test_a_plain_yes_is_within_reach_of_the_page_of_each_act(told: Any) -> None:
    """Some values of the words a page asks for give a yes, with nothing added."""
    firm: Firm = told.firm
    mission = next(key for key, m in sorted(firm.mandates.items()) if m.holds)
    at = instant(told.deeds[-1].entry.at.date(), 1000)
    for act in firm.acts.values():
        harmless = {p: _harmless(firm.vocabulary[p]) for p in act.asks}
        request = Request(mission=mission, act=act.id, properties=harmless)
        answer = decide(firm, request, asked_by="somebody", at=at)
        said = [(f.guardrail, f.reasons) for f in answer.findings if f.blocks]
        assert answer.verdict != "refused", (act.id, said)


def _harmless(prop: Property) -> Any:
    """Give the value of a word to which the fewest guardrails object."""
    safe = {
        "code.language": "python",
        "run.on": "cloud-platform",
        "made": "engineered",
        "run.region": "europe" if "europe" in prop.values else "eu-west",
        "sign-in": "company-sign-in",
        "retire.records": "archived",
        "touches.aircraft": False,
        "hire.airside": False,
        "talks.by": ["interface"],
        "data.agreed": True,
    }
    if prop.id in safe:
        return safe[prop.id]
    if prop.type == "bool":
        return True
    if prop.type in {"int", "money"}:
        return 0
    if prop.type in {"set", "list"}:
        return []
    return prop.values[0]


def test_every_guardrail_is_told_to_people(told: Any) -> None:
    firm: Firm = told.firm
    for guardrail in firm.guardrails.values():
        assert len(guardrail.reason.split()) >= 7, guardrail.id
        assert len(guardrail.remedy.split()) >= 4, guardrail.id
        assert not guardrail.title.endswith("."), guardrail.id
        assert all(t.endswith(".") for t in (guardrail.reason, guardrail.remedy))
        assert not guardrail.duty or guardrail.duty.endswith(".")
        assert (
            guardrail.level == "advise"
            or guardrail.phase == "trial"
            or (guardrail.waiver is not None)
        )


def test_principles_are_all_made_checkable_and_owned(told: Any) -> None:
    firm: Firm = told.firm
    used = {guardrail.principle for guardrail in firm.guardrails.values()}
    assert used == set(firm.principles)
    assert all(p.owner in firm.roles and p.reason for p in firm.principles.values())


def test_vetoes_are_held_by_security_or_data_protection(told: Any) -> None:
    vetoes = [g for g in told.firm.guardrails.values() if g.level == "veto"]
    assert {v.owner for v in vetoes} == {"security", "data-protection"}
    assert {v.harm for v in vetoes} == {"customers", "employees", "business"}


def test_the_bank_has_rules_of_every_family_and_level(bank: Any) -> None:
    rules = bank.firm.guardrails.values()
    assert 18 <= len(rules) <= 26
    assert {g.level for g in rules} == {"advise", "must", "veto"}
    assert {g.phase for g in rules} == {"enforced", "trial"}
    assert len({g.owner for g in rules}) >= 6
    words = {path(c) for g in rules for c in leaves(g.must)}
    assert {
        "interfaces",
        "code.language",
        "run.region",
        "contract.exit",
        "users",
        "ai.appeal",
        "spend",
    } - {"spend"} <= words


@pytest.mark.parametrize("firm", FIRMS)
def test_assets_name_what_is_there(firm: str) -> None:
    rows = [
        r
        for name in toml(f"{firm}/firm")["assets"]
        for r in table(f"{firm}/assets/{name}")
    ]
    ids = [row["id"] for row in rows]
    likes = toml(f"{firm}/assets/likes")
    assert len(set(ids)) == len(ids)
    for row in rows:
        assert set(row["depends"].split()) <= set(ids), row["id"]
        assert row["like"] in likes, row["id"]


@pytest.mark.parametrize("firm", FIRMS)
def test_what_few_know_is_known_by_a_job_of_the_team(teller: Any, firm: str) -> None:
    skills = teller(firm, TODAY).firm.skills
    for team in _teams(firm):
        there = {
            word.partition("*")[0].partition("@")[0] for word in team["posts"].split()
        }
        assert there <= set(jobs(firm)), team["id"]
        for word in team.get("knows", "").split():
            skill, _, job = word.partition("@")
            assert skill in skills, word
            assert job.partition("*")[0] in there, word


def _teams(firm: str) -> list[dict[str, Any]]:
    """Give the units and the missions of a firm as the texts tell them."""
    text = toml(f"{firm}/firm")
    units = [
        u
        for name in text.get("units", ())
        for u in toml(f"{firm}/units/{name}")["unit"]
    ]
    missions = [
        m
        for name in text.get("missions", ())
        for m in toml(f"{firm}/missions/{name}")["mission"]
    ]
    return [*text["unit"], *units, *missions]


def test_names_are_plain_enough_for_an_address() -> None:
    register = Register("bank", seed=1)
    for number in range(3000):
        register.enter(f"p{number}", "firm.example")
    assert all(re.fullmatch(r"[\w' -]+", p.name) for p in register.profiles)
    given = {p.name.split()[0] for p in register.profiles}
    assert len(given) > 200


def test_halves_of_words_are_split() -> None:
    assert pairs("kotlin:4 sql:3") == [("kotlin", "4"), ("sql", "3")]


def test_a_request_of_a_text_is_read_strictly() -> None:
    plain = toml("bank/tours")["tour"][0]["request"]
    assert read(Request, plain).mission == "payments"
