"""Asking: decided at once, kept with its number, judged again to the same."""

from __future__ import annotations

import pytest
from tests.app.conftest import ANNA, BEN, CLEO, DORA, ERIK, NOW, OWNER

from weft.app import drafts, records, requests, waivers, wording
from weft.app.views import look
from weft.app.waivers import Wish
from weft.core.entries import Change, put
from weft.core.requests import Request
from weft.core.roles import Actor
from weft.errors import ConflictError, Forbidden, InputError, NotFound, Problems
from weft.store.desk import Desk

YES = Request(
    mission="payments", act="deploy", properties={"region": "eu", "encrypted": True}
)
NO = Request(
    mission="payments", act="deploy", properties={"region": "us", "encrypted": True}
)


def test_an_answer_is_kept_under_its_number(desk: Desk) -> None:
    answer = requests.ask(desk, BEN, NO, NOW)
    assert (answer.number, answer.decision.verdict) == (2, "refused")
    assert (answer.decision.asked_by, answer.decision.firm) == ("ben", 1)
    assert requests.answer(desk, ANNA, 2) == answer
    again = requests.replay(desk, ANNA, 2)
    assert (again.same, again.kept, again.again) == (True, answer.decision, again.kept)


def test_an_answer_is_the_same_whatever_changes_later(desk: Desk) -> None:
    kept = requests.ask(desk, BEN, NO, NOW)
    rule = Change("guardrails", "data-in-eu")
    records.write(desk, OWNER, [rule], name="remove", at=NOW)
    assert requests.ask(desk, BEN, NO, NOW).decision.verdict == "allowed"
    assert requests.replay(desk, BEN, kept.number).same


def test_asking_twice_with_one_key_gives_the_first_answer(desk: Desk) -> None:
    first = requests.ask(desk, BEN, NO, NOW, key="ci-1")
    assert requests.ask(desk, BEN, NO, NOW, key="ci-1") == first
    assert requests.ask(desk, ANNA, NO, NOW, key="ci-1") != first
    with pytest.raises(ConflictError, match="'ci-1' was used for something else"):
        requests.ask(desk, BEN, YES, NOW, key="ci-1")


@pytest.mark.parametrize("actor", [ANNA, BEN, DORA, ERIK, OWNER])
def test_leads_seats_and_administrators_ask(quick: Desk, actor: Actor) -> None:
    assert requests.ask(quick, actor, YES, NOW).decision.verdict == "allowed"


@pytest.mark.parametrize("actor", [CLEO, Actor(person="stranger")])
def test_others_do_not(quick: Desk, actor: Actor) -> None:
    with pytest.raises(Forbidden, match=r"no seat in [Pp]ayments and do not lead it"):
        requests.ask(quick, actor, YES, NOW)


def test_trying_keeps_nothing_and_works_on_a_draft(quick: Desk) -> None:
    drafts.new(quick, ANNA, "plan", "Without the rule")
    drafts.add(quick, ANNA, "plan", [Change("guardrails", "data-in-eu")])
    now, then = look(quick, BEN), look(quick, BEN, draft="plan")
    assert requests.try_out(now.firm, BEN, NO, NOW).verdict == "refused"
    assert requests.try_out(then.firm, BEN, NO, NOW).verdict == "allowed"
    assert quick.firm().seq == 1


def test_a_request_that_is_not_well_put_is_told_whole(quick: Desk) -> None:
    wrong = Request(
        mission="payments",
        act="deploi",
        asset="ledgr",
        properties={"regoin": "eu", "encrypted": "very"},
    )
    with pytest.raises(Problems) as error:
        requests.ask(quick, BEN, wrong, NOW)
    assert {p.where.path for p in error.value.problems} == {
        "$.act",
        "$.asset",
        "$.properties.regoin",
        "$.properties.encrypted",
    }
    assert quick.firm().seq == 1


def test_answers_are_listed_the_newest_first_and_sorted_out(quick: Desk) -> None:
    numbers = [requests.ask(quick, BEN, r, NOW).number for r in (YES, NO, YES)]
    every = [a.number for a in requests.decisions(quick, BEN)]
    assert every == numbers[::-1]
    refused = requests.decisions(quick, BEN, verdict="refused")
    assert [a.number for a in refused] == [numbers[1]]
    before = requests.decisions(quick, BEN, before=numbers[2], most=1)
    assert [a.number for a in before] == [numbers[1]]
    assert requests.decisions(quick, BEN, mission="lending") == []


def test_a_partner_sees_the_answers_of_their_missions(quick: Desk) -> None:
    mine = requests.ask(quick, BEN, YES, NOW).number
    lending = Request(mission="lending", act="deploy", properties=YES.properties)
    other = requests.ask(quick, BEN, lending, NOW).number
    assert [a.number for a in requests.decisions(quick, DORA)] == [mine]
    with pytest.raises(NotFound, match=f"There is no decision called '{other}'"):
        requests.answer(quick, DORA, other)
    with pytest.raises(NotFound, match=f"There is no decision called '{other}'"):
        requests.replay(quick, DORA, other)


def test_an_entry_that_is_no_answer_is_told(quick: Desk) -> None:
    for number in (1, 99, -1):
        with pytest.raises(NotFound):
            requests.answer(quick, BEN, number)


def test_the_offer_of_an_answer_is_a_wish_that_can_be_asked(quick: Desk) -> None:
    answer = requests.ask(quick, BEN, NO, NOW)
    offer = answer.decision.offers[0]
    assert set(offer.holders) <= {"cleo", "ben"}
    wish = Wish(
        guardrail=offer.guardrail,
        mission="payments",
        covers=offer.covers,
        reason="Until spring.",
        until=offer.latest,
        decision=answer.number,
    )
    waivers.grant(quick, CLEO, waivers.ask(quick, BEN, wish, NOW).id, at=NOW)
    assert requests.ask(quick, BEN, NO, NOW).decision.verdict.startswith("allowed")


# Words into requests


def test_words_are_typed_by_the_vocabulary(quick: Desk) -> None:
    texts = {"region": "eu", "encrypted": "Yes"}
    assert wording.request(quick.firm(), "payments", "", texts) == YES
    texts = {"region": "eu", "encrypted": ""}
    bare = wording.request(quick.firm(), "payments", "deploy", texts, title="A thing")
    assert bare == Request(
        mission="payments", act="deploy", title="A thing", properties={"region": "eu"}
    )


def test_words_that_fit_nothing_stay_for_the_check(quick: Desk) -> None:
    texts = {"encrypted": "perhaps", "regoin": "eu"}
    wish = wording.request(quick.firm(), "payments", "deploy", texts)
    assert wish.properties == texts
    with pytest.raises(Problems):
        requests.ask(quick, BEN, wish, NOW)


@pytest.mark.parametrize(
    ("words", "what"),
    [(["region"], "has no `=`"), (["a=1", "a=2"], "'a' comes twice")],
)
def test_words_are_pairs(words: list[str], what: str) -> None:
    with pytest.raises(InputError, match=what):
        wording.pairs(words)


def test_a_pair_splits_at_its_first_sign() -> None:
    assert wording.pairs(["url=a=b", "x="]) == {"url": "a=b", "x": ""}


def test_an_act_is_not_guessed_where_two_would_do(quick: Desk) -> None:
    act = quick.firm().acts["deploy"]
    other = type(act)(id="change", title="Change", asks=act.asks)
    records.write(quick, OWNER, [put(other)], name="put", at=NOW)
    with pytest.raises(InputError, match="There is no act called ''") as error:
        wording.request(quick.firm(), "payments", "", {"region": "eu"})
    assert error.value.do == "Use one of: change, deploy."
