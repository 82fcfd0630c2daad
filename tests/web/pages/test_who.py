"""Who knows, and what a person shares: as plain pages and forms."""

from __future__ import annotations

from typing import Any

import pytest


def test_whoever_is_found_is_shown_with_the_way(browser_without_js: Any) -> None:
    page = browser_without_js.get("/who?q=python&mission=payments")
    assert "2 people At level 3 or above" in page.text
    assert "Ways begin at Payments" in page.text
    assert any(to.startswith("/people/ben") for to in page.links())


@pytest.mark.parametrize(
    ("q", "told"),
    [("", "Type what you need to know"), ("zzz", "No skill is called like that")],
)
def test_without_a_skill_it_says_what_to_do(
    q: str, told: str, browser_without_js: Any
) -> None:
    assert told in browser_without_js.get(f"/who?q={q}").text


def test_a_person_shares_a_claim_or_not_with_one_button(
    browser_without_js: Any,
) -> None:
    browser = browser_without_js
    browser.act_as("ben")
    page = browser.send(browser.get("/people/ben").form("/people/ben/sharing"))
    assert "No, only by you" in page.text
    browser.act_as("anna")
    assert "Nothing is recorded" in browser.get("/people/ben").text
    told = browser.get("/who?q=python").text
    assert "1 person At level 3" in told
    assert "Ben" not in told
    browser.act_as("ben")
    page = browser.send(browser.get("/people/ben").form("/people/ben/sharing"))
    assert "No, only by you" not in page.text


def test_nobody_shares_in_anothers_place(browser_without_js: Any) -> None:
    browser = browser_without_js
    browser.act_as("ben")
    form = browser.get("/people/ben").form("/people/ben/sharing")
    browser.act_as("anna")
    browser.send(form, status=403)
