"""Who may do what, against a second telling of the rules, on random firms.

The oracle below is written from docs/why/permissions.md, deed by deed, without a
look at the code: where the two differ, one of them is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.app.firms import (
    ASKS,
    CHALLENGES,
    MISSIONS,
    MONEYMOVES,
    MOVES,
    PEOPLE,
    ROLES,
    WAIVERS,
    Dice,
)

from weft.app import permissions
from weft.app.permissions import OPERATIONS, Rule, permit, permit_change
from weft.core.entries import Change
from weft.core.firm import Firm
from weft.core.framework.challenges import Challenge
from weft.core.guardrails import Guardrail, Waiver
from weft.core.missions import Mandate
from weft.core.roles import Actor
from weft.errors import Forbidden

ABOUT = {
    "ask": MISSIONS,
    "measure": ("", *MISSIONS),
    "waiver.ask": MISSIONS,
    "waiver.decide": (*WAIVERS, "nothing"),
    "waiver.end": (*WAIVERS, "nothing"),
    "challenge.raise": ("", *MISSIONS),
    **dict.fromkeys(
        ("challenge.join", "challenge.withdraw", "challenge.answer"),
        (*CHALLENGES, "nothing"),
    ),
    "rollout": (*ROLES, "nothing"),
    "round.answer": (*MOVES, "nothing"),
    "money.ask": MISSIONS,
    "money.grant": (*ASKS, "nothing"),
    "money.answer": (*MONEYMOVES, "nothing"),
    **dict.fromkeys(("account", "own"), (*PEOPLE, "stranger")),
}
"""What an operation is about: the names that are tried."""


# The oracle


def runs_the_firm(firm: Firm, actor: Actor) -> bool:
    roles = [r for r in firm.roles.values() if actor.person in r.holders]
    return actor.owner or any(r.administers for r in roles)


def one_of_us(firm: Firm, actor: Actor) -> bool:
    on_record = [p for p in firm.people.values() if p.id == actor.person]
    employed = [p for p in on_record if p.partner is None]
    return runs_the_firm(firm, actor) or bool(employed)


def leads_it(firm: Firm, actor: Actor, mission: str | None) -> bool:
    return any(
        m.mission == mission and actor.person in (m.business_lead, m.technology_lead)
        for m in firm.mandates.values()
    )


def sits_there(firm: Firm, actor: Actor, mission: str) -> bool:
    places = {(s.person, s.mission) for s in firm.seats.values()}
    return (actor.person, mission) in places


def has(firm: Firm, actor: Actor, role: str | None) -> bool:
    return any(r.id == role and actor.person in r.holders for r in firm.roles.values())


def may_grant(firm: Firm, actor: Actor, waiver: Waiver) -> bool:
    rule: Guardrail = firm.guardrails[waiver.guardrail]
    granting = rule.owner
    if rule.level != "veto" and rule.waiver and rule.waiver.approver:
        granting = rule.waiver.approver
    return has(firm, actor, granting) and waiver.asked_by != actor.person


def member(firm: Firm, actor: Actor, mission: str) -> bool:
    here = leads_it(firm, actor, mission) or sits_there(firm, actor, mission)
    return here or runs_the_firm(firm, actor)


def decides(firm: Firm, actor: Actor, waiver: str) -> bool:
    return waiver in firm.waivers and may_grant(firm, actor, firm.waivers[waiver])


def ends(firm: Firm, actor: Actor, waiver: str) -> bool:
    asked = [w.asked_by for w in firm.waivers.values() if w.id == waiver]
    return asked == [actor.person] or decides(firm, actor, waiver)


def is_bound(firm: Firm, actor: Actor, mission: str) -> bool:
    return member(firm, actor, mission) if mission else one_of_us(firm, actor)


def may_join(firm: Firm, actor: Actor, challenge: str) -> bool:
    found = firm.challenges.get(challenge)
    if found is None:
        return False
    shares = found.mission and member(firm, actor, found.mission)
    return bool(shares) or one_of_us(firm, actor)


def objects(firm: Firm, actor: Actor, challenge: str) -> bool:
    found = firm.challenges.get(challenge)
    return found is not None and actor.person in {found.by, *found.joined}


def answers(firm: Firm, actor: Actor, challenge: str) -> bool:
    found = firm.challenges.get(challenge)
    if found is None or objects(firm, actor, challenge):
        return False
    return has(firm, actor, firm.guardrails[found.guardrail].owner)


def has_a_say(firm: Firm, actor: Actor, move: str) -> bool:
    found = firm.moves.get(move)
    if found is None:
        return False
    gain = [p.mission for p in found.parts if p.after > p.before]
    heard = gain or [p.mission for p in found.parts]
    leading = any(leads_it(firm, actor, mission) for mission in heard)
    return actor.owner or actor.person == found.person or leading


def decides_fund(firm: Firm, actor: Actor, fund: str, mission: str) -> bool:
    if actor.owner:
        return True
    return has(firm, actor, firm.funds[fund].owner) and not leads_it(
        firm, actor, mission
    )


def may_release(firm: Firm, actor: Actor, key: str) -> bool:
    found = firm.moneymoves.get(key)
    return found is not None and decides_fund(firm, actor, found.fund, found.mission)


def may_give(firm: Firm, actor: Actor, key: str) -> bool:
    found = firm.asks.get(key)
    if found is None or (found.asked_by == actor.person and not actor.owner):
        return False
    return decides_fund(firm, actor, found.fund, found.mission)


Tells = Callable[[Firm, Actor, str], bool]
ORACLE: dict[str, Tells] = {
    **dict.fromkeys(("sign-in", "look", "try", "change"), lambda *_: True),
    **dict.fromkeys(("ask", "waiver.ask"), member),
    "measure": is_bound,
    "waiver.decide": decides,
    "waiver.end": ends,
    "rollout": has,
    "round": lambda f, a, _: one_of_us(f, a),
    "round.propose": lambda f, a, _: (
        runs_the_firm(f, a) or any(leads_it(f, a, m) for m in f.missions)
    ),
    "round.answer": has_a_say,
    "money": lambda f, a, _: one_of_us(f, a),
    "money.purpose": lambda f, a, m: runs_the_firm(f, a) or leads_it(f, a, m),
    "money.ask": member,
    "money.grant": may_give,
    "money.answer": may_release,
    "money.propose": lambda f, a, _: (
        runs_the_firm(f, a) or any(has(f, a, fund.owner) for fund in f.funds.values())
    ),
    "challenge.raise": is_bound,
    "challenge.join": may_join,
    "challenge.withdraw": objects,
    "challenge.answer": answers,
    "money.book": lambda f, a, _: runs_the_firm(f, a) or has(f, a, "finance"),
    **dict.fromkeys(
        ("journal", "draft", "costs", "work", "compare"),
        lambda f, a, _: one_of_us(f, a),
    ),
    **dict.fromkeys(
        ("load", "import", "export", "erase", "policy", "baseline.freeze"),
        lambda f, a, _: runs_the_firm(f, a),
    ),
    "own": lambda _, actor, person: actor.person == person,
    "accounts": lambda _, actor, __: actor.owner,
    "account": lambda _, actor, person: actor.owner or actor.person == person,
}
"""Who may do what, as the page on permissions tells it."""


def signs_for_others(firm: Firm, change: Change) -> bool:
    new, old = change.record, firm.mandates.get(change.key)
    if not isinstance(new, Mandate) or not new.signed_by:
        return isinstance(new, Waiver | Challenge)
    if old is None or not set(new.signed_by) <= set(old.signed_by):
        return True
    told = [(m.business_lead, m.technology_lead, m.limit, m.acts, m.version)
            for m in (new, old)]  # fmt: skip
    return told[0] != told[1]


def answers_for(firm: Firm, actor: Actor, kind: str, record: Any) -> bool:
    """Tell whether a record of some kind is the actor's to change."""
    if kind in {"guardrails", "principles"}:
        return has(firm, actor, record.owner)
    if kind == "adrs":
        deciding = any(has(firm, actor, role) for role in record.deciders)
        return deciding or any(leads_it(firm, actor, m) for m in record.missions)
    if kind == "pools":
        return bool(record.lead == actor.person and one_of_us(firm, actor))
    if kind == "missions":
        return leads_it(firm, actor, record.id)
    if kind in {"mandates", "seats", "needs", "assets"}:
        return leads_it(firm, actor, record.mission)
    return False


