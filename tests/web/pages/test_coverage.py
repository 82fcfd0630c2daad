"""Coverage, and what leaves with somebody: as plain pages and over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from weft.app import records
from weft.core.entries import put
from weft.core.missions import Need
from weft.core.roles import Actor

OWNER = Actor(person="owner", owner=True)


@pytest.fixture
def browser(browser_without_js: Any) -> Any:
    """Give the small firm, in which payments needs Python at the highest level."""
    state = browser_without_js.client.app.state
    now: datetime = state.settings.clock()
    month = now.strftime("%Y-%m")
    needs = [
        Need(mission="payments", skill=skill, level=level, share=50, month=month)
        for skill, level in (("python", 4), ("pricing", 3))
    ]
    records.write(state.desk, OWNER, map(put, needs), name="put", at=now)
    return browser_without_js


def test_the_page_of_a_mission_tells_holes_and_what_hangs_on_one(browser: Any) -> None:
    text = browser.get("/missions/payments").text
    assert "1 skill is needed and nobody here has it at that level." in text
    assert "1 skill that is needed hangs on one person." in text
    assert "bus factor" not in text


def test_the_page_of_coverage_leads_to_the_mission(browser: Any) -> None:
    page = browser.get("/coverage")
    assert any(to.startswith("/missions/payments") for to in page.links())
    assert "1 skill" in page.text


def test_what_leaves_is_found_by_name_and_told(browser: Any) -> None:
    page = browser.get("/coverage/without?who=borg")
    assert any("who=ben" in to for to in page.links())
    text = browser.get("/coverage/without?who=ben").text
    assert "1 person would leave" in text
    assert "Nobody" in text
    assert "Nobody is called like that" in browser.get("/coverage/without?who=zz").text


def test_http_tells_the_same(browser: Any) -> None:
    client = browser.client
    told = client.get("/api/skills/coverage/missions/payments").json()
    assert (told["holes"], told["singles"], told["bus_factor"]) == (1, 1, 0)
    every = client.get("/api/skills/coverage").json()["covered"]
    assert [c["holes"] for c in every if c["id"] == "payments"] == [1]
    left = client.get("/api/skills/coverage/without/ben").json()
    assert [(x["skill"], x["after"]) for x in left["losses"]] == [("python", 0)]
    assert client.get("/api/skills/coverage/missions/nothing").status_code == 404
    assert client.get("/api/skills/coverage/without/nobody").status_code == 404
    assert "Did you mean python" in client.get("/api/who?skill=pyhton").text
