"""Whoever hangs up stops what they asked for over HTTP, and nothing of it is left."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from litestar import Litestar
from litestar.testing import TestClient
from tests.web.conftest import HERE

ASK = {"month": "2027-01", "months": 12, "limit": 60}
HEADERS = [(b"host", b"127.0.0.1:8000"), (b"content-type", b"application/json")]


async def _hung_up_on(app: Litestar, path: str) -> tuple[int, Any]:
    """Ask for a round and hang up at once; give the reply that nobody hears."""
    coming: list[Any] = [
        {"type": "http.request", "body": json.dumps(ASK).encode(), "more_body": False},
        {"type": "http.disconnect"},
    ]
    replied: list[Any] = []

    async def receive() -> Any:
        return coming.pop(0)

    async def send(message: Any) -> None:
        replied.append(message)

    scope: Any = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": HEADERS,
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 8000),
        "root_path": "",
        "state": {},
    }
    await app(scope, receive, send)
    body = b"".join(message.get("body", b"") for message in replied)
    return replied[0]["status"], json.loads(body)


def hung_up_on(app: Litestar, path: str) -> tuple[int, Any]:
    """Do so in a thread of its own: a browser beside it has this one's event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, _hung_up_on(app, path)).result()


def test_whoever_hangs_up_stops_a_round_and_nothing_is_put_before_people(
    example_app: Callable[[str], Litestar],
) -> None:
    app = example_app("airline")
    with TestClient(app, base_url=HERE) as client:
        before = client.get("/api/journal").json()
        status, found = hung_up_on(app, "/api/rounds/plan")
        assert (status, found["ended"]) == (200, "cancelled")
        status, _ = hung_up_on(app, "/api/rounds")
        assert status == 409
        assert client.get("/api/journal").json() == before