def may_write(firm: Firm, actor: Actor, change: Change) -> bool:
    """Tell whether the page on permissions lets an actor make a change."""
    states = (firm.table(change.kind).get(change.key), change.record)
    mine = all(
        answers_for(firm, actor, change.kind, state) for state in states if state
    )
    forged = signs_for_others(firm, change)
    return actor.owner or (not forged and (mine or runs_the_firm(firm, actor)))


# What the code says


def passes(let: Callable[[], None]) -> bool:
    try:
        let()
    except Forbidden:
        return False
    return True


def differs(dice: Dice, operation: str) -> bool:
    """Tell whether code and oracle differ about one drawn case."""
    firm, actor = dice.firm(), dice.actor()
    about = dice.one(ABOUT.get(operation, ("",)))
    said = passes(lambda: permit(firm, actor, operation, about))
    return said != ORACLE[operation](firm, actor, about)


def differs_about_a_change(dice: Dice) -> bool:
    """Tell whether code and oracle differ about one drawn change."""
    firm, actor = dice.firm(), dice.actor()
    change = dice.change(firm)
    said = passes(lambda: permit_change(firm, actor, change))
    return said != may_write(firm, actor, change)


SEEDS = st.integers(0, 2**32)
CLOSED = sorted(set(OPERATIONS) - {"sign-in", "look", "try", "change"})


def test_every_operation_has_its_rule_written_down() -> None:
    assert set(ORACLE) == set(OPERATIONS)


def test_a_refusal_says_what_is_missing_and_who_may() -> None:
    firm, stranger = Dice(1).firm(), Actor(person="stranger")
    for operation in CLOSED:
        with pytest.raises(Forbidden) as error:
            permit(firm, stranger, operation, "nothing")
        assert error.value.what.endswith(".")
        assert error.value.do == f"This may be done by: {OPERATIONS[operation].says}."


@pytest.mark.parametrize("operation", OPERATIONS)
@given(seed=SEEDS)
def test_an_operation_is_let_pass_by_its_relation(operation: str, seed: int) -> None:
    assert not differs(Dice(seed), operation)


@pytest.mark.slow
@given(seed=SEEDS)
@settings(max_examples=2000)
def test_a_change_is_let_pass_by_the_relation_to_the_record(seed: int) -> None:
    assert not differs_about_a_change(Dice(seed))


# The oracle finds what is planted


@pytest.mark.parametrize("operation", CLOSED)
@pytest.mark.parametrize("says", ["", "Nobody may."])
def test_a_planted_hole_is_found(
    operation: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = Rule("anybody", lambda *_: says)
    monkeypatch.setitem(OPERATIONS, operation, planted)
    assert any(differs(Dice(seed), operation) for seed in range(300))


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("_forged", ""),
        ("_stranger", ""),
        ("administers", True),
        ("administers", False),
        ("leads", True),
        ("holds", True),
    ],
)
def test_a_planted_hole_in_changes_is_found(
    part: str, says: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(permissions, part, lambda *_: says)
    assert any(differs_about_a_change(Dice(seed)) for seed in range(2000))
