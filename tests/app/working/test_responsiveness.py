"""How long who asks waits, from the journal: by mission, as of then, for whose eyes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.app.conftest import ANNA, BEN, DORA, ERIK, OWNER, START

from weft.app import requests, waivers
from weft.app.views import look
from weft.app.waivers import Wish
from weft.app.working.responsiveness import Responded, responsiveness, waited
from weft.core.delivering.deliveries import Delivery
from weft.core.entries import Deed
from weft.core.requests import Request
from weft.core.roles import Actor
from weft.errors import NotFound
from weft.store.desk import Desk

YES = {"region": "eu", "encrypted": True}
NO = {"region": "us", "encrypted": True}


def at(days: float) -> datetime:
    """Give the instant so many days after the start."""
    return START + timedelta(days=days)


def ask(desk: Desk, day: float, properties: dict[str, Any], **more: Any) -> int:
    """Ask for something of payments on a day, and give the number of the answer."""
    given = {"mission": "payments", "act": "deploy", "asset": "ledger", **more}
    wanted = Request(properties=properties, **given)
    return requests.ask(desk, OWNER, wanted, at(day)).number


def run(desk: Desk, *days: float) -> None:
    """Report deployments of the ledger."""
    told = tuple(
        Delivery(id=f"d{d}", source="ci", what="deployment", of="ledger", at=at(d))
        for d in days
    )
    desk.write(lambda _: Deed(name="told", facts=told), at=at(40), actor=OWNER)


def of(desk: Desk, actor: Actor, mission: str, day: float = 50) -> Responded:
    """Give the figures of one mission, the same in both places."""
    found = responsiveness(desk, look(desk, actor), at(day))
    (row,) = [each for each in found.missions if each.mission == mission]
    assert row == waited(desk, look(desk, actor), mission, at(day)).figures
    return row


def test_a_want_is_told_from_first_asking_to_yes_and_to_done(desk: Desk) -> None:
    numbers = [ask(desk, 1, NO), ask(desk, 5, YES), ask(desk, 9, YES)]
    run(desk, 0, 8, 20)
    row = of(desk, ANNA, "payments")
    assert (row.wants, row.at_once, row.yes.median.value) == (2, 1, 2)
    assert (row.done.n, row.done.waiting, row.done.median.value) == (2, 0, 9)
    newest, first = waited(desk, look(desk, ANNA), "payments", at(50)).wants
    assert (first.answers, newest.answers) == ((*numbers[:2],), (numbers[2],))
    assert (first.done, newest.done) == (at(8), at(20))


def test_who_still_waits_comes_first_and_counts_as_waiting(quick: Desk) -> None:
    waits = ask(quick, 3, NO, asset=None, title="Out of reach")
    longer = ask(quick, 2, NO, asset=None, title="Farther")
    for day in range(10, 13):
        ask(quick, day, YES)
    row = of(quick, ANNA, "payments")
    assert (row.yes.n, row.yes.waiting, row.done.n) == (5, 2, 0)
    assert (row.yes.median.value, row.yes.slowest.few) == (0, True)
    told = waited(quick, look(quick, ANNA), "payments", at(50)).wants
    assert [want.answers for want in told[:2]] == [(longer,), (waits,)]
    for day in range(4):
        ask(quick, 20 + day, NO, asset=None, title=f"Beyond {day}")
    slow = of(quick, ANNA, "payments").yes.median
    assert slow.value is None  # six of nine wait


def test_a_granted_waiver_is_a_yes_before_anybody_asks_again(quick: Desk) -> None:
    number = ask(quick, 1, NO)
    wish = Wish(
        guardrail="data-in-eu",
        mission="payments",
        asset="ledger",
        reason="The region opens in a month.",
        until=at(40),
        decision=number,
    )
    asked = waivers.ask(quick, OWNER, wish, at(2))
    assert of(quick, ANNA, "payments").yes.waiting == 1
    waivers.grant(quick, BEN, asked.id, at=at(4))
    (want,) = waited(quick, look(quick, ANNA), "payments", at(50)).wants
    assert (want.answering.days, want.waived) == (3, True)


def test_as_of_then_and_after_a_year_it_is_told_as_it_was(quick: Desk) -> None:
    ask(quick, 1, NO)
    seq = quick.firm().seq
    ask(quick, 5, YES)
    assert of(quick, ANNA, "payments").yes.waiting == 0
    then = responsiveness(quick, look(quick, ANNA, as_of=str(seq)), at(50))
    assert then.all
    assert (then.all.yes.n, then.all.yes.waiting) == (1, 1)
    later = responsiveness(quick, look(quick, ANNA), at(50 + 365))
    assert (later.all, later.missions) == (None, ())
    assert waited(quick, look(quick, ANNA), "lending", at(50)).wants == ()


def test_what_is_asked_later_is_read_and_what_is_known_not_again(quick: Desk) -> None:
    first = ask(quick, 1, NO)
    known = quick.asked(first)
    assert quick.asked(first) is known
    second = ask(quick, 2, YES)
    assert [each.number for each in quick.asked(second)] == [first, second]
    assert quick.asked(second)[0] is known[0]
    assert quick.asked(first) == known
    assert quick.asked(0) == []


def test_a_partner_is_told_of_shared_missions_alone(quick: Desk) -> None:
    ask(quick, 1, YES)
    ask(quick, 1, NO, mission="lending", asset=None, title="A vault")
    assert [
        each.mission
        for each in responsiveness(quick, look(quick, ERIK), at(50)).missions
    ] == ["lending", "payments"]
    found = responsiveness(quick, look(quick, DORA), at(50))
    assert [each.mission for each in found.missions] == ["payments"]
    assert found.all
    assert found.all.wants == 1
    with pytest.raises(NotFound, match="no mission called 'lending'"):
        waited(quick, look(quick, DORA), "lending", at(50))
    with pytest.raises(NotFound, match="no mission called 'lendin'"):
        waited(quick, look(quick, ERIK), "lendin", at(50))
