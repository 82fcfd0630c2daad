"""The pages of responsiveness: from the mission to its figures, and to each request."""

from __future__ import annotations

from typing import Any

from tests.web.conftest import OWNER
from tests.web.pages.conftest import Browser

from weft.app import requests
from weft.core.requests import Request


def test_a_lead_comes_from_the_mission_to_each_request_behind_a_figure(
    browser_without_js: Browser,
) -> None:
    browser = browser_without_js
    client: Any = browser.client
    state = client.app.state
    assert "asked for nothing" in browser.get("/responsiveness/payments").text
    told = [("Far away", "us"), ("Far away", "eu"), ("Out of reach", "us")]
    numbers = [
        requests.ask(
            state.desk,
            OWNER,
            Request(
                mission="payments",
                act="deploy",
                title=title,
                properties={"region": region, "encrypted": True},
            ),
            state.settings.clock(),
        ).number
        for title, region in told
    ]
    assert "/responsiveness/payments" in browser.get("/missions/payments").links()
    html = browser.get("/responsiveness")
    assert html.wrong == []
    assert "1 without a yes yet" in html.text
    assert "2 not told" in html.text
    assert "/responsiveness/payments" in html.links()
    html = browser.get("/responsiveness/payments")
    assert html.wrong == []
    assert {f"/decisions/{number}" for number in numbers} <= html.links()
    assert html.text.index("Out of reach") < html.text.index("Far away")
    assert "Waits" in html.text
    found = client.get("/api/responsiveness/payments").json()
    assert [want["answers"] for want in found["wants"]] == [[numbers[2]], numbers[:2]]
    assert client.get("/api/responsiveness").json()["all"]["wants"] == 2
    assert client.get("/api/responsiveness/nobody").status_code == 404
    assert client.get("/responsiveness/nobody").status_code == 404
