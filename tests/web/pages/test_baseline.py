"""The page of the baseline: what would be frozen, frozen by a click, then and now."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from litestar import Litestar
from playwright.sync_api import Browser as Chromium
from tests.app.moving.test_baseline import asks
from tests.web.conftest import OWNER
from tests.web.pages.conftest import Browser
from tests.web.pages.test_browser import looking, violations

from weft.core.entries import Deed, put

Serve = Callable[[Litestar], AbstractContextManager[str]]


def test_a_firm_freezes_what_it_was_shown(browser_without_js: Browser) -> None:
    browser = browser_without_js
    client: Any = browser.client
    html = browser.get("/baseline")
    assert "Too few to say" in html.text
    assert (
        "too little on record to freeze"
        in browser.send(html.form("/baseline"), 422).text
    )
    state = client.app.state
    now = state.settings.clock()
    deed = Deed(
        name="put", changes=tuple(map(put, asks(now.replace(month=8), 3.0, "a")))
    )
    state.desk.write(lambda _: deed, at=now, actor=OWNER)
    html = browser.get("/baseline")
    assert "Nothing is frozen yet" in html.text
    assert "Flexibility" in html.text
    shown = client.get("/api/baseline").json()
    browser.send(html.form("/baseline"))
    html = browser.get("/baseline")
    assert html.wrong == []
    assert "Frozen on" in html.text
    assert "Nothing on record" in html.text  # now: nobody has changed course since
    assert "Freeze it" not in html.text
    told = client.get("/api/baseline").json()
    assert told["baseline"]["paces"] == [row["then"] for row in shown["rows"]]
    again = client.post("/api/baseline")
    assert again.status_code == 409
    assert "stays as it is" in again.json()["do"]
    for call in (
        client.put("/api/baselines/first", json={}),
        client.delete("/api/baselines/first"),
    ):
        assert call.status_code == 404


@pytest.mark.browser
def test_axe_finds_nothing_on_then_and_now(
    browser: Chromium, axe: str, example_app: Callable[[str], Litestar], serve: Serve
) -> None:
    with serve(example_app("airline")) as url, looking(browser, url) as found:
        page = found.open("/baseline")
        assert page.get_by_text("Faster", exact=True).count() == 2
        assert violations(page, axe) == []
