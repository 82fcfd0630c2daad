"""How work flows, as plain pages: a log brought in, looked at, one request followed."""

from __future__ import annotations

from typing import Any

import pytest
from tests.interop.logs.dialects import history, volvo


@pytest.fixture
def browser(browser_without_js: Any) -> Any:
    """Give somebody who has sent a log and looks at what it seems to say."""
    browser_without_js.get("/sign-in")
    browser_without_js.get("/flow")
    return browser_without_js


def sent(browser: Any, raw: bytes) -> str:
    token = browser.client.cookies["weft-form"]
    answer = browser.client.post(
        "/flow/import",
        data={"_csrf_token": token},
        files={"file": ("desk.csv", raw)},
        follow_redirects=False,
    )
    assert answer.status_code == 303, answer.text[:500]
    return str(answer.headers["location"])


def test_a_log_is_looked_at_put_right_and_brought_in(browser: Any) -> None:
    at = sent(browser, volvo(history(4, 60)))
    page = browser.get(at)
    assert "60 cases in" in page.text
    assert not page.wrong
    form = page.form(at)
    form.data["column.case"] = "product"
    assert "3 cases in" in browser.send(form).text
    browser.send(page.form(f"{at}/apply"))
    found = browser.get("/flow/desk")
    assert "60 cases of the log desk" in found.text
    assert not found.wrong
    browser.get(at, 422)  # it is not kept any more
    for to in sorted(found.links()):
        if to.startswith("/flow"):
            assert not browser.get(to).wrong
    one = browser.get("/flow/desk/case?id=T00001")
    assert "As it truly went" in one.text
    picture = browser.client.get("/flow/desk/case.svg?id=T00001")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    withheld = browser.get("/flow/desk/case?id=T00001&models=partnership")
    assert "No model is shown beside it. It takes 150 cases" in withheld.text


def test_what_is_wrong_with_a_log_is_told_on_the_page(browser: Any) -> None:
    page = browser.get(sent(browser, b"case,when,status\na,soon,new\n"))
    assert "No column is known to hold the time." in page.text
    assert not page.wrong


def test_the_invented_requests_show_all_of_it(browser: Any) -> None:
    page = browser.get("/flow")
    look = browser.send(page.form("/flow/example"))
    browser.send(look.form(f"{browser.at}/apply"))
    assert "The fit stands" in browser.get("/flow/invented-requests/fit").text
    one = browser.get("/flow/invented-requests/case?id=CX-1")
    assert "84 % of 157.5 days from asking to done it waited" in one.text
    assert not one.wrong


def test_over_http_it_is_the_same(browser: Any) -> None:
    client = browser.client
    token = client.cookies["weft-form"]
    raw = volvo(history(4, 60))
    told = client.post(
        "/api/import/log",
        files={"file": ("desk.csv", raw)},
        data={"states": "Accepted / Wait - User=other"},
        headers={"x-csrftoken": token},
    )
    assert told.status_code == 200, told.text
    assert client.get("/api/flow").json()[0]["cases"] == 60
    assert client.get("/api/flow/desk").json()["handed"]["asked_back"]["part"] == 0
    rows = client.get("/api/flow/desk/cases?handoffs=0").json()
    assert all(row["handoffs"] == 0 for row in rows)
    case = client.get(f"/api/flow/desk/case?case={rows[0]['id']}").json()
    assert case["lanes"][0]["handoffs"] == 0
    assert client.get("/api/flow/desk/fit").json()["stands"] is False
