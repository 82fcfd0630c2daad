"""Last month's plan beside what really happened, by mission and by person."""

from __future__ import annotations

import pytest
from tests.app.conftest import DORA, ERIK, NOW, OWNER
from tests.app.rounds.conftest import MONTH, proposed, says

from weft.app.rounds.keeping import round_kept
from weft.app.views import look
from weft.core.entries import Deed, put
from weft.core.missions import Seat
from weft.core.roles import Actor
from weft.engines.allocation import RoundKept
from weft.errors import NotFound
from weft.store.desk import Desk


def kept(desk: Desk, actor: Actor = ERIK) -> RoundKept:
    return round_kept(desk, look(desk, actor), MONTH)


def changed(desk: Desk, seat: Seat) -> int:
    deed = Deed(name="import", changes=(put(seat),))
    return desk.write(lambda _: deed, at=NOW, actor=OWNER).seq


def test_what_was_agreed_and_is_so_is_kept(desk: Desk) -> None:
    proposed(desk)
    says(desk, OWNER, answer="accept")
    found = kept(desk)
    assert found.counts == {"kept": 2}
    assert [(s.mission, s.before, s.planned, s.really) for s in found.seats] == [
        ("lending", 0, 60, 60),
        ("payments", 100, 40, 40),
    ]
    assert all(s.entry and s.deed == "round.accept" for s in found.seats)
    [lending, _] = found.missions
    assert (lending.before, lending.planned, lending.really) == (0, 60, 60)


def test_a_refusal_is_told_with_its_reason_and_silence_as_such(desk: Desk) -> None:
    proposed(desk)
    assert kept(desk).counts == {"unanswered": 2}
    says(desk, OWNER, answer="refuse", why="place")
    found = kept(desk)
    assert (found.counts, found.whys) == ({"refused": 2}, {"place": 1})
    assert {seat.why for seat in found.seats} == {"place"}


def test_what_changed_since_and_beside_is_told_with_its_entry(desk: Desk) -> None:
    proposed(desk)
    says(desk, OWNER, answer="accept")
    later = Seat(person="fred", mission="lending", share=30, start=MONTH)
    beside = Seat(person="ben", mission="lending", share=20, start=MONTH)
    entries = [changed(desk, seat) for seat in (later, beside)]
    found = {(s.person, s.mission): s for s in kept(desk).seats}
    assert found["fred", "lending"].came == "changed"
    assert found["fred", "payments"].came == "kept"
    assert found["ben", "lending"].came == "beside"
    told = [
        (found[k].entry, found[k].deed)
        for k in (("fred", "lending"), ("ben", "lending"))
    ]
    assert told == [(entry, "import") for entry in entries]


def test_a_round_that_is_not_there_or_not_to_be_seen_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        kept(desk)
    proposed(desk)
    with pytest.raises(NotFound):
        kept(desk, DORA)
