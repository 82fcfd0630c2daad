"""A partner's person sees what they share and nothing else: every call is swept.

Whatever lies outside of what dora shares has `canary` in it. She calls every
operation of the API, with names that are there, that are not, and that are nearly
there; no answer may hold the word, but where she has sent it herself.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient
from tests.web.conftest import OWNER

from weft.app import drafts
from weft.core.entries import put
from weft.core.missions import Mission
from weft.store.desk import Desk
from weft.web.operations import handlers
from weft.web.schema import Operation

Client = TestClient[Litestar]
Headers = Callable[..., dict[str, str]]

HIDDEN = [
    "canary-board",
    "canary-corp",
    "canary-deal",
    "canary-lending",
    "canary-plan",
    "canary-vault",
    "canary-zara",
    "canary-zara:canary-lending:2026-01",
    "canary-zara:pricing",
    "w-canary",
]
NEAR = [key.replace("canary", "canari") for key in HIDDEN]
SHARED = ["anna", "ledger", "payments"]
QUERIES = [
    "",
    "as_of=1",
    "draft=canary-plan",
    "q=canary",
    "q=canari",
    "mission=canary-lending",
    "across=missions",
    "since=1",
    "unit=canary-board",
    "month=2026-05",
]
BODIES: dict[str, list[Any]] = {
    "Request": [
        {"mission": m, "act": "deploy", "asset": a, "properties": {"region": "us"}}
        for m in ("payments", "canary-lending", "canari-lending")
        for a in (None, "canary-vault", "canari-vault")
    ],
    "Wish": [
        {
            "guardrail": g,
            "mission": m,
            "asset": a,
            "reason": "Because.",
            "until": "2026-12-01T00:00:00Z",
        }
        for g in ("data-in-eu", "data-in-es")
        for m in ("payments", "canary-lending")
        for a in (None, "canari-vault")
    ],
    "Guardrail": [
        {
            "id": "fresh",
            "title": "x",
            "level": "must",
            "principle": "data-stays",
            "owner": owner,
            "must": must,
        }
        for owner in ("security", "canari-role")
        for must in (
            [{"path": "region", "is": "us"}],
            [{"path": "mission", "is": "canari-lending"}],
            [{"path": "asset", "in": ["canari-vault", "ledger"]}],
        )
    ],
    "Why": [{"why": "Because."}],
    "Objection": [
        {"guardrail": g, "mission": m, "reason": "Because.", "waivers": w, "draft": d}
        for g in ("data-in-eu", "data-in-es")
        for m in ("payments", "canary-lending")
        for w in ([], ["canari"])
        for d in (None, "canari-plan")
    ],
    "Reply": [{"answer": "keep", "reason": "Because."}],
    "Begin": [{"id": "mine"}, {"id": "canary-plan"}],
    "Opening": [{"name": "x", "password": "long enough, yes"}],
    "Renewal": [{"password": "long enough, yes"}],
    "Making": [{"title": "x"}],
    "Seat": [
        {"person": "canari-zara", "mission": "payments", "start": "2026-12"},
        {"person": "dora", "mission": "canari-lending", "start": "2026-12"},
    ],
    "Asset": [{"id": "canary-vault", "title": "x", "mission": "payments"}],
    "Mission": [{"id": "canary-lending", "title": "x"}],
    "Mandate": [{"mission": "canary-lending"}],
    "Person": [{"id": "canary-zara", "manager": "canari-zara"}],
}
ANY = [{"id": "canary-zara", "title": "x"}, {"id": "x", "title": "x"}, {}]


@pytest.fixture
def dora(desk: Desk, client: Client, token: Headers) -> dict[str, str]:
    """Let there be a draft and decisions of others; give who calls."""
    drafts.new(desk, OWNER, "canary-plan", "Canary plan")
    more = [put(Mission(id="canary-new", title="Canary new"))]
    drafts.add(desk, OWNER, "canary-plan", more)
    for mission in ("payments", "canary-lending"):
        wish = {"mission": mission, "act": "deploy", "properties": {"region": "us"}}
        assert client.post("/api/requests", json=wish).status_code == 200
    return token("dora")


def operations(app: Litestar) -> list[Operation]:
    """Give every operation of the API."""
    return [Operation(*each) for each in handlers(app) if each[0].startswith("/api")]


def paths(operation: Operation) -> Iterator[str]:
    """Give the addresses to try: each hole filled with every name or number."""
    holes = [part for part in operation.path.split("/") if part.startswith("{")]
    fillings = [
        ["0", "1", "2", "3", "99"] if ":int" in hole else [*HIDDEN, *NEAR[3:5], *SHARED]
        for hole in holes
    ]
    for filling in itertools.product(*fillings):
        path = operation.path
        for hole, value in zip(holes, filling, strict=True):
            path = path.replace(hole, value)
        yield path


def sent(operation: Operation) -> list[dict[str, Any]]:
    """Give the bodies to try."""
    if operation.body:
        bodies = BODIES.get(operation.body.__name__, ANY)
        return [{"content": json.dumps(b).encode(), "headers": JSON} for b in bodies]
    if "upload" in operation.signature.parameters:
        return [{"files": {"file": ("people.csv", b"name,unit\nCanari,x\n")}}]
    return [{}]


JSON = {"content-type": "application/json"}


PUBLIC = "sre.google/workbook/canarying-releases"  # what a ready set stands on


def told(answer: httpx.Response, call: str) -> str:
    """Give what an answer tells, without what was sent."""
    text = answer.content.decode(errors="replace").lower().replace(PUBLIC, "")
    for name in [*HIDDEN, "canary"] if "q=canary" in call else HIDDEN:
        if name in call:
            text = text.replace(name, "")
    return text


@pytest.mark.slow
def test_no_call_tells_what_is_not_shared(
    app: Litestar, client: Client, dora: dict[str, str]
) -> None:
    calls = 0
    for operation in operations(app):
        for path, query, more in tries(operation):
            headers = {**dora, **more.get("headers", {})}
            url = f"{path}?{query}"
            answer = client.request(
                operation.method, url, **{**more, "headers": headers}
            )
            calls += 1
            call = f"{url} {more}"
            assert answer.status_code < 500, (call, answer.text)
            assert "canary" not in told(answer, call), (call, answer.text)
    assert calls > 2000


def tries(operation: Operation) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give every call to make of an operation: address, query, body."""
    queries = QUERIES
    if "{" in operation.path:  # with a name in the address, the past is enough
        queries = ["", "as_of=1"] if operation.method == "get" else [""]
    return itertools.product(paths(operation), queries, sent(operation))


