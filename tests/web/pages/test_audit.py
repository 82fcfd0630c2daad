"""The page on which everything is checked, its filters, and its files."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from tests.web.pages.conftest import Browser

Opened = Callable[[str], Browser]


@pytest.mark.slow
def test_what_breaks_is_shown_with_its_reasons(example: Opened) -> None:
    html = example("bank").get("/audit")
    assert html.wrong == []
    assert re.search(r"[1-9]\d* of 218 assets", html.text)
    assert "Programming language: Java; it has to be one of" in html.text
    assert "which is expired" in html.text


def test_it_is_narrowed_down_without_javascript(example: Opened) -> None:
    browser = example("bank")
    html = browser.get("/audit?guardrail=shared-languages&stand=waived")
    assert html.wrong == []
    assert "1 finding" in html.text
    assert "Held until" in html.text
    nobody = browser.get("/audit?mission=-&stand=all")
    assert "0 findings" in nobody.text
    assert "Show all of it" in nobody.text


def test_what_a_baseline_or_a_waiver_holds_leads_to_it(example: Opened) -> None:
    browser = example("bank")
    for stand, says in (("waived", "Covered by"), ("breaks", "Not covered by")):
        html = browser.get(f"/audit?stand={stand}")
        assert says in html.text
        links = html.links()
        assert "/rollouts/encrypted-on-the-way-v2" in links
        for link in links:
            if link.startswith(("/waivers/", "/rollouts/")):
                browser.get(link)


def test_a_day_before_is_judged_as_it_was_then(example: Opened) -> None:
    browser = example("bank")
    then = browser.get("/audit?as_of=2026-07-01&stand=all")
    assert "in force on 1 July 2026" in then.text


def test_it_is_kept_as_a_file(example: Opened) -> None:
    html = example("bank").get("/audit?as_of=2026-07-01")
    files = [a.get("href") for tag, a in html.elements if "download" in a]
    assert files == [
        f"/audit/audit.{name}?as_of=2026-07-01" for name in ("json", "sarif")
    ]
