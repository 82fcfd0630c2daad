"""A tool reports over HTTP: believed with its secret alone, and counted once."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import pytest
from msgspec.structs import replace
from tests.web.conftest import OWNER

from weft.app import records
from weft.core.delivering.deliveries import Delivery
from weft.core.entries import put

PUSH = {
    "ref": "refs/heads/main",
    "repository": {"full_name": "lumen/ledger", "default_branch": "main"},
    "commits": [{"id": "a" * 40, "timestamp": "2026-11-20T09:00:00Z"}],
}


@pytest.fixture
def browser(browser_without_js: Any) -> Any:
    """Give the small firm, whose ledger is delivered from a repository."""
    state = browser_without_js.client.app.state
    ledger = replace(
        state.desk.firm().assets["ledger"], delivered_from=("Lumen/ledger",)
    )
    now = state.settings.clock()
    records.write(state.desk, OWNER, [put(ledger)], name="put", at=now)
    return browser_without_js


def added(client: Any, form: str = "github") -> str:
    """Add a hook and give its secret."""
    answer = client.post("/api/hooks", json={"name": "code", "format": form})
    assert answer.status_code == 201, answer.text
    secret: str = answer.json()["secret"]
    return secret


def report(client: Any, plain: Any, secret: str, number: str = "1") -> Any:
    """Send what GitHub would send."""
    body = json.dumps(plain).encode()
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {
        "content-type": "application/json",
        "x-github-event": "push",
        "x-github-delivery": number,
        "x-hub-signature-256": f"sha256={digest}",
    }
    return client.post("/api/hooks/code", content=body, headers=headers)


def test_what_is_signed_counts_and_what_comes_twice_counts_once(browser: Any) -> None:
    client = browser.client
    secret = added(client)
    first = report(client, PUSH, secret)
    assert (first.status_code, first.json()["new"]) == (200, 1)
    for number in ("1", "2"):  # the same call, and the same event in another
        again = report(client, PUSH, secret, number)
        assert again.status_code == 200, again.text
        assert again.json()["entry"] in {None, first.json()["entry"]}
    told = client.get("/api/deliveries/payments").json()
    assert told["measures"]["waiting"] == 1
    assert client.app.state.desk.facts.of(Delivery)[0].of == "lumen/ledger"


def test_without_the_secret_nothing_is_taken_and_nothing_told(browser: Any) -> None:
    client = browser.client
    added(client)
    before = client.app.state.desk.firm().seq
    wrong = report(client, PUSH, "not it")
    assert wrong.status_code == 403
    client.delete("/api/hooks/code")
    absent = report(client, PUSH, "not it")
    assert absent.status_code == 403
    assert "weft" not in wrong.json()["detail"].lower()
    assert client.app.state.desk.firm().seq == before


def test_the_secret_is_in_no_entry_and_told_once(browser: Any) -> None:
    client = browser.client
    secret = added(client)
    report(client, PUSH, secret)
    for path in ("/api/hooks", "/api/journal"):
        assert secret not in client.get(path).text
    desk = client.app.state.desk
    assert all(secret not in repr(entry) for entry in desk.entries())


def test_what_is_no_event_is_told_and_too_much_refused(browser: Any) -> None:
    client = browser.client
    secret = added(client)
    assert report(client, [1], secret).status_code == 400
    assert report(client, {"ref": 3}, secret, "3").status_code == 400
    huge = client.post("/api/hooks/code", content=b" " * (26 * 1024 * 1024))
    assert huge.status_code == 413


def test_the_page_of_a_mission_shows_it_and_its_leads_write_how_they_work(
    browser: Any,
) -> None:
    client = browser.client
    report(client, PUSH, added(client))
    page = browser.get("/missions/payments/working")
    assert "1 change has landed" in page.text
    form = page.form("/missions/payments/working")
    browser.send(
        form,
        **{
            "says": "We pull from one list.",
            "cadence": "Weekly flow",
            "review_every": "14",
            "review_since": "2026-11-06",
            "loop.0.title": "Show what runs",
            "loop.0.every": "7",
            "loop.0.since": "2026-11-06",
        },
    )
    shown = browser.get("/missions/payments/working").text
    assert "Weekly flow" in shown
    told = client.get("/api/working/payments").json()
    assert [each["on"] for each in told["coming"]] == ["2026-11-27", "2026-12-04"]
    wanted = {"says": "Two at a time.", "cadence": "Two-week sprints"}
    client.put("/api/working/payments", json=wanted)
    told = client.get("/api/working/payments").json()
    assert [h["agreement"]["cadence"] for h in told["history"]] == [
        "Two-week sprints",
        "Weekly flow",
    ]
