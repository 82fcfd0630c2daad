"""Missions: who sits there, what the seats know, and who signs the mandate."""

from __future__ import annotations

import pytest
from tests.app.conftest import ANNA, BEN, ERIK, NOW, OWNER

from weft.app import missions, records
from weft.app.views import look
from weft.core.entries import put
from weft.core.missions import Need
from weft.errors import Forbidden, InputError, NotFound
from weft.store.desk import Desk

MONTH = "2026-11"


def test_seats_are_those_of_the_month_the_largest_share_first(desk: Desk) -> None:
    view = look(desk, OWNER)
    assert [s.person for s in missions.seats(view, "payments", MONTH)] == [
        "ben",
        "dora",
    ]
    assert [s.person for s in missions.seats(view, "payments", "2026-02")] == ["ben"]
    assert missions.seats(view, "lending", MONTH) == []


def test_a_skill_is_held_missing_or_hangs_on_one_person(desk: Desk) -> None:
    (line,) = missions.skills(look(desk, OWNER), "payments", MONTH)
    assert (line.skill, line.need, line.hole, line.single) == ("python", 0, False, True)
    need = Need(mission="payments", skill="python", level=5, share=50, month=MONTH)
    records.write(desk, OWNER, [put(need)], name="put", at=NOW)
    (line,) = missions.skills(look(desk, OWNER), "payments", MONTH)
    assert (line.need, line.level, line.hole) == (50, 5, True)  # ben is at 4
    (line,) = missions.skills(look(desk, OWNER), "payments", "2026-12")
    assert line.need == 0


def test_a_mandate_is_signed_once_by_each_lead_and_by_nobody_else(desk: Desk) -> None:
    missions.sign(desk, ERIK, "lending", NOW)
    assert not desk.firm().mandates["lending"].holds
    with pytest.raises(InputError, match="signed this mandate already"):
        missions.sign(desk, ERIK, "lending", NOW)
    with pytest.raises(Forbidden, match="not a lead"):
        missions.sign(desk, ANNA, "lending", NOW)
    with pytest.raises(NotFound):
        missions.sign(desk, ERIK, "nothing", NOW)
    missions.sign(desk, BEN, "lending", NOW)
    assert desk.firm().mandates["lending"].holds
