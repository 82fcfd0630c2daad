"""Pages of money: a round from the proposal to the fund, an ask, promises."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.web.pages.conftest import Browser

pytestmark = pytest.mark.slow
Opened = Callable[[str], Browser]
ROUND = "/round/money?month=2026-12"


def test_money_goes_from_the_proposal_to_the_fund(example: Opened) -> None:
    browser = example("bank")
    html = browser.get(ROUND)
    assert html.wrong == []
    assert "What Weft would propose" in html.text
    put = browser.send(html.form("/round/money/propose"))
    assert put.wrong == []
    assert "Waits" in put.text
    accept = next(
        form
        for form in put.forms
        if form.action == "/round/money/answer/accept" and "mission" in form.names
    )
    done = browser.send(accept)
    assert "Decided" in done.text or "One of two said yes" in done.text
    no = browser.send(done.form("/round/money/answer/refuse"), why="Not in winter.")
    assert "Not in winter." in no.text


def test_money_is_asked_for_and_granted(example: Opened) -> None:
    browser = example("bank")
    fund = browser.get("/funds/missions")
    assert fund.wrong == []
    form, why = fund.form("/funds/ask"), "Try paying by link."
    asked = browser.send(form, mission="payments", amount="9000", why=why)
    assert "Try paying by link." in asked.text
    thin = browser.send(form, 422, mission="payments", amount="50000", why=why)
    assert "asks for more than is said: expected, proof, proof_by" in thin.text
    granted = browser.send(asked.form("/funds/answer"))
    assert granted.text.count("Granted") > asked.text.count("Granted")


def test_what_came_of_a_tranche_leads_to_its_months(example: Opened) -> None:
    browser = example("bank")
    fund = browser.get("/funds/missions")
    to = next(each for each in fund.links() if "/funds/paid/payments:" in each)
    behind = browser.get(to)
    assert behind.wrong == []
    assert "C, not B" in behind.text
    browser.get("/funds/paid/payments:1999-01", 404)


def test_promises_are_held_against_what_came(example: Opened) -> None:
    html = example("bank").get("/forecasts")
    assert html.wrong == []
    assert "of what was promised came" in html.text


def test_promises_that_have_aged_come_a_page_at_a_time(example: Opened) -> None:
    browser, to = example("bank"), "/forecasts"
    seen: list[str] = []
    while to:
        html = browser.get(to)
        keys = [str(f.data["forecast"]) for f in html.forms if "forecast" in f.data]
        assert 0 < len(keys) <= 20
        seen += keys
        to = html.named.get("Next", "")
    assert len(seen) == len(set(seen)) > 40
    forecasts = browser.client.app.state.desk.firm().forecasts
    made = [forecasts[key].made for key in seen]
    assert made == sorted(made)  # what was said longest ago comes first
