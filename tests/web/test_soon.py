"""A page that takes long comes at once, says so, and is there when asked again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import AbstractContextManager, closing
from typing import Any

import pytest
from litestar import Litestar
from litestar.response import Response
from litestar.testing import TestClient
from playwright.sync_api import Browser, Route, expect
from tests.web.conftest import Application
from tests.web.pages.test_browser import looking, violations

from weft.app import mirror
from weft.app.views import View
from weft.core.scalars import Month
from weft.engines.knowledge import Diagnosis
from weft.errors import NotFound
from weft.store.desk import Desk
from weft.web import soon
from weft.web.settings import Settings
from weft.web.soon import Working

Serve = Callable[[Litestar], AbstractContextManager[str]]


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
    working, go = Working(0.8), threading.Event()
    assert working.ask(("mirror", 1), lambda: page("old", go)) is None
    found = working.ask(("mirror", 2), lambda: page("new"))
    go.set()
    assert found is not None
    assert found.content == "new"


@pytest.mark.parametrize("why", ["starting", "another page"])
def test_while_more_is_worked_out_it_is_said_sooner(
    why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience: list[float] = []

    def noted(some: list[Future[Any]], seconds: float) -> Any:
        patience.append(seconds)
        return wait(some, 0)

    monkeypatch.setattr(soon, "wait", noted)
    working, go = Working(1), threading.Event()
    if why == "starting":
        working.starting = True
    else:
        assert working.ask("map", lambda: page("lines", go)) is None
    assert working.ask("mirror", lambda: page("figures", go)) is None
    assert patience[-1] < 1
    go.set()


def test_what_goes_wrong_is_told_to_who_asked() -> None:
    def wrong() -> Response[str]:
        raise NotFound("figure", "none", [])

    working = Working(0.2)
    for _ in range(2):
        with pytest.raises(NotFound):
            working.ask("mirror", wrong)


class Held:
    """The diagnosis of a firm, held up until it may go on, and how often it began."""

    def __init__(self) -> None:
        self.go, self.begun, self._diagnose = threading.Event(), 0, mirror.diagnose

    def diagnose(self, view: View, month: Month) -> Diagnosis:
        """Wait, then diagnose."""
        self.begun += 1
        self.go.wait(60)
        return self._diagnose(view, month)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Give a hold on the diagnosis; at the end it is let go."""
    held = Held()
    monkeypatch.setattr(mirror, "diagnose", held.diagnose)
    yield held
    held.go.set()


def test_who_keeps_no_cookies_comes_to_the_page_too(
    desk: Desk, application: Application, held: Held
) -> None:
    app = application(desk, Settings(patience=0.05))
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        for _ in range(3):
            assert client.get("/mirror").status_code == 202
            client.cookies.clear()
        held.go.set()
        end = time.monotonic() + 60
        while (answer := client.get("/mirror")).status_code == 202:
            client.cookies.clear()
            assert time.monotonic() < end
        assert "Where technology sits" in answer.text
        assert held.begun == 1  # the page that came is the one first asked for


def test_the_page_says_that_it_is_being_worked_out_and_then_comes(
    desk: Desk, application: Application, held: Held
) -> None:
    app = application(desk, Settings(patience=0))
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        first = client.get("/mirror")
        assert (first.status_code, first.headers["refresh"]) == (202, "1")
        assert "Being worked out" in first.text
        assert f"as of entry {desk.firm().seq}" in first.text
        held.go.set()
        end = time.monotonic() + 60
        while (answer := client.get("/mirror")).status_code == 202:
            assert time.monotonic() < end
            time.sleep(0.05)
        assert "refresh" not in answer.headers
        assert "Where technology sits" in answer.text


@pytest.mark.browser
def test_without_javascript_the_page_shows_itself_when_it_is_ready(
    browser: Browser, working: str, held: Held
) -> None:
    context = browser.new_context(java_script_enabled=False)
    with closing(context):
        page = context.new_page()
        page.goto(f"{working}/about")
        answer = page.goto(f"{working}/mirror")
        assert answer
        assert answer.status == 202
        expect(page.get_by_role("status")).to_contain_text("Being worked out")
        held.go.set()
        expect(page.locator("h1")).to_have_text("The mirror", timeout=30_000)
        assert held.begun == 1


@pytest.mark.slow
@pytest.mark.browser
def test_axe_finds_nothing_on_the_page_that_is_being_worked_out(
    browser: Browser,
    axe: str,
    working: str,
) -> None:
    with looking(browser, working) as found:
        found.page.route("**/mirror", stay)
        page = found.open("/mirror")
        expect(page.locator("h1")).to_have_text("Being worked out")
        assert violations(page, axe) == []


@pytest.fixture
def working(
    desk: Desk, application: Application, serve: Serve, held: Held
) -> Iterator[str]:
    """Give the address of a server on which the mirror is being worked out."""
    with serve(application(desk, Settings(patience=0.05))) as url:
        yield url
        held.go.set()


def stay(route: Route) -> None:
    """Let a page come without renewing itself, so that it can be looked at."""
    came = route.fetch()
    headers = {k: v for k, v in came.headers.items() if k != "refresh"}
    assert headers != came.headers
    route.fulfill(response=came, headers=headers)
