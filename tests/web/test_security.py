"""What keeps others out: the host, the site, the form, the session, the headers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from litestar import Litestar, get
from litestar.testing import TestClient

from weft.errors import ConflictError, InputError
from weft.store.desk import Desk
from weft.web import api
from weft.web.app import make
from weft.web.server import check_accounts, listen
from weft.web.settings import Settings

Client = TestClient[Litestar]
HERE = "http://127.0.0.1:8000"
PASSWORD = "correct horse battery"  # noqa: S105
WISH = {"mission": "payments", "act": "deploy", "properties": {"region": "eu"}}


def field(client: Client) -> dict[str, str]:
    """Open a page, and give the token that a form on it would send."""
    client.get("/sign-in")
    return {"_csrf_token": client.cookies["weft-form"]}


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> int:
    data = {"name": "anna", "password": password, **field(client), **more}
    answer = client.post("/sign-in", data=data, follow_redirects=False)
    return answer.status_code


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
    assert "administers" in refused.json()["detail"]
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


# With accounts


@pytest.mark.parametrize("path", ["/api/firm", "/api/journal", "/schema/openapi.json"])
def test_a_program_without_a_token_is_told_to_sign_in(
    signing: Client, path: str
) -> None:
    answer = signing.get(path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_a_person_who_is_not_signed_in_is_led_to_the_door(signing: Client) -> None:
    answer = signing.get("/missions?as_of=1", follow_redirects=False)
    assert answer.status_code in {303, 404}
    answer = signing.get("/?as_of=1", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/%3Fas_of%3D1"


def test_signing_in_and_out(signing: Client) -> None:
    assert signing.get("/api/me").status_code == 401
    assert sign_in(signing) == 303
    assert signing.get("/api/me").json()["actor"]["person"] == "anna"
    kept = signing.cookies["weft-session"]
    signing.post("/sign-out", data=field(signing), follow_redirects=False)
    assert signing.get("/api/me").status_code == 401
    again = {"cookie": f"weft-session={kept}"}
    assert signing.get("/api/me", headers=again).status_code == 401


def test_the_session_s_cookie_is_for_the_browser_alone(signing: Client) -> None:
    data = {"name": "anna", "password": PASSWORD, **field(signing)}
    answer = signing.post("/sign-in", data=data, follow_redirects=False)
    flags = {f.strip().lower() for f in answer.headers["set-cookie"].split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= flags


@pytest.mark.parametrize(
    ("settings", "secure"),
    [
        (Settings(mode="accounts", host="0.0.0.0"), True),  # noqa: S104
        (Settings(mode="accounts"), False),
    ],
)
def test_a_cookie_crosses_no_network_unprotected(
    desk: Desk, settings: Settings, *, secure: bool
) -> None:
    with TestClient(make(desk, settings), base_url="https://weft.example") as client:
        flags = client.get("/sign-in").headers["set-cookie"].lower()
    assert ("secure" in flags) is secure


def test_a_password_crosses_no_network_readable(desk: Desk) -> None:
    desk.accounts.add("anna", PASSWORD, Settings().clock(), person="anna")
    app = make(desk, Settings(mode="accounts", host="0.0.0.0"))  # noqa: S104
    with TestClient(app, base_url="http://weft.example") as client:
        token = client.get("/sign-in").headers["set-cookie"].split(";")[0]
        answer = client.post(
            "/sign-in",
            data={"name": "anna", "password": PASSWORD},
            headers={"cookie": token, "x-csrftoken": token.partition("=")[2]},
        )
    assert answer.status_code == 403
    assert "https" in answer.text


def test_guessing_passwords_comes_to_a_pause(
    signing: Client, settings: Settings
) -> None:
    assert [sign_in(signing, "wrong" * 4) for _ in range(5)] == [401] * 5
    assert sign_in(signing) == 401  # the right one, in the pause
    settings.clock.now += timedelta(minutes=20)  # type: ignore[attr-defined]
    assert sign_in(signing) == 303


def test_a_wrong_name_and_a_wrong_password_look_the_same(signing: Client) -> None:
    texts = []
    for name in ("anna", "nobody"):
        data = {"name": name, "password": "wrong" * 4, **field(signing)}
        answer = signing.post("/sign-in", data=data)
        assert answer.status_code == 401
        texts.append(re.sub(r'value="[^"]*"', "", answer.text))
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/missions", "/missions"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/a\r\nset-cookie: x=y", "/"),
    ],
)
def test_signing_in_leads_nowhere_else(
    signing: Client, wanted: str, leads_to: str
) -> None:
    data = {"name": "anna", "password": PASSWORD, "next": wanted, **field(signing)}
    answer = signing.post("/sign-in", data=data, follow_redirects=False)
    assert answer.headers["location"] == leads_to


def test_a_token_acts_as_its_account(
    signing: Client, token: Callable[..., dict[str, str]]
) -> None:
    answer = signing.get("/api/me", headers=token("cleo"))
    assert answer.json()["actor"]["person"] == "cleo"


@pytest.mark.parametrize("given", ["Bearer wrong", "Bearer ", "Basic YTpi", "x"])
def test_a_wrong_token_is_nobody_s(client: Client, signing: Client, given: str) -> None:
    for each in (client, signing):
        answer = each.get("/api/me", headers={"authorization": given})
        assert answer.status_code == 401


def test_a_token_ends(
    signing: Client, token: Callable[..., dict[str, str]], settings: Settings
) -> None:
    header = token("cleo")
    assert signing.get("/api/me", headers=header).status_code == 200
    settings.clock.now += timedelta(days=91)  # type: ignore[attr-defined]
    assert signing.get("/api/me", headers=header).status_code == 401


# Starting


def test_weft_does_not_start_for_others_without_accounts(desk: Desk) -> None:
    there = Settings(mode="accounts", host="0.0.0.0")  # noqa: S104
    with pytest.raises(InputError, match="no account yet") as error:
        check_accounts(desk, there)
    assert "weft account add" in error.value.do
    desk.accounts.add("anna", PASSWORD, Settings().clock(), owner=True)
    check_accounts(desk, there)
    check_accounts(desk, Settings())


def test_a_handler_without_an_operation_keeps_weft_from_starting(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    @get("/open", sync_to_thread=False)
    def bare() -> str:
        return "everything"

    @get("/odd", sync_to_thread=False, operation="whatever")
    def odd() -> str:
        return "everything"

    for handler in (bare, odd):
        with monkeypatch.context() as patch:
            patch.setattr(api, "HANDLERS", [*api.HANDLERS, handler])
            with pytest.raises(InputError, match="who may call GET /api/o"):
                make(desk, Settings())
    make(desk, Settings())


def test_a_port_that_is_taken_is_told_or_passed_over() -> None:
    with listen("127.0.0.1", None) as first, listen("127.0.0.1", None) as second:
        taken, free = first.getsockname()[1], second.getsockname()[1]
        assert free != taken
        with pytest.raises(ConflictError, match=f"port {taken}") as error:
            listen("127.0.0.1", taken)
    assert "--port" in error.value.do
