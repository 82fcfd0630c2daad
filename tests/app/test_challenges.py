"""The life of an objection: raised, joined, answered in time or not, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from tests.app.conftest import ANNA, BEN, CLEO, DORA, ERIK, NOW, OWNER

from weft.app import drafts, records, requests
from weft.app.framework import challenges
from weft.app.framework.challenges import Objection, Reply
from weft.app.views import look
from weft.core.entries import Change, put
from weft.core.framework.challenges import Challenge
from weft.core.people import About
from weft.core.records import read
from weft.core.requests import Request
from weft.core.roles import Actor
from weft.errors import ConflictError, Forbidden, InputError, NotFound, Problems
from weft.store.desk import Desk

DAY = timedelta(days=1)
RULE = "data-in-eu"


def objection(**more: Any) -> Objection:
    """Object to the rule on regions."""
    plain = {"guardrail": RULE, "reason": "The supplier has no region there."}
    return read(Objection, plain | more)


def reply(answer: str = "keep", **more: Any) -> Reply:
    return read(Reply, {"answer": answer, "reason": "It is the law.", **more})


def state(desk: Desk, told: Challenge, days: float = 0) -> str:
    return challenges.challenge(look(desk, BEN), told.id, NOW + days * DAY).state.state


def refused(desk: Desk, days: float = 0) -> int:
    """Have the rule refuse something; give the number of the decision."""
    request = Request(mission="payments", act="deploy", properties={"region": "us"})
    return requests.ask(desk, BEN, request, NOW + days * DAY).number


def another_version(desk: Desk, days: float) -> None:
    """Put the next version of the rule in its place."""
    rule = desk.firm().guardrails[RULE]
    newer = put(replace(rule, version=rule.version + 1, remedy="Ask us."))
    records.write(desk, CLEO, [newer], name="put", at=NOW + days * DAY)


def test_an_objection_is_answered_by_the_owner_in_time(desk: Desk) -> None:
    number = refused(desk)
    raised = challenges.raise_(
        desk, ANNA, objection(mission="payments", decisions=[number]), NOW
    )
    assert (raised.by, raised.version, raised.due) == ("anna", 1, date(2026, 12, 5))
    assert [state(desk, raised, d) for d in (0, 10, 11, 14)] == [
        *("asked", "asked", "due", "due"),
    ]
    told = challenges.answer(desk, CLEO, raised.id, reply(), at=NOW + 3 * DAY)
    assert (told.answer, told.answered_by) == ("keep", "cleo")
    assert [state(desk, raised, d) for d in (3, 20)] == ["answered", "answered"]


def test_it_lapses_on_its_day_and_can_still_be_answered(desk: Desk) -> None:
    raised = challenges.raise_(desk, ANNA, objection(), NOW)
    assert state(desk, raised, 15) == "lapsed"
    challenges.answer(desk, CLEO, raised.id, reply(), at=NOW + 20 * DAY)
    assert state(desk, raised, 20) == "answered"


def test_the_days_are_a_setting_of_the_firm(quick: Desk) -> None:
    about = About(id="lumen", title="Lumen", challenge_days=5)
    records.write(quick, ERIK, [put(about)], name="put", at=NOW)
    raised = challenges.raise_(quick, ANNA, objection(), NOW)
    assert raised.due == date(2026, 11, 26)


@pytest.mark.parametrize("actor", [ANNA, ERIK, DORA, OWNER, Actor(person="x")])
def test_only_the_owning_role_answers(quick: Desk, actor: Actor) -> None:
    raised = challenges.raise_(quick, BEN, objection(mission="payments"), NOW)
    with pytest.raises(Forbidden, match=r"do not hold the role [Ss]ecurity"):
        challenges.answer(quick, actor, raised.id, reply(), at=NOW)


def test_nobody_answers_an_objection_of_their_own(quick: Desk) -> None:
    """Ben holds the role that owns the rule."""
    raised = challenges.raise_(quick, BEN, objection(), NOW)
    challenges.join(quick, CLEO, raised.id, at=NOW)
    for actor in (BEN, CLEO):
        with pytest.raises(Forbidden, match="another has to answer it"):
            challenges.answer(quick, actor, raised.id, reply(), at=NOW)


def test_it_goes_on_while_somebody_stands_behind_it(quick: Desk) -> None:
    raised = challenges.raise_(quick, ANNA, objection(), NOW)
    joined = challenges.join(quick, ERIK, raised.id, at=NOW)
    assert joined.objectors == ("anna", "erik")
    with pytest.raises(ConflictError, match="already"):
        challenges.join(quick, ERIK, raised.id, at=NOW)
    with pytest.raises(Forbidden, match="do not stand behind"):
        challenges.withdraw(quick, CLEO, raised.id, at=NOW)
    left = challenges.withdraw(quick, ANNA, raised.id, at=NOW)
    assert (left.objectors, state(quick, left)) == (("erik",), "asked")
    assert left.due == raised.due
    challenges.withdraw(quick, ERIK, raised.id, at=NOW)
    assert state(quick, raised) == "withdrawn"
    for act in (challenges.join, challenges.withdraw):
        with pytest.raises((ConflictError, Forbidden)):
            act(quick, ERIK, raised.id, at=NOW)


def test_a_change_names_a_version_that_is_there(quick: Desk) -> None:
    raised = challenges.raise_(quick, ANNA, objection(), NOW)

    def answer(**more: Any) -> Challenge:
        told = reply("change", **more)
        return challenges.answer(quick, CLEO, raised.id, told, at=NOW + 2 * DAY)

    for more in ({}, {"version": 1}, {"version": 2}):
        with pytest.raises(InputError, match="has version 1"):
            answer(**more)
    another_version(quick, 1)
    assert answer().to_version == 2


def test_a_trial_ends_within_what_is_allowed(quick: Desk) -> None:
    raised = challenges.raise_(quick, ANNA, objection(), NOW)
    for days in (0, 91):
        told = reply("try", until=(NOW + days * DAY).date().isoformat())
        with pytest.raises(InputError, match="within 90 days"):
            challenges.answer(quick, CLEO, raised.id, told, at=NOW)
    told = reply("try", until="2026-12-21")
    answered = challenges.answer(quick, CLEO, raised.id, told, at=NOW)
    assert (answered.to_version, answered.trial_until) == (1, date(2026, 12, 21))


def test_with_retire_the_guardrail_ends(quick: Desk) -> None:
    raised = challenges.raise_(quick, ANNA, objection(), NOW)
    challenges.answer(quick, CLEO, raised.id, reply("retire"), at=NOW)
    assert quick.firm().guardrails[RULE].phase == "retired"
    with pytest.raises(Problems, match="binds nobody"):
        challenges.raise_(quick, ANNA, objection(), NOW)


@pytest.mark.parametrize(
    "plain",
    [
        {"answer": "keep", "version": 2},
        {"answer": "keep", "until": "2026-12-01"},
        {"answer": "try"},
        {"answer": "shrug"},
    ],
)
def test_an_answer_has_what_belongs_to_it(plain: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        read(Reply, {"reason": "So.", **plain})


# Abuse


def test_a_flood_is_stopped(quick: Desk) -> None:
    for number in range(3):
        rule = replace(quick.firm().guardrails[RULE], id=f"rule{number}")
        records.write(quick, OWNER, [put(rule)], name="put", at=NOW)
        challenges.raise_(quick, ANNA, objection(guardrail=rule.id), NOW)
    with pytest.raises(Problems, match="3 objections of yours wait"):
        challenges.raise_(quick, ANNA, objection(), NOW)
    with pytest.raises(Problems, match="is not answered yet"):
        challenges.raise_(quick, ANNA, objection(guardrail="rule0"), NOW)
    challenges.raise_(quick, ERIK, objection(guardrail="rule0"), NOW)


def test_after_a_keep_it_takes_new_evidence(quick: Desk) -> None:
    old = refused(quick)
    raised = challenges.raise_(quick, ANNA, objection(decisions=[old]), NOW)
    challenges.answer(quick, CLEO, raised.id, reply(), at=NOW + DAY)
    for actor, numbers in ((ANNA, [old]), (ERIK, []), (ERIK, [old])):
        with pytest.raises(Problems, match="answered with keep"):
            challenges.raise_(quick, actor, objection(decisions=numbers), NOW + 2 * DAY)
    new = refused(quick, 2)
    challenges.raise_(quick, ANNA, objection(decisions=[new]), NOW + 2 * DAY)


def test_another_version_may_be_objected_to_at_once(quick: Desk) -> None:
    raised = challenges.raise_(quick, ANNA, objection(), NOW)
    challenges.answer(quick, CLEO, raised.id, reply(), at=NOW)
    another_version(quick, 1)
    assert challenges.raise_(quick, ANNA, objection(), NOW + DAY).version == 2


def test_a_clock_set_back_gives_no_more_time(quick: Desk) -> None:
    raised = challenges.raise_(quick, ANNA, objection(), NOW)
    refused(quick, 16)
    assert state(quick, raised, -5) == "lapsed"


@pytest.mark.parametrize("actor", [CLEO, ERIK])
def test_it_is_raised_and_never_written(quick: Desk, actor: Actor) -> None:
    raised = challenges.raise_(quick, ANNA, objection(), NOW)
    late = put(replace(raised, due=date(2027, 2, 1)))
    with pytest.raises(Forbidden, match="never written"):
        records.write(quick, actor, [late], name="put", at=NOW)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"reason": "  "}, "Nothing says why"),
        ({"mission": "nowhere"}, "have no seat in nowhere"),
        ({"waivers": ["w1"]}, "no waiver called 'w1'"),
        ({"decisions": [1]}, "Decision 1 says nothing of data-in-eu"),
        ({"decisions": [10**12]}, "says nothing of data-in-eu"),
        ({"guardrail": "data-in-us"}, "no guardrail called 'data-in-us'"),
        ({"draft": "dream"}, "no draft called 'dream'"),
    ],
)
def test_what_is_wrong_with_it_is_told(
    quick: Desk, more: dict[str, Any], says: str
) -> None:
    before = quick.firm().seq
    with pytest.raises((InputError, Forbidden), match=says):
        challenges.raise_(quick, ANNA, objection(**more), NOW)
    assert quick.firm().seq == before


def test_a_draft_with_it_has_the_guardrail(quick: Desk) -> None:
    drafts.new(quick, ANNA, "dream", "Dream")
    with pytest.raises(InputError, match="does not change data-in-eu"):
        challenges.raise_(quick, ANNA, objection(draft="dream"), NOW)
    softer = replace(quick.firm().guardrails[RULE], level="advise")
    drafts.add(quick, ANNA, "dream", [put(softer)])
    raised = challenges.raise_(quick, ANNA, objection(draft="dream"), NOW)
    view = look(quick, CLEO)
    assert challenges.proposal(quick, view, raised) == softer
    drafts.drop(quick, ANNA, "dream")
    assert challenges.proposal(quick, view, raised) is None


def test_a_partners_person_objects_for_a_mission_they_share(quick: Desk) -> None:
    with pytest.raises(Forbidden):
        challenges.raise_(quick, DORA, objection(), NOW)
    with pytest.raises(Forbidden):
        challenges.raise_(quick, DORA, objection(mission="lending"), NOW)
    mine = challenges.raise_(quick, DORA, objection(mission="payments"), NOW)
    other = challenges.raise_(quick, ERIK, objection(mission="lending"), NOW)
    view = look(quick, DORA)
    assert challenges.challenge(view, mine.id, NOW).challenge == mine
    seen = challenges.challenge(view, other.id, NOW).challenge
    assert (seen.by, seen.mission, seen.reason) == ("somebody", None, "")
    with pytest.raises(Forbidden):
        challenges.join(quick, DORA, other.id, at=NOW)


def test_a_key_has_one_effect(quick: Desk) -> None:
    one, two = (
        challenges.raise_(quick, ANNA, objection(), NOW, "once") for _ in range(2)
    )
    assert one == two


def test_what_is_not_there(quick: Desk) -> None:
    deeds: list[Callable[[], object]] = [
        lambda: challenges.join(quick, ANNA, "c1", at=NOW),
        lambda: challenges.withdraw(quick, ANNA, "c1", at=NOW),
        lambda: challenges.answer(quick, ANNA, "c1", reply(), at=NOW),
        lambda: challenges.challenge(look(quick, ANNA), "c1", NOW),
    ]
    for deed in deeds:
        with pytest.raises(NotFound):
            deed()


def test_a_guardrail_takes_its_objections_with_it(quick: Desk) -> None:
    challenges.raise_(quick, ANNA, objection(), NOW)
    gone = Change("guardrails", RULE)
    with pytest.raises(Problems, match="no guardrail called"):
        records.write(quick, ERIK, [gone], name="drop", at=NOW)
