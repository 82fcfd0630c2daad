"""Signing in: sessions, passwords, tokens, and what they may cross."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from tests.web.conftest import Clock

from weft.store.desk import Desk
from weft.web.app import make
from weft.web.settings import Settings

Client = TestClient[Litestar]
PASSWORD = "correct horse battery"  # noqa: S105


def field(client: Client) -> dict[str, str]:
    """Open a page, and give the token that a form on it would send."""
    client.get("/sign-in")
    return {"_csrf_token": client.cookies["weft-form"]}


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> int:
    data = {"name": "anna", "password": password, **field(client), **more}
    answer = client.post("/sign-in", data=data, follow_redirects=False)
    return answer.status_code


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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_guessing_passwords_comes_to_a_pause(signing: Client, clock: Clock) -> None:
    assert [sign_in(signing, "wrong" * 4) for _ in range(5)] == [401] * 5
    assert sign_in(signing) == 401  # the right one, in the pause
    clock.now += timedelta(minutes=20)
    assert sign_in(signing) == 303


@pytest.mark.slow
def test_a_wrong_name_and_a_wrong_password_look_the_same(signing: Client) -> None:
    texts = []
    for name in ("anna", "nobody"):
        data = {"name": name, "password": "wrong" * 4, **field(signing)}
        answer = signing.post("/sign-in", data=data)
        assert answer.status_code == 401
        texts.append(re.sub(r'value="[^"]*"', "", answer.text))
    assert texts[0] == texts[1]


@pytest.mark.slow
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
    signing: Client, token: Callable[..., dict[str, str]], clock: Clock
) -> None:
    header = token("cleo")
    assert signing.get("/api/me", headers=header).status_code == 200
    clock.now += timedelta(days=91)
    assert signing.get("/api/me", headers=header).status_code == 401
