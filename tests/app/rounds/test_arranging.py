"""Seats tried out by hand: weighed without a trace, put before people in one entry."""

from __future__ import annotations

import pytest
from tests.app.conftest import ANNA, CLEO, DORA, ERIK, NOW, OWNER
from tests.app.rounds.conftest import DAY, FRED, MONTH, proposed, says, seats, worked

from weft.app.rounds.arranging import Arrangement, Weighing, arrange, weigh
from weft.app.rounds.working_out import Patience
from weft.core.entries import Deed, put
from weft.core.roles import Actor
from weft.core.rounds.asking import Wish
from weft.errors import ConflictError, Forbidden, InputError, NotFound
from weft.store.desk import Desk

BEN = Actor(person="ben")
Tried = dict[str, dict[str, int]]


def tried(desk: Desk, shares: Tried, actor: Actor = ERIK) -> Weighing:
    asked = Arrangement(month=MONTH, shares=shares)
    return weigh(desk, actor, asked, now=NOW, patience=Patience(lambda: 20.0))


def put_so(desk: Desk, actor: Actor, shares: Tried) -> tuple[str, ...]:
    asked = Arrangement(month=MONTH, shares=shares, why="team")
    return arrange(desk, actor, asked, NOW + DAY).taken


def test_what_is_proposed_is_weighed_as_the_round_weighed_it(desk: Desk) -> None:
    proposed(desk)
    before = desk.firm()
    found = tried(desk, {})
    assert desk.firm() is before
    assert found.tried == found.proposed
    assert (found.now.gap or 0) > (found.proposed.gap or 0) == 0
    [lending, payments] = found.missions
    assert (lending.now.given, lending.tried.given, lending.tried.asked) == (0, 60, 60)
    assert [(h.person, h.now, h.proposed, h.tried) for h in payments.held][-1] == (
        *("fred", 100, 40, 40),
    )
    assert found.doubts == ()
    assert [person.lacks for person in found.people] == [""]
    assert "none in which you have a say" in tried(desk, {}, CLEO).people[0].lacks


def test_what_is_not_there_is_named(desk: Desk) -> None:
    for shares in ({"nobody": {"lending": 20}}, {"fred": {"nothing": 20}}):
        with pytest.raises(NotFound, match="no"):
            tried(desk, shares)


def test_what_is_tried_says_what_it_does_to_each_mission(desk: Desk) -> None:
    proposed(desk)
    found = tried(desk, {"fred": {"lending": 20, "payments": 80}})
    [lending, _] = found.missions
    assert [(lack.skill, lack.open) for lack in lending.tried.lacks] == [("rust", 40)]
    assert found.tried.open - found.proposed.open == 4 * 100
    assert (found.tried.gap or 0) > 0
    [fred] = found.people
    assert [(p.mission, p.before, p.after) for p in fred.tried] == [
        ("lending", 0, 20),
        ("payments", 100, 80),
    ]


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ({"lending": 100}, "140 % of their time"),
        ({"lending": 15}, "steps of 10 %"),
    ],
)
def test_what_breaks_a_rule_is_said_and_has_no_gap(
    desk: Desk, shares: dict[str, int], told: str
) -> None:
    proposed(desk)
    found = tried(desk, {"fred": shares})
    assert told in " ".join(doubt.what for doubt in found.doubts)
    assert found.tried.gap is None


def test_what_is_known_of_nobody_is_no_way_to_find_out_a_wish(desk: Desk) -> None:
    proposed(desk)
    shares = {"fred": {"lending": 20, "payments": 80}}
    before = tried(desk, shares)
    wish = Wish(person="fred", moves=False, leaves=("lending",))
    deed = Deed(name="put", changes=(put(wish),))
    desk.write(lambda _: deed, at=NOW, actor=FRED)
    after = tried(desk, shares)
    assert (after.tried, after.doubts) == (before.tried, before.doubts)


def test_a_refusal_is_said_where_it_is_tried_again(desk: Desk) -> None:
    proposed(desk)
    says(desk, FRED, answer="refuse", people=("fred",), why="place")
    found = tried(desk, {"fred": {"lending": 60, "payments": 40}})
    assert [doubt.what for doubt in found.doubts] == [
        "This was refused within the last six months."
    ]


def test_what_was_tried_is_put_before_people_and_then_holds(desk: Desk) -> None:
    proposed(desk)
    shares = {"lending": 20, "payments": 80}
    assert put_so(desk, ERIK, {"fred": shares}) == ()
    assert seats(desk) == {"payments": 100}
    assert says(desk, FRED, answer="accept").taken == ("fred",)
    assert seats(desk) == shares


def test_back_to_the_seats_of_now_is_a_refusal_with_its_reason(desk: Desk) -> None:
    proposed(desk)
    put_so(desk, ERIK, {"fred": {"lending": 0, "payments": 100}})
    move = desk.firm().moves[f"{MONTH}:fred"]
    assert (move.state, move.last[0].why) == ("refused", "team")
    assert worked(desk).moves == ()


def test_somebody_without_a_move_is_asked_anew(desk: Desk) -> None:
    proposed(desk)
    put_so(desk, ERIK, {"ben": {"lending": 20}})
    move = desk.firm().moves[f"{MONTH}:ben"]
    assert (move.state, move.heard, move.promised) == ("asked", ("lending",), True)
    assert says(desk, BEN, answer="accept", people=("ben",)).taken == ("ben",)


def test_who_is_only_let_go_is_heard_and_so_is_a_lead_who_loses(desk: Desk) -> None:
    proposed(desk)
    assert put_so(desk, FRED, {"fred": {"lending": 0, "payments": 60}}) == ()
    move = desk.firm().moves[f"{MONTH}:fred"]
    assert move.heard == ("payments",)
    with pytest.raises(Forbidden):
        says(desk, ERIK, answer="accept", people=("fred",))
    assert says(desk, ANNA, answer="accept", people=("fred",)).taken == ("fred",)
    assert seats(desk) == {"payments": 60}


@pytest.mark.parametrize("actor", [CLEO, DORA])
def test_who_has_no_say_is_refused(desk: Desk, actor: Actor) -> None:
    proposed(desk)
    shares = {"fred": {"lending": 20, "payments": 80}}
    with pytest.raises(Forbidden):
        put_so(desk, actor, shares)


def test_what_no_seat_can_be_writes_nothing(desk: Desk) -> None:
    with pytest.raises(InputError, match="No round of 2026-12"):
        put_so(desk, OWNER, {"fred": {"lending": 20}})
    proposed(desk)
    before = desk.firm().seq
    for shares, told in (
        ({}, "No seat is named"),
        ({"fred": {"lending": 15}}, "A seat of 15 % is none"),
        ({"ben": {"lending": 0}}, "would sit as now"),
    ):
        with pytest.raises(InputError, match=told):
            put_so(desk, OWNER, shares)
    assert desk.firm().seq == before
    says(desk, OWNER, answer="accept")
    with pytest.raises(ConflictError, match="taken already"):
        put_so(desk, OWNER, {"fred": {"lending": 20}})
