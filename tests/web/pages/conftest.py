"""Pages as a person meets them: links followed, forms sent, nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from tests.web.conftest import Application

from weft.app import examples
from weft.store.desk import Desk, open_desk
from weft.web.settings import Settings

HERE = "http://127.0.0.1:8000"
TODAY = datetime(2026, 11, 21, 9, tzinfo=UTC)
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source"}


class Html(HTMLParser):
    """A page read: its elements, links by name, forms, and what no page may have."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.words: list[str] = []
        self.named: dict[str, str] = {}
        self.forms: list[Form] = []
        self.feed(text)
        self.close()
        self.wrong += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in an element."""
        told = dict(attrs)
        if not (tag == "title" and "svg" in self.open):
            self.elements.append((tag, told))
        inside_svg = "svg" in self.open and tag != "svg"
        if tag == "form":
            self.forms.append(Form(told))
        elif self.forms and "form" in self.open:
            self.forms[-1].take(tag, told)
        if tag not in VOID and not inside_svg:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """See that it is the one opened last that ends."""
        if tag in VOID or ("svg" in self.open and tag != "svg"):
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes something else")

    def handle_data(self, data: str) -> None:
        """Take in some words."""
        if "a" in self.open and data.strip():
            link = next(a for tag, a in reversed(self.elements) if tag == "a")
            self.named[data.strip()] = link.get("href") or ""
        self.words.append(data)

    @property
    def text(self) -> str:
        """Give all words of the page with single blanks."""
        return " ".join(" ".join(self.words).split())

    def links(self) -> set[str]:
        """Give the addresses of the pages inside Weft that the page leads to."""
        ways = (a for tag, a in self.elements if tag == "a" and "download" not in a)
        found = (a.get("href") or "" for a in ways)
        return {h.partition("#")[0] for h in found if h.startswith("/")}

    def form(self, action: str) -> Form:
        """Give the one form that leads to an address, but for that of the day."""
        fitting = [f for f in self.forms if f.action == action]
        return next(f for f in fitting if f.names != {"as_of"})


class Form:
    """A form as a browser without JavaScript has it: names and values."""

    def __init__(self, attrs: dict[str, str | None]) -> None:
        self.action = attrs.get("action") or ""
        self.method = (attrs.get("method") or "get").lower()
        self.data: dict[str, str | list[str]] = {}
        self.names: set[str] = set()
        self.select = ""

    def take(self, tag: str, attrs: dict[str, str | None]) -> None:
        """Keep what a control would send as it stands."""
        name, value = attrs.get("name") or "", attrs.get("value") or ""
        if tag in {"input", "select", "textarea"} and name:
            self.names.add(name)
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            if "selected" in attrs or self.select not in self.data:
                self.data[self.select] = value
        elif tag == "input" and name:
            kind = attrs.get("type")
            if kind != "file" and (
                kind not in {"radio", "checkbox"} or "checked" in attrs
            ):
                before = self.data.get(name)
                many = kind == "checkbox" and before is not None
                self.data[name] = [*_listed(before), value] if many else value


def _listed(data: str | list[str] | None) -> list[str]:
    return [data] if isinstance(data, str) else data or []


def told(text: str) -> str:
    """Give what a page says, short enough for a failure."""
    return Html(text).text.partition("Skip to the page")[2][:500]


class Browser:
    """Somebody in front of a browser that has no JavaScript."""

    def __init__(self, client: TestClient[Litestar]) -> None:
        self.client = client

    def get(self, path: str, status: int = 200) -> Html:
        """Open a page."""
        answer = self.client.get(path)
        assert answer.status_code == status, f"{path}: {told(answer.text)}"
        return Html(answer.text)

    def send(self, form: Form, status: int = 200, **more: str | list[str]) -> Html:
        """Send a form as it stands, with some controls filled in."""
        unknown = set(more) - form.names - {"step", "gone"}
        assert not unknown, f"the form has no {unknown}"
        data = {**form.data, **more}
        if form.method == "get":
            answer = self.client.get(form.action, params=data)
        else:
            answer = self.client.post(form.action, data=data)
        self.at = urlsplit(str(answer.url)).path
        assert answer.status_code == status, f"{form.action}: {told(answer.text)}"
        return Html(answer.text)

    def act_as(self, person: str) -> None:
        """Act as somebody of the firm; as this machine's owner for nobody."""
        self.client.get("/sign-in")
        token = self.client.cookies["weft-form"]
        self.client.post("/act-as", data={"person": person, "_csrf_token": token})

    def crawl(self, most: int, *, each: int = 6, start: str = "/") -> dict[str, Html]:
        """Follow links from a page, a few of each kind."""
        seen: dict[str, Html] = {}
        kinds: dict[str, int] = {}
        waiting = [start]
        while waiting and len(seen) < most:
            path = waiting.pop(0)
            if path in seen or "/replay" in path:
                continue
            kind = "/".join(urlsplit(path).path.split("/")[:2])
            kinds[kind] = kinds.get(kind, 0) + 1
            if kinds[kind] > each:
                continue
            seen[path] = self.get(path)
            waiting += sorted(urljoin(path, to) for to in seen[path].links())
        return seen


@pytest.fixture
def browser_without_js(client: TestClient[Litestar]) -> Browser:
    """Give somebody who looks at the small firm."""
    return Browser(client)


Opened = Callable[[str], Browser]


@pytest.fixture(scope="session")
def told_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give the store of an example firm, told the first time it is asked for."""
    folder = tmp_path_factory.mktemp("examples")

    def store(name: str) -> Path:
        file: Path = folder / f"{name}.db"
        if not file.exists():
            with open_desk(f"sqlite:///{file}") as desk:
                if name != "empty":
                    examples.tell(desk, name, TODAY.date())
        return file

    return store


@pytest.fixture
def example_desk(
    told_once: Callable[[str], Path], tmp_path: Path
) -> Iterator[Callable[[str], Desk]]:
    """Give a function that opens a copy of an example firm's store."""
    with ExitStack() as stack:

        def opened(name: str) -> Desk:
            copy = tmp_path / f"{name}.db"
            shutil.copy(told_once(name), copy)
            return stack.enter_context(open_desk(f"sqlite:///{copy}"))

        yield opened


@pytest.fixture
def app_on(application: Application) -> Callable[[Desk], Litestar]:
    """Give a function that gives the application for an open store."""
    return lambda desk: application(desk, Settings(clock=lambda: TODAY, patience=60))


@pytest.fixture
def example_app(
    example_desk: Callable[[str], Desk], app_on: Callable[[Desk], Litestar]
) -> Callable[[str], Litestar]:
    """Give a function that makes the application for an example firm."""
    return lambda name: app_on(example_desk(name))


@pytest.fixture
def example(example_app: Callable[[str], Litestar]) -> Iterator[Opened]:
    """Give a function that opens an example firm to somebody without JavaScript."""
    with ExitStack() as stack:

        def opened(name: str) -> Browser:
            options: dict[str, Any] = {
                "base_url": HERE,
                "raise_server_exceptions": False,
            }
            client = stack.enter_context(TestClient(example_app(name), **options))
            return Browser(client)

        yield opened
