"""The page of a round: worked out, put before people, answered; without JavaScript."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.web.pages.conftest import Browser, Html

Opened = Callable[[str], Browser]
ROUND = "/round?month=2026-12"


def worked_out(browser: Browser) -> Html:
    """Have the round worked out, and wait for it as a browser does."""
    form = browser.get(ROUND).form("/round/work")
    html = browser.send(form, months="2", limit="20")
    for _ in range(400):
        if "What Weft would propose" in html.text:
            return html
        time.sleep(0.05)
        html = browser.get(ROUND)
    raise AssertionError(html.text)


def test_a_round_goes_from_the_proposal_to_the_seats(example: Opened) -> None:
    browser = example("airline")
    html = worked_out(browser)
    assert html.wrong == []
    assert "At most 0.0 % from the best possible" in html.text
    put = browser.send(html.form("/round/propose"))
    assert "Waits" in put.text
    assert put.wrong == []
    seats = browser.get("/missions/pre-flight-experience?month=2026-12").text
    done = browser.send(put.form("/round/answer/accept"))
    assert "Taken" in done.text
    after = browser.get("/missions/pre-flight-experience?month=2026-12").text
    assert after.count(" 60 %") > seats.count(" 60 %")


def test_a_refusal_is_shown_with_its_reason(example: Opened) -> None:
    browser = example("airline")
    put = browser.send(worked_out(browser).form("/round/propose"))
    html = browser.send(put.form("/round/answer/refuse"), why="place")
    assert "Refused" in html.text
    assert "refuse, place" in html.text


def test_a_month_that_is_past_is_not_worked_out(example: Opened) -> None:
    html = example("airline").get("/round?month=2026-01")
    assert "This month is past" in html.text


def test_a_stopped_round_leaves_nothing(example: Opened) -> None:
    browser = example("airline")
    form = browser.get(ROUND).form("/round/work")
    html = browser.send(form, months="6", limit="20")
    if "Stop it" in html.text:
        html = browser.send(html.form("/round/stop"))
        assert "Being worked out" not in html.text


def test_a_mission_shows_what_it_wants_and_has_and_why_it_is_open(
    example: Opened,
) -> None:
    browser = example("airline")
    page = "/missions/pre-flight-experience?month=2026-12"
    before = browser.get(page)
    assert "not worked out yet" in before.text
    worked_out(browser)
    after = browser.get(page)
    assert after.wrong == []
    assert "The round would fill it." in after.text
    client: Any = browser.client
    told = client.get("/api/rounds/missions/pre-flight-experience?month=2026-12")
    lacks = [w for w in told.json() if w["given"]["2026-12"] < w["asked"]["2026-12"]]
    assert [w["skill"] for w in lacks] == ["loyalty-programme"]


def test_http_works_it_out_and_answers(example: Opened) -> None:
    client: Any = example("airline").client
    ask = {"month": "2026-12", "months": 2, "limit": 20}
    found = client.post("/api/rounds/plan", json=ask).json()
    assert (found["gap"], len(found["moves"])) == (0.0, 1)
    made = client.post("/api/rounds", json=ask).json()
    assert made["cost"] == made["bound"]
    [move] = client.get("/api/rounds/2026-12/moves").json()
    said = {"month": "2026-12", "answer": "accept", "people": [move["person"]]}
    assert client.post("/api/rounds/answer", json=said).json()["taken"]
    need = {"mission": "pre-flight-experience", "skill": "kotlin", "share": 60}
    told = {"need": {**need, "month": "2026-12"}, "ask": ask}
    assert client.post("/api/rounds/can", json=told).json()["verdict"] == "no"
