"""A person's own page: who looked, what to share, and what to contest."""

from __future__ import annotations

from typing import Any

from tests.web.conftest import OWNER, START

from weft.app import records
from weft.core.entries import put
from weft.core.missions import Need
from weft.store.desk import Desk


def test_who_looked_stands_on_ones_own_page_alone(browser_without_js: Any) -> None:
    browser = browser_without_js
    browser.act_as("anna")
    browser.get("/who?q=python")
    assert "Who looked" not in browser.get("/people/ben").text
    browser.client.get("/api/firm/people/ben")
    browser.act_as("ben")
    page = browser.get("/people/ben")
    assert "searched for Python" in page.text
    assert "this page" in page.text
    assert any(to.startswith("/people/anna") for to in page.links())
    told = browser.client.get("/api/me/looked").json()
    assert {(each["by"], each["about"]) for each in told} == {
        ("anna", "python"),
        ("anna", ""),
    }
    browser.act_as("anna")
    assert browser.client.get("/api/me/looked").json() == []


def test_what_no_seat_uses_is_told_to_its_person_and_offered_or_not(
    browser_without_js: Any, desk: Desk
) -> None:
    other = Need(
        mission="payments", skill="pricing", share=50, month="2026-01", until="2099-01"
    )
    records.write(desk, OWNER, [put(other)], name="put", at=START)
    browser = browser_without_js
    browser.act_as("anna")
    assert "Used by no seat" not in browser.get("/people/ben").text
    browser.act_as("ben")
    page = browser.get("/people/ben")
    told = browser.client.get("/api/me/unused").json()
    assert [(each["skill"], each["shared"]) for each in told] == [("python", True)]
    assert "Used by no seat for 90 days" in page.text
    browser.send(page.form("/people/ben/sharing"))
    told = browser.client.get("/api/me/unused").json()
    assert [(each["skill"], each["shared"]) for each in told] == [("python", False)]


def test_a_claim_is_contested_with_a_form(browser_without_js: Any) -> None:
    browser = browser_without_js
    browser.act_as("ben")
    form = browser.get("/people/ben").form("/people/ben/contest")
    form.data["level"] = "1"
    browser.send(form)
    claim = browser.client.get("/api/firm/claims/ben:python").json()
    assert (claim["level"], claim["evidence"]) == (1, "self")
    browser.act_as("anna")
    browser.send(form, status=403)
