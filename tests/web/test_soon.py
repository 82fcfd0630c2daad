"""A page that takes long comes at once, says so, and is there when asked again."""

from __future__ import annotations

import threading
import time

import pytest
from litestar.response import Response
from litestar.testing import TestClient
from tests.web.conftest import Application

from weft.errors import NotFound
from weft.store.desk import Desk
from weft.web.settings import Settings
from weft.web.soon import Working


def page(text: str, go: threading.Event | None = None) -> Response[str]:
    """Give a page with some text, once it may go."""
    if go:
        go.wait(10)
    return Response(text)


def test_what_is_quick_is_given_at_once() -> None:
    found = Working(0.2).ask("mirror", lambda: page("figures"))
    assert found is not None
    assert found.content == "figures"


def test_what_takes_long_is_worked_out_once_and_given_once() -> None:
    working, go, asked = Working(0.2), threading.Event(), []

    def slow() -> Response[str]:
        asked.append("once")
        go.wait(10)
        return page("figures")

    assert working.ask("mirror", slow) is None
    assert working.ask("mirror", slow) is None
    go.set()
    found = working.ask("mirror", slow)
    assert found is not None
    assert asked == ["once"]
    assert working.ask("mirror", lambda: page("new")) is not found


def test_another_firm_is_another_question() -> None:
    working, go = Working(0.2), threading.Event()
    assert working.ask(("mirror", 1), lambda: page("old", go)) is None
    found = working.ask(("mirror", 2), lambda: page("new"))
    go.set()
    assert found is not None
    assert found.content == "new"


def test_what_goes_wrong_is_told_to_who_asked() -> None:
    def wrong() -> Response[str]:
        raise NotFound("figure", "none", [])

    working = Working(0.2)
    for _ in range(2):
        with pytest.raises(NotFound):
            working.ask("mirror", wrong)


def test_who_keeps_no_cookies_comes_to_the_page_too(
    desk: Desk, application: Application
) -> None:
    app = application(desk, Settings(patience=0))
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        end = time.monotonic() + 60
        while (answer := client.get("/mirror")).status_code == 202:
            client.cookies.clear()
            assert time.monotonic() < end
            time.sleep(0.05)
        assert "Where technology sits" in answer.text


def test_the_page_says_that_it_is_being_worked_out_and_then_comes(
    desk: Desk, application: Application
) -> None:
    app = application(desk, Settings(patience=0))
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        first = client.get("/mirror")
        assert (first.status_code, first.headers["refresh"]) == (202, "1")
        assert "Being worked out" in first.text
        assert f"as of entry {desk.firm().seq}" in first.text
        end = time.monotonic() + 60
        while (answer := client.get("/mirror")).status_code == 202:
            assert time.monotonic() < end
            time.sleep(0.05)
        assert "refresh" not in answer.headers
        assert "Where technology sits" in answer.text