@pytest.mark.slow
def test_what_is_not_shared_looks_like_what_is_not_there(
    app: Litestar, client: Client, dora: dict[str, str]
) -> None:
    looked = 0
    for operation in operations(app):
        if operation.method != "get" or "{" not in operation.path:
            continue
        for there, nowhere in zip(HIDDEN, NEAR, strict=True):
            hole = operation.path[operation.path.index("{") :].partition("}")[0] + "}"
            if ":int" in hole:
                continue
            answers = [
                client.get(operation.path.replace(hole, name), headers=dora)
                for name in (there, nowhere)
            ]
            details = [
                answer.json()["detail"].replace(name, "?")
                for answer, name in zip(answers, (there, nowhere), strict=True)
            ]
            assert answers[0].status_code == answers[1].status_code >= 400
            assert details[0] == details[1]
            looked += 1
    assert looked > 100


def test_the_sweep_would_find_it(client: Client, token: Headers) -> None:
    """An insider is told: the word is there to be found."""
    answer = client.get("/api/firm/missions", headers=token("ben"))
    assert "canary" in answer.text


def test_what_is_shared_is_told(client: Client, dora: dict[str, str]) -> None:
    missions = client.get("/api/firm/missions", headers=dora).json()
    assert [m["id"] for m in missions["records"]] == ["payments"]
    people = client.get("/api/profiles", headers=dora).json()
    assert [p["name"] for p in people["records"]] == [
        "Anna Alva",
        "Ben Borg",
        "Dora Dahl",
    ]
    decisions = client.get("/api/decisions", headers=dora).json()
    assert {d["decision"]["request"]["mission"] for d in decisions} == {"payments"}
