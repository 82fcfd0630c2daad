"""What waits for somebody's yes or no is told to them, and to nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.app.conftest import ANNA, BEN, ERIK, NOW, OWNER
from tests.app.rounds.conftest import FRED, proposed, says

from weft.app import home
from weft.app.views import look
from weft.core.roles import Actor
from weft.store.desk import Desk


def waits(desk: Desk, actor: Actor, at: datetime = NOW) -> list[str]:
    return [move.person for move in home.needed(look(desk, actor), at).moves]


def test_a_move_waits_for_the_person_and_the_leads_of_what_gains(desk: Desk) -> None:
    assert waits(desk, OWNER) == []
    proposed(desk)
    assert {a.person: waits(desk, a) for a in (FRED, ERIK, BEN, OWNER, ANNA)} == {
        "fred": ["fred"],
        "erik": ["fred"],
        "ben": ["fred"],
        "owner": ["fred"],
        "anna": [],
    }


def test_who_has_said_yes_waits_for_the_others(desk: Desk) -> None:
    proposed(desk)
    says(desk, ERIK, answer="accept")
    assert waits(desk, ERIK) == waits(desk, BEN) == []  # one lead is enough
    assert waits(desk, FRED) == ["fred"]
    says(desk, ERIK, answer="change", people=("fred",), shares={"lending": 20})
    assert waits(desk, FRED) == ["fred"]
    says(desk, FRED, answer="accept")
    assert waits(desk, FRED) == waits(desk, OWNER) == []


def test_the_person_who_has_said_yes_waits_for_a_lead(desk: Desk) -> None:
    proposed(desk)
    says(desk, FRED, answer="accept")
    assert waits(desk, FRED) == []
    assert waits(desk, ERIK) == waits(desk, OWNER) == ["fred"]


@pytest.mark.parametrize("actor", [FRED, ERIK, OWNER])
def test_what_is_refused_or_of_a_month_gone_by_waits_for_nobody(
    desk: Desk, actor: Actor
) -> None:
    proposed(desk)
    assert waits(desk, actor, NOW + timedelta(days=60)) == []
    says(desk, FRED, answer="refuse", people=("fred",), why="time")
    assert waits(desk, actor) == []
