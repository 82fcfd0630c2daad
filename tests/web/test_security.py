"""What keeps others out without a login: the host, the site, the form, the headers."""

from __future__ import annotations

import gc
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from litestar import Litestar, get
from litestar.handlers import HTTPRouteHandler
from litestar.testing import TestClient
from tests.web.conftest import small_firm

from weft.errors import ConflictError, InputError
from weft.store.desk import Desk
from weft.web import api, pages, signing
from weft.web.app import make
from weft.web.server import check_accounts, listen, serve
from weft.web.settings import Settings

Client = TestClient[Litestar]
HERE = "http://127.0.0.1:8000"
PASSWORD = "correct horse battery"  # noqa: S105
WISH = {"mission": "payments", "act": "deploy", "properties": {"region": "eu"}}


def field(client: Client) -> dict[str, str]:
    """Open a page, and give the token that a form on it would send."""
    client.get("/sign-in")
    return {"_csrf_token": client.cookies["weft-form"]}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give one store to all tests here: none minds what another has asked."""
    with small_firm(tmp_path_factory.mktemp("firm")) as desk:
        yield desk


@pytest.fixture(scope="module")
def app(desk: Desk) -> Litestar:
    return make(desk, Settings())


# What a browser is told


@pytest.mark.parametrize(
    "path", ["/", "/sign-in", "/nothing", "/api/firm", "/api/nothing", "/static/none"]
)
def test_every_answer_tells_the_browser_what_to_refuse(
    client: Client, path: str
) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["form-action"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nothing"])
def test_a_page_has_nothing_that_its_policy_refuses(client: Client, path: str) -> None:
    html = client.get(path).text
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert re.findall(r"<style|\bstyle=|\bon[a-z]+=|javascript:", html) == []


def test_a_file_is_kept_by_its_version(client: Client) -> None:
    path = "/static/vendor/htmx.min.js"
    plain = client.get(path)
    assert plain.headers["cache-control"] == "no-cache"
    version = plain.headers["etag"].strip('"')
    kept = client.get(f"{path}?v={version}")
    assert "immutable" in kept.headers["cache-control"]
    assert kept.content == plain.content
    same = client.get(path, headers={"if-none-match": plain.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py"])
def test_a_file_outside_of_its_folder_is_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


# Who calls


@pytest.mark.parametrize(
    ("host", "good"),
    [
        ("127.0.0.1:8000", True),
        ("localhost", True),
        ("[::1]:8000", True),
        ("LOCALHOST:1", True),
        ("weft.example", False),
        ("127.0.0.1.example.com", False),
        ("localhost.example.com:8000", False),
        ("[::1", False),
        ("", False),
    ],
)
@pytest.mark.parametrize(
    "path", ["/api/firm", "/sign-in", "/static/vendor/htmx.min.js"]
)
def test_a_name_that_points_here_is_not_enough(
    client: Client, host: str, path: str, *, good: bool
) -> None:
    answer = client.get(path, headers={"host": host})
    assert answer.status_code == (200 if good else 403)
    assert good or HERE in answer.text


@pytest.mark.parametrize(
    ("headers", "good"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"origin": HERE}, True),
        ({"origin": "http://127.0.0.1:9"}, False),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "null"}, False),
    ],
)
def test_another_site_cannot_write(
    client: Client, desk: Desk, headers: dict[str, str], *, good: bool
) -> None:
    before = desk.firm().seq
    answer = client.post("/api/requests", json=WISH, headers=headers)
    assert answer.status_code == (200 if good else 403)
    assert desk.firm().seq == before + good


def test_a_header_that_decides_comes_once(client: Client) -> None:
    twice = [(b"host", b"127.0.0.1"), (b"host", b"evil.example")]
    request = client.build_request("GET", "/api/firm")
    request.headers = httpx.Headers(twice)
    assert client.send(request).status_code == 400


def test_a_form_needs_the_token_of_its_browser(client: Client) -> None:
    assert client.post("/act-as", data={"person": "ben"}).status_code == 403
    own = field(client)
    other = {"_csrf_token": "0" * 64}
    assert client.post("/act-as", data={"person": "ben", **other}).status_code == 403
    answer = client.post(
        "/act-as", data={"person": "ben", **own}, follow_redirects=False
    )
    assert answer.status_code == 303
    header = {"x-csrftoken": own["_csrf_token"]}
    answer = client.post(
        "/act-as", data={"person": ""}, headers=header, follow_redirects=False
    )
    assert answer.status_code == 303


def test_a_form_without_its_cookie_is_refused(client: Client) -> None:
    own = field(client)
    client.cookies.clear()
    assert client.post("/act-as", data={"person": "ben", **own}).status_code == 403


# On this machine, without a login


def test_whoever_sits_here_is_the_owner_and_may_act_as_anybody(client: Client) -> None:
    assert client.get("/api/me").json()["actor"]["owner"] is True
    client.post("/act-as", data={"person": "ben", **field(client)})
    assert client.get("/api/me").json()["actor"] == {
        "person": "ben",
        "owner": False,
        "behalf": None,
    }
    refused = client.post("/api/accounts", json={"name": "x", "password": "y" * 12})
    assert refused.status_code == 403
    assert "not the owner" in refused.json()["detail"]
    client.post("/act-as", data={"person": "", **field(client)})
    assert client.get("/api/me").json()["actor"]["person"] == "owner"


def test_nobody_acts_as_somebody_who_is_not_there(client: Client) -> None:
    answer = client.post("/act-as", data={"person": "bne", **field(client)})
    assert answer.status_code == 422
    assert "ben" in answer.text


def test_what_is_done_as_somebody_is_on_record(client: Client, desk: Desk) -> None:
    client.post("/act-as", data={"person": "ben", **field(client)})
    number = client.post("/api/requests", json=WISH).json()["number"]
    assert desk.entry(number).actor == "ben"


# Starting


def test_weft_does_not_start_for_others_without_accounts(desk: Desk) -> None:
    there = Settings(mode="accounts", host="0.0.0.0")  # noqa: S104
    with pytest.raises(InputError, match="no account yet") as error:
        check_accounts(desk, there)
    assert "weft account add" in error.value.do
    desk.accounts.add("anna", PASSWORD, Settings().clock(), owner=True)
    check_accounts(desk, there)
    check_accounts(desk, Settings())


def test_a_start_that_is_refused_leaves_garbage_to_be_collected(tmp_path: Path) -> None:
    url, everywhere = f"sqlite:///{tmp_path / 'weft.db'}", "0.0.0.0"  # noqa: S104
    with pytest.raises(InputError, match="no account yet"):
        serve(url, print, host=everywhere, port=0)
    assert gc.isenabled()


@pytest.mark.slow
def test_a_handler_without_an_operation_keeps_weft_from_starting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    @get("/open", sync_to_thread=False)
    def bare() -> str:
        return "everything"

    @get("/odd", sync_to_thread=False, operation="whatever")
    def odd() -> str:
        return "everything"

    @get("/own", sync_to_thread=False, operation="look", before_request=lambda _: None)
    def own_way_in() -> str:
        return "everything"

    for handler in (bare, odd, own_way_in):
        with monkeypatch.context() as patch:
            patch.setattr(api, "HANDLERS", [*api.HANDLERS, handler])
            with pytest.raises(InputError, match=r"(may call|who calls) GET /api/o"):
                make(desk, Settings())
    make(desk, Settings())


def test_a_port_that_is_taken_is_told_or_passed_over() -> None:
    with listen("127.0.0.1", None) as first, listen("127.0.0.1", None) as second:
        taken, free = first.getsockname()[1], second.getsockname()[1]
        assert free != taken
        with pytest.raises(ConflictError, match=f"port {taken}") as error:
            listen("127.0.0.1", taken)
    assert "--port" in error.value.do


@pytest.mark.parametrize("every", [api.HANDLERS, [*signing.HANDLERS, *pages.HANDLERS]])
def test_no_two_handlers_answer_the_same_call(every: list[HTTPRouteHandler]) -> None:
    calls = Counter(
        (method, re.sub(r"\{\w+", "{", path))
        for handler in every
        for path in handler.paths
        for method in handler.http_methods
    )
    assert [call for call, times in calls.items() if times > 1] == []
