"""The framework's workbench in a real browser: its pages, a roll-out, an objection."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from litestar import Litestar
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect
from tests.interop.oscal.catalogues import small
from tests.web.pages.test_browser import Seen, looking, violations

from weft.app import records
from weft.app.published import oscal
from weft.core.entries import put
from weft.core.roles import Actor
from weft.store.desk import Desk

pytestmark = pytest.mark.browser

TODAY = datetime(2026, 11, 21, 9, tzinfo=UTC)
OWNER = Actor(person="owner", owner=True)
Serve = Callable[[Litestar], AbstractContextManager[str]]

PAGES = {
    "airline": ("/audit?stand=all", "/rollouts", "/adrs", "/ready-sets/low-code-apps"),
    "bank": (
        "/audit?stand=all",
        "/adrs",
        "/rollouts",
        "/rollouts/new?guardrail=kept-no-longer",
        "/rollouts/encrypted-on-the-way-v2",
        "/rollouts/encrypted-on-the-way-v2?mission=payments",
        "/missions/payments",
        "/challenges/c-a-smaller-circle",
        "/audit?stand=waived",
        "/adrs/encryption-of-2026",
        "/catalogues",
        "/catalogues/rules-of-the-house",
        "/catalogues/rules-of-the-house?show=met",
        "/controls/ac-2",
        "/controls/loose",
        "/ready-sets/security-protocols",
        "/connect",
    ),
}


def controlled(desk: Desk) -> None:
    """Bring a catalogue in, and let a guardrail work towards one of its controls."""
    oscal.bring(desk, OWNER, json.dumps(small()).encode(), "house.json", TODAY)
    rule = desk.firm().guardrails["kept-no-longer"]
    rule = replace(rule, version=rule.version + 1, controls=("ac-2",))
    records.write(desk, OWNER, [put(rule)], name="write", at=TODAY)


@pytest.fixture
def seen(browser: Browser, live: str) -> Iterator[Seen]:
    """Give the small firm in a browser; at the end nothing may have gone wrong."""
    with looking(browser, live) as found:
        yield found


@pytest.fixture
def firms(
    example_desk: Callable[[str], Desk], app_on: Callable[[Desk], Litestar]
) -> Callable[[str], Litestar]:
    """Give a function that makes the application for an example, with controls."""

    def made(name: str) -> Litestar:
        desk = example_desk(name)
        if name == "bank":
            controlled(desk)
        return app_on(desk)

    return made


UNFOLD = "for (const each of document.querySelectorAll('details')) each.open = true"


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_the_workbench_of_an_example(
    name: str,
    browser: Browser,
    axe: str,
    firms: Callable[[str], Litestar],
    serve: Serve,
) -> None:
    with serve(firms(name)) as url, looking(browser, url) as found:
        for path in PAGES[name]:
            page = found.open(path)
            page.evaluate(UNFOLD)
            assert violations(page, axe) == []


def act_as(seen: Seen, name: str) -> None:
    """Act as somebody, as the page of who acts lets one."""
    page = seen.open(f"/acting?q={name}")
    page.get_by_role("button", name=name).first.click()


def test_a_roll_out_is_planned_and_started(seen: Seen) -> None:
    act_as(seen, "Cleo Canary")
    page = seen.open("/rollouts")
    page.get_by_role("link", name="Roll a guardrail out").click()
    chosen = page.get_by_label("Begin from a guardrail you have")
    chosen.select_option(label="Data lies encrypted")
    page.get_by_role("button", name="Take its text").click()
    text = page.get_by_label("The guardrail as it is to hold")
    text.fill(text.input_value().replace("advise", "must"))
    until = (TODAY + timedelta(days=90)).date()
    page.get_by_label("To be mended before").fill(str(until))
    page.get_by_role("button", name="See what it would do").click()
    expect(page.locator("main")).to_contain_text("2 tolerated until mended")
    page.get_by_label("Day for Payments").fill(str(until - timedelta(days=60)))
    page.get_by_role("button", name="Start it").click()
    page.wait_for_url("**/rollouts/encrypted-v2")
    told = page.locator("main")
    expect(told).to_contain_text("0 of 2 items are mended.")
    expect(told).to_contain_text("21 December 2026")
    expect(told).to_contain_text("19 February 2027")


def test_an_objection_is_raised_and_answered(seen: Seen) -> None:
    act_as(seen, "Ben Borg")
    page = seen.open("/guardrails/data-in-eu")
    page.get_by_text("Object to this guardrail").click()
    page.get_by_label("What is wrong with it").fill("No supplier has a region there.")
    page.get_by_role("button", name="Object", exact=True).click()
    page.wait_for_url("**/challenges/*")
    told = page.locator("main")
    expect(told).to_contain_text("Waits for an answer")
    expect(told).to_contain_text("You stand behind this objection")
    page.get_by_role("button", name="Act as Cleo Canary").click()
    answer(page, "Keep it as it is", "It is the law.")
    expect(told).to_contain_text("Kept as it is")
    expect(told).to_contain_text("Cleo Canary on 21 November 2026")


def answer(page: Page, word: str, why: str) -> None:
    """Answer the objection that the page shows."""
    page.get_by_label("Answer", exact=True).select_option(label=word)
    page.get_by_label("Why").fill(why)
    page.get_by_role("button", name="Answer", exact=True).click()
