"""Objecting, answering and looking at costs, with plain links and forms."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from tests.web.conftest import OWNER, START
from tests.web.pages.test_flows import ask

from weft.app import drafts
from weft.app.framework import challenges
from weft.app.framework.challenges import Objection
from weft.core.entries import put
from weft.core.roles import Actor


def test_from_a_no_to_an_objection_with_the_decision(browser_without_js: Any) -> None:
    browser = browser_without_js
    page = ask(browser, region="us", encrypted="yes")
    number = browser.at.rpartition("/")[2]
    page = browser.get(page.named["Object to this guardrail"].partition("#")[0])
    form = page.form("/challenges")
    assert form.data["decision"] == number
    page = browser.send(form, reason="No supplier has a region there.")
    assert browser.at.startswith("/challenges/")
    assert "No supplier has a region there." in page.text
    assert "Waits for an answer" in page.text
    page = browser.get("/challenges")
    assert "No supplier has a region there." in page.text
    page = browser.get("/")
    assert "2 objections wait for an answer." in page.text


def test_what_guardrails_cost_leads_to_the_answers(browser_without_js: Any) -> None:
    browser = browser_without_js
    ask(browser, region="us", encrypted="yes")
    page = browser.get("/costs")
    assert "Freedom ratio" in page.text
    page = browser.get("/guardrails/data-in-eu/answers?effect=refused")
    assert "Refused" in page.text
    page = browser.get("/guardrails/data-in-eu")
    assert "What it costs" in page.text
    assert "Objections to it" in page.text


def test_a_proposal_is_shown_with_what_it_would_change(
    browser_without_js: Any, desk: Any
) -> None:
    drafts.new(desk, OWNER, "softer", "Softer")
    softer = replace(desk.firm().guardrails["data-in-eu"], level="advise", version=2)
    drafts.add(desk, OWNER, "softer", [put(softer)])
    sent = Objection(guardrail="data-in-eu", reason="So.", draft="softer")
    raised = challenges.raise_(desk, Actor(person="ben"), sent, START)
    page = browser_without_js.get(f"/challenges/{raised.id}")
    assert "What the proposal would change" in page.text
    assert "do not hold the role" in page.text
    page = browser_without_js.send(page.form("/act-as"))
    page = browser_without_js.get(f"/challenges/{raised.id}")
    form = page.form(f"/challenges/{raised.id}/answer")
    page = browser_without_js.send(form, answer="keep", reason="It is the law.")
    assert "Kept as it is" in page.text
