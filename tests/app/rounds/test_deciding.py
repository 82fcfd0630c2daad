"""A round from the proposal to the seats: nothing changes until those asked say yes."""

from __future__ import annotations

import pytest
from tests.app.conftest import ANNA, CLEO, DORA, ERIK, NOW, OWNER
from tests.app.rounds.conftest import (
    ASK,
    DAY,
    FRED,
    MONTH,
    proposed,
    says,
    seats,
    worked,
)

from weft.app.rounds import deciding
from weft.app.rounds.working_out import Ask, Patience, can_take_on, work_out
from weft.core.entries import Deed, put
from weft.core.missions import Need, Seat
from weft.core.roles import Actor
from weft.core.rounds.round import Move, Part
from weft.errors import ConflictError, Forbidden, InputError
from weft.store.desk import Desk


def test_a_proposal_writes_nothing_and_says_how_good_it_is(desk: Desk) -> None:
    before = desk.firm()
    proposal = worked(desk)
    assert desk.firm() is before
    [move] = proposal.moves
    assert [(p.mission, p.before, p.after) for p in move.parts] == [
        ("lending", 0, 60),
        ("payments", 100, 40),
    ]
    assert move.asked == ("ben", "erik")
    assert (proposal.ended, proposal.gap) == ("proven", 0.0)


def test_the_person_and_a_lead_say_yes_and_then_the_seats_change(desk: Desk) -> None:
    proposed(desk)
    first = says(desk, ERIK, answer="accept", people=("fred",))
    assert first.taken == ()
    assert seats(desk) == {"payments": 100}
    last = says(desk, FRED, answer="accept", people=("fred",))
    assert last.taken == ("fred",)
    assert seats(desk) == {"lending": 60, "payments": 40}
    assert seats(desk, "2026-11") == {"payments": 100}
    assert worked(desk).moves == ()  # the next solve leaves what is agreed


def test_a_refusal_is_respected_by_the_next_solve(desk: Desk) -> None:
    proposed(desk)
    says(desk, FRED, answer="refuse", people=("fred",), why="needed-here")
    again = worked(desk)
    assert again.moves == ()
    [lacks] = again.open
    assert (lacks.skill, lacks.cause) == ("rust", "held")
    deciding.put_forward(desk, ERIK, again, NOW + DAY)
    assert worked(desk).moves == ()  # also once the round is put forward anew


def test_who_refused_can_take_it_back(desk: Desk) -> None:
    proposed(desk)
    says(desk, ERIK, answer="accept")
    says(desk, FRED, answer="refuse", people=("fred",), why="time")
    assert says(desk, FRED, answer="accept", people=("fred",)).taken == ("fred",)


def test_a_change_asks_the_others_anew(desk: Desk) -> None:
    proposed(desk)
    says(desk, FRED, answer="accept")
    shares = {"lending": 20, "payments": 80}
    assert not says(desk, ERIK, answer="change", people=("fred",), shares=shares).taken
    assert says(desk, FRED, answer="accept").taken == ("fred",)
    assert seats(desk) == shares


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ({"lending": 15}, "A seat of 15 % is none"),
        ({"lending": 100}, "140 % in 2 missions"),
        ({"lending": 0}, "no move"),
    ],
)
def test_a_change_that_no_seat_can_be_is_refused(
    desk: Desk, shares: dict[str, int], told: str
) -> None:
    proposed(desk)
    with pytest.raises(InputError, match=told):
        says(desk, FRED, answer="change", people=("fred",), shares=shares)


@pytest.mark.parametrize("actor", [ANNA, CLEO, DORA])
def test_who_is_not_asked_has_no_say(desk: Desk, actor: Actor) -> None:
    proposed(desk)
    with pytest.raises(Forbidden):
        says(desk, actor, answer="accept", people=("fred",))
    with pytest.raises(InputError, match="waits for your answer"):
        says(desk, actor, answer="accept")


@pytest.mark.parametrize("actor", [CLEO, DORA])
def test_leads_and_administrators_put_a_round_forward(desk: Desk, actor: Actor) -> None:
    with pytest.raises(Forbidden):
        deciding.put_forward(desk, actor, worked(desk), NOW)


def test_a_partner_s_person_sees_no_round_but_their_own_move(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        worked(desk, DORA)


def test_all_at_once_is_one_entry(desk: Desk) -> None:
    proposed(desk)
    before = desk.firm().seq
    said = says(desk, OWNER, answer="accept")
    assert (said.entry, said.taken) == (before + 1, ("fred",))


def test_seats_that_changed_since_are_not_overwritten(desk: Desk) -> None:
    proposed(desk)
    other = Seat(person="fred", mission="payments", share=50, start="2026-01")
    deed = Deed(name="put", changes=(put(other),))
    desk.write(lambda _: deed, at=NOW, actor=OWNER)
    with pytest.raises(ConflictError, match="has changed since"):
        says(desk, OWNER, answer="accept")


def test_a_month_that_is_past_is_refused_with_what_to_do(desk: Desk) -> None:
    with pytest.raises(InputError, match="2026-10 is past"):
        work_out(desk, ERIK, Ask(month="2026-10"), NOW, Patience(lambda: 5.0))


@pytest.mark.parametrize(
    ("share", "verdict", "gives"), [(40, "yes", 0), (100, "no", 1)]
)
def test_can_we_take_this_on(desk: Desk, share: int, verdict: str, gives: int) -> None:
    need = Need(mission="payments", skill="rust", share=share, month=MONTH)
    found = can_take_on(desk, ERIK, need, ASK, now=NOW, patience=Patience(lambda: 20.0))
    assert (found.verdict, len(found.gives)) == (verdict, gives)
    assert (found.open is None) == (verdict == "yes")
    assert desk.firm().needs.get(need.key) is None


def test_two_who_wait_for_each_other_both_get_there(desk: Desk) -> None:
    """Each leads the mission that the other is asked into: nobody has to be first."""
    moves = [
        Move(
            month=MONTH,
            person=person,
            parts=(Part(mission=to, before=0, after=20),),
            why="Wanted there.",
            price=1,
        )
        for person, to in (("anna", "lending"), ("erik", "payments"))
    ]
    deciding.put_forward(desk, ERIK, worked(desk), NOW)
    deed = Deed(name="load", changes=tuple(map(put, moves)))
    desk.write(lambda _: deed, at=NOW, actor=OWNER)
    for actor, name in ((ANNA, "anna"), (ERIK, "erik")):  # each to the own move
        assert says(desk, actor, answer="accept", people=(name,)).taken == ()
    assert says(desk, ANNA, answer="accept", people=("erik",)).taken == ("erik",)
    assert says(desk, ERIK, answer="accept", people=("anna",)).taken == ("anna",)
