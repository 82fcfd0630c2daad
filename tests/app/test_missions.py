"""Missions: who sits there, and who signs the mandate."""

from __future__ import annotations

import pytest
from tests.app.conftest import ANNA, BEN, ERIK, NOW, OWNER

from weft.app import missions
from weft.app.views import look
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
