"""The board of a round: people moved by forms, by keys and by dragging them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from litestar import Litestar
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect
from tests.web.pages.conftest import Browser
from tests.web.pages.test_browser import looking, violations
from tests.web.pages.test_rounds import worked_out

Opened = Callable[[str], Browser]
Serve = Callable[[Litestar], AbstractContextManager[str]]
MISSION, MONTH = "pre-flight-experience", "2026-12"
BOARD = f"/round/board?month={MONTH}"


def proposed(browser: Browser) -> str:
    """Put the round before people, and give who would move."""
    browser.send(worked_out(browser).form("/round/propose"))
    client: Any = browser.client
    [move] = client.get(f"/api/rounds/{MONTH}/moves").json()
    return str(move["person"])


def test_a_person_is_moved_without_javascript_and_put_before_people(
    example: Opened,
) -> None:
    browser = example("airline")
    assert "as they stand, as no round of December 2026" in browser.get(BOARD).text
    person = proposed(browser)
    html = browser.get(f"{BOARD}&card={person}:{MISSION}")
    assert html.wrong == []
    assert "Nothing is tried yet: these are the seats as they are proposed" in html.text
    tried = browser.send(html.form("/round/board/drag"), to="", share="20")
    assert tried.wrong == []
    assert "dearer than proposed" in tried.text
    assert "at most" in tried.text
    client: Any = browser.client
    [move] = client.get(f"/api/rounds/{MONTH}/moves").json()
    before = move["parts"]
    done = browser.send(tried.form("/round/board/put"))
    assert "What was put before people" in done.text
    [move] = client.get(f"/api/rounds/{MONTH}/moves").json()
    assert [p["after"] for p in before] != [p["after"] for p in move["parts"]]
    assert move["replies"][-1]["answer"] == "change"


def test_what_is_dragged_back_is_not_tried_any_more(example: Opened) -> None:
    browser = example("airline")
    person = proposed(browser)
    drag = f"/round/board/drag?month={MONTH}&person={person}"
    away = browser.get(f"{drag}&source={MISSION}")
    assert "What you would put before people" in away.text
    assert "Put it before people" in away.text
    seats = f"seats={person}:{MISSION}=0"
    back = browser.get(f"{drag}&{seats}&to={MISSION}&share=60")
    assert "Nothing is tried yet" in back.text


@pytest.mark.parametrize(
    ("wrong", "status", "told"),
    [
        ("seats=x", 422, "names no seat"),
        ("seats=x:y=20", 404, "no person called"),
        ("seats=x:y=z", 400, "not a whole number"),
    ],
)
def test_what_is_no_seat_is_said(
    example: Opened, wrong: str, status: int, told: str
) -> None:
    html = example("airline").get(f"{BOARD}&{wrong}", status)
    assert html.wrong == []
    assert told in html.text


def test_http_weighs_and_puts_before_people(example: Opened) -> None:
    browser = example("airline")
    person = proposed(browser)
    client: Any = browser.client
    asked = {"month": MONTH, "shares": {person: {MISSION: 20}}}
    told = client.post("/api/rounds/weigh", json=asked).json()
    assert told["tried"]["open"] > told["proposed"]["open"]
    assert told["people"][0]["person"] == person
    assert client.post("/api/rounds/arrange", json=asked).json()["people"] == [person]


@pytest.mark.browser
def test_a_card_is_dragged_and_what_it_does_is_seen(
    browser: Chromium, serve: Serve, example_app: Callable[[str], Litestar], axe: str
) -> None:
    with serve(example_app("airline")) as url, looking(browser, url) as seen:
        page = seen.open(f"/round?month={MONTH}")
        page.get_by_label("Months to look ahead").fill("2")
        page.get_by_role("button", name="Work the round out").click()
        page.get_by_role("button", name="Put it before people").click(timeout=60_000)
        page.get_by_role("link", name="Move people by hand").click()
        column = page.locator(f'[data-column="{MISSION}"]')
        card = column.locator(".card", has_text="proposed here").first
        person = card.get_attribute("data-person")
        given = column.locator("dd").first.inner_text()
        card.drag_to(page.locator("#bench"))
        page.wait_for_url("**seats=**")
        expect(page.get_by_role("status")).to_contain_text("dearer")
        expect(column.locator(f'[data-person="{person}"]')).to_have_count(0)
        assert column.locator("dd").first.inner_text() != given
        page.go_back()
        expect(page.get_by_role("status")).to_contain_text("Nothing is tried yet")
        move = column.locator(f'[data-person="{person}"]').get_by_role(
            "link", name="Move"
        )
        move.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_label("To", exact=True)).to_be_focused()
        page.keyboard.press("End")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**seats=**")
        expect(page.get_by_role("status")).to_contain_text("dearer")
        assert violations(page, axe) == []
        assert violations(seen.open(f"/round/kept?month={MONTH}"), axe) == []
