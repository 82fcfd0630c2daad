"""Who lends is credited: by month and to whom, as the seats really stand."""

from __future__ import annotations

from tests.app.conftest import DORA, ERIK, NOW, OWNER
from tests.app.rounds.conftest import MONTH, proposed, says

from weft.app.rounds.lending import lending
from weft.app.views import look
from weft.core.entries import Deed, put
from weft.core.missions import Seat
from weft.store.desk import Desk


def test_what_waits_is_told_and_counts_for_nobody_yet(desk: Desk) -> None:
    proposed(desk)
    found = lending(look(desk, ERIK), MONTH, months=3)
    [loan] = found.loans
    assert (loan.lender, loan.borrower, loan.agreed) == ("payments", "lending", False)
    assert loan.months == {"2026-12": 60, "2027-01": 0, "2027-02": 0}
    assert found.given == {}


def test_what_is_taken_is_lent_for_as_long_as_the_seats_stand(desk: Desk) -> None:
    proposed(desk)
    says(desk, OWNER, answer="accept")
    found = lending(look(desk, ERIK), MONTH, mission="payments", months=3)
    lent = {"2026-12": 60, "2027-01": 60, "2027-02": 60}
    assert found.given == {"payments": lent}
    assert lending(look(desk, ERIK), MONTH, mission="lending", months=3).given == {}
    ends = Seat(person="fred", mission="lending", share=60, start=MONTH, end="2027-01")
    deed = Deed(name="put", changes=(put(ends),))
    desk.write(lambda _: deed, at=NOW, actor=OWNER)
    [loan] = lending(look(desk, ERIK), MONTH, months=3).loans
    assert loan.months == {**lent, "2027-02": 0}
    assert lending(look(desk, ERIK), "2028-01").loans == ()  # nobody lends for good


def test_a_refusal_lends_nothing_and_a_stranger_sees_nothing(desk: Desk) -> None:
    proposed(desk)
    assert lending(look(desk, DORA), MONTH).loans == ()
    says(desk, OWNER, answer="refuse", why="place")
    assert lending(look(desk, ERIK), MONTH).loans == ()
