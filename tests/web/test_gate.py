"""Bodies over HTTP: read strictly or refused, with the place and the way out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from tests.web.conftest import small_firm

from weft.store.desk import Desk
from weft.web.app import make
from weft.web.gate import MOST_BODY
from weft.web.settings import Settings

Client = TestClient[Litestar]
JSON = {"content-type": "application/json"}
WISH = b'{"mission": "payments", "act": "deploy", "properties": {"region": "eu"}}'


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Give one store to all tests here: none minds what another has asked."""
    with small_firm(tmp_path_factory.mktemp("firm")) as desk:
        yield desk


@pytest.fixture(scope="module")
def app(desk: Desk) -> Litestar:
    return make(desk, Settings())


def ask(client: Client, body: bytes, headers: dict[str, str] | None = None) -> Any:
    return client.post("/api/requests", content=body, headers=headers or JSON)


def test_a_body_that_fits_is_read(client: Client) -> None:
    answer = ask(client, WISH)
    assert answer.status_code == 200
    assert answer.json()["decision"]["request"]["properties"] == {"region": "eu"}


@pytest.mark.parametrize(
    ("body", "path", "says"),
    [
        (b"", "$", "Expecting value"),
        (b"{", "$", "Expecting property name"),
        (b"\xff\xfe", "$", "Expecting value"),
        (b'{"mission": "\xff"}', "$", "utf-8"),
        (WISH.replace(b"payments", b"pay\\u0000ments"), "$", "NUL"),
        (WISH.replace(b'"eu"', b'["\\u0000"]'), "$", "NUL"),
        (WISH.replace(b'"eu"', b'"\\ud800"'), "$", "surrogate"),
        (WISH.replace(b'"eu"', b"NaN"), "$", "NaN cannot be kept"),
        (WISH.replace(b'"eu"', b"Infinity"), "$", "Infinity cannot be kept"),
        (WISH.replace(b'"eu"', b"1" * 5000), "$", "digits"),
        (WISH.replace(b'"eu"', b"1.5"), "$.properties.region", "1.5, which is not"),
        (b'{"act": "deploy", "act": "deploy"}', "$", "comes twice"),
        (b"[" * 100_000, "$", "recursion"),
        (b'{"a":' * 100_000, "$", "recursion"),
        (b"[]", "$", "a list, which is not a mapping"),
        (b'{"mission": "payments"}', "$", "needs 'act'"),
        (b'{"mission": 1, "act": "deploy"}', "$.mission", "not a text"),
        (WISH.replace(b'"act"', b'"wish": 1, "act"'), "$.wish", "no field 'wish'"),
        (
            WISH.replace(b"payments", b"Payments!"),
            "$.mission",
            "another form than it needs",
        ),
    ],
)
def test_a_body_that_hides_something_is_refused(
    client: Client, body: bytes, path: str, says: str
) -> None:
    answer = ask(client, body)
    problem = answer.json()
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert (answer.status_code, problem["status"]) == (400, 400)
    assert (problem["file"], problem["path"]) == ("body", path)
    assert says.lower() in problem["detail"].lower()
    assert problem["do"]


@pytest.mark.parametrize("value", [b'"1"', b"1.0", b"true"])
def test_nothing_is_turned_into_what_it_is_not(client: Client, value: bytes) -> None:
    body = b'{"person":"ben","mission":"payments","start":"2026-01","share":%s}' % value
    answer = client.put(
        "/api/firm/seats/ben:payments:2026-01", content=body, headers=JSON
    )
    assert answer.status_code == 400
    assert answer.json()["path"] == "$.share"


@pytest.mark.parametrize("media", ["text/plain", "", "application/xml", "multipart/x"])
def test_another_kind_of_body_is_refused(client: Client, media: str) -> None:
    answer = ask(client, WISH, {"content-type": media})
    assert answer.status_code == 415
    assert answer.json()["status"] == 415


@pytest.mark.parametrize("over", [0, 1])
def test_a_body_has_a_limit(client: Client, over: int) -> None:
    body = WISH + b" " * (MOST_BODY + over - len(WISH))
    answer = ask(client, body)
    assert answer.status_code == (413 if over else 200)


def test_a_stream_without_a_length_has_the_same_limit(client: Client) -> None:
    parts = iter([WISH, *[b" " * 65536] * 20])
    answer = client.post("/api/requests", content=parts, headers=JSON)
    assert answer.status_code == 413
    assert "command line" in answer.json()["do"]


def test_several_problems_are_told_at_once(client: Client) -> None:
    body = b'{"mission":"payments","act":"deploy","properties":{"regoin":"eu","a":1}}'
    answer = ask(client, body)
    problem = answer.json()
    assert answer.status_code == 422
    told = {p["path"]: p["do"] for p in problem["problems"]}
    assert set(told) == {"$.properties.a", "$.properties.regoin"}
    assert "region" in told["$.properties.regoin"]


def test_a_form_without_a_file_is_told(client: Client) -> None:
    answer = client.post("/api/import/guess", files={"other": ("a.csv", b"name")})
    assert answer.status_code == 400
    assert answer.json()["path"] == "file"
    answer = client.post("/api/import/guess", content=b"x", headers=JSON)
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "path",
    ["/api/firm?draft=%00", "/api/firm/people/%00", "/api/decisions?mission=a%00"],
)
def test_an_address_without_a_letter_is_refused(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert "NUL" in answer.json()["detail"]


@pytest.mark.parametrize(
    "query", ["most=0", "most=1001", "most=x", "before=0", "before=9007199254740992"]
)
def test_a_list_keeps_to_its_limits(client: Client, query: str) -> None:
    answer = client.get(f"/api/decisions?{query}")
    assert answer.status_code == 400
    assert answer.json()["path"] == query.partition("=")[0]
