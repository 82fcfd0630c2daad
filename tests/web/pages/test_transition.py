"""The page of a move: begun, shown as it grows, and taken along; and over HTTP."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from litestar import Litestar
from playwright.sync_api import Browser as Chromium
from tests.web.pages.conftest import Browser, Html
from tests.web.pages.test_browser import looking, violations

Opened = Callable[[str], Browser]
Serve = Callable[[Litestar], AbstractContextManager[str]]
FEW = {"values": {"people": 40, "move.size": 5}, "runs": 2, "years": 1}


def ended(browser: Browser) -> Html:
    """Wait as a browser does, until nothing is being simulated."""
    for _ in range(1200):
        html = browser.get("/transition")
        if "Being simulated" not in html.text:
            return html
        time.sleep(0.1)
    raise AssertionError(html.text)


def over(client: Any, number: int) -> Any:
    """Ask over HTTP until a move is no longer being simulated."""
    for _ in range(1200):
        told = client.get(f"/api/transitions/{number}").json()
        if not told["running"]:
            return told
        time.sleep(0.1)
    raise AssertionError(told)


@pytest.mark.slow
def test_a_move_is_begun_shown_and_taken_along(example: Opened) -> None:
    browser = example("airline")
    html = browser.get("/transition")
    assert "No move simulated yet" in html.text
    client: Any = browser.client
    size: dict[str, Any] = {"move.size": "5"}
    form = html.form("/transition")
    browser.send(form, before="lean", runs="2", years="1", **size)
    html = ended(browser)
    assert html.wrong == []
    assert "From Lean IT department to Pervasive" in html.text
    for said in ("Who moves when: 2 waves", "All figures, month by month", "▲"):
        assert said in html.text
    assert "Lead time, median of Fieldfare" in html.text
    assert "Given" in html.text
    assert client.get("/transition/transition.csv").text.startswith("month,share moved")
    assert client.get("/transition/transition.json").json()["runs"] == 2
    assert "<svg" in client.get("/transition/transition.svg").text
    assert client.get("/transition/transition.pdf").status_code == 404
    [only] = client.get("/api/transitions").json()
    kept = f"/transition/kept/{only['id']}"
    browser.send(html.form(f"{kept}/repeat"))
    html = ended(browser)
    assert "Made again: every figure is the one on record." in html.text
    opened = browser.get(kept)
    assert opened.wrong == []
    assert only["verdict"] in opened.text
    assert client.get(f"{kept}/transition.csv").text.startswith("month,share moved")
    assert client.get("/transition/kept/nothing").status_code == 404
    assert client.get("/api/comparisons").json() == []


def test_moves_over_http_are_begun_looked_at_and_stopped(example: Opened) -> None:
    client: Any = example("airline").client
    begun = client.post("/api/transitions", json=FEW)
    assert begun.status_code == 201
    number = begun.json()["number"]
    told = over(client, number)
    assert told["report"]["plan"]["size"]["value"] == 5
    assert told["report"]["facts"]["people"]["value"] == 40
    assert told["identical"] is None
    name = told["kept"]["id"]
    opened = client.get(f"/api/transitions/kept/{name}").json()
    assert opened["report"] == told["report"]
    begun = client.post(f"/api/transitions/kept/{name}/repeat")
    assert begun.status_code == 201
    again = over(client, begun.json()["number"])
    assert again["identical"] is True
    stopped = client.post(f"/api/transitions/{number}/stop")
    assert stopped.json()["running"] is False
    assert client.get("/api/transitions/999").status_code == 404
    assert client.get("/api/transitions/kept/nothing").status_code == 404
    wrong = client.post("/api/transitions", json={"after": "diluted"})
    assert wrong.status_code in {400, 422}
    assert "nobody moves out of pools" in wrong.text


@pytest.mark.browser
def test_axe_finds_nothing_on_a_move(
    browser: Chromium, axe: str, example_app: Callable[[str], Litestar], serve: Serve
) -> None:
    with serve(example_app("airline")) as url, looking(browser, url) as found:
        page = found.open("/transition")
        page.select_option("#before", "lean")
        page.fill("#runs", "2")
        page.fill("#years", "1")
        page.fill("[name='move.size']", "5")
        page.get_by_role("button", name="Simulate the move").click()
        page.get_by_role("heading", name="From Lean IT department").wait_for()
        page.get_by_text("On record since").wait_for()
        assert page.locator("figure svg").count() == 5
        for summary in page.locator("main summary").all():
            summary.click()
        assert violations(page, axe) == []
