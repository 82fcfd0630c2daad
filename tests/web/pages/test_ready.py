"""Ready-made guardrails as a person without JavaScript takes them."""

from __future__ import annotations

from collections.abc import Callable

from tests.web.pages.conftest import Browser

Opened = Callable[[str], Browser]
SECURITY = "/ready-sets/security-protocols"
PERSONAL = "word:vocabulary/data.class:personal"


def test_the_sets_are_listed_and_lead_on(browser_without_js: Browser) -> None:
    html = browser_without_js.get("/ready-sets")
    assert html.wrong == []
    assert html.named["Security protocols"] == SECURITY
    assert "7 guardrails" in html.text


def test_a_clash_is_settled_in_the_form_and_the_set_taken(example: Opened) -> None:
    browser = example("airline")
    html = browser.get(SECURITY)
    assert html.wrong == []
    assert "yours are public, internal, staff, passenger, payment" in html.text
    assert "Take it into a draft" not in html.text
    form = html.form(SECURITY)
    form.data[PERSONAL] = "staff"
    settled = browser.send(form)
    assert settled.wrong == []
    assert "What it would do here" in settled.text
    assert "103 assets and 59 past requests were looked at" in settled.text
    take = [f for f in settled.forms if f.action == f"{SECURITY}/load"]
    assert [f.data[PERSONAL] for f in take] == ["staff", "staff"]
    browser.send(take[1])
    assert browser.at.startswith("/journal/")
    again = browser.get(f"{SECURITY}?{PERSONAL}=staff")
    assert "You have all of it" in again.text
    rule = browser.get("/guardrails/tls-modern")
    assert "RFC 8996" in rule.text


def test_a_set_is_taken_into_a_draft_of_its_own(example: Opened) -> None:
    browser = example("bank")
    for name in ("low-code-apps", "low-code-apps-2"):
        html = browser.get("/ready-sets/low-code-apps")
        take = [f for f in html.forms if f.data.get("into") == "draft"]
        browser.send(take[0])
        assert browser.at == f"/drafts/{name}"
    assert "small-circle" not in browser.get("/guardrails").links()


def test_what_is_wrong_in_the_address_is_told(browser_without_js: Browser) -> None:
    browser_without_js.get("/ready-sets/nothing", 404)
    html = browser_without_js.get(f"{SECURITY}?word:roles/guards=x")
    assert "There is no word of this set called" in html.text
