"""Who lends is credited: on the page of the mission and of the round."""

from __future__ import annotations

from typing import Any

from tests.web.conftest import OWNER, START

from weft.core.entries import Deed, put
from weft.core.missions import Mission, Seat
from weft.core.rounds.round import Move, Part


def test_a_mission_is_told_what_it_lends_to_whom(browser_without_js: Any) -> None:
    browser = browser_without_js
    parts = (
        Part(mission="cards", before=0, after=40),
        Part(mission="payments", before=100, after=60),
    )
    records = [
        Mission(id="cards", title="Cards"),
        Seat(person="ben", mission="cards", share=40, start="2026-12"),
        Seat(person="ben", mission="payments", share=60, start="2026-01"),
        Move(month="2026-12", person="ben", parts=parts, taken=True),
    ]
    deed = Deed(name="load", changes=tuple(map(put, records)))
    browser.client.app.state.desk.write(lambda _: deed, at=START, actor=OWNER)
    page = browser.get("/missions/payments?month=2026-12")
    assert page.wrong == []
    assert "It lends others 40 % of a person in December 2026" in page.text
    round_page = browser.get("/round?month=2026-12")
    assert round_page.wrong == []
    assert "Who lends whom" in round_page.text
    assert "lends in all, as agreed" in round_page.text
    told = browser.client.get("/api/rounds/2026-12/loans?mission=payments").json()
    assert told["given"]["payments"]["2026-12"] == 40
