"""What is sent in the short way is what Litestar would send."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar, Response, get
from litestar.testing import TestClient

from weft.core.missions import Mission
from weft.web.sending import Told

GIVEN = [
    Mission(id="payments", title="Zahlungen für alle"),
    [Mission(id="payments", title="Payments")],
    {"at": datetime(2026, 11, 21, 9, tzinfo=UTC), "file": Path("a/b")},
    (),
    None,
    "text",
    b'{"packed": true}',
]


def _sent(by: type[Response[Any]], given: object, **more: Any) -> tuple[object, ...]:
    """Let a handler give something; tell what comes of it."""

    @get("/", response_class=by, sync_to_thread=False, **more)
    def give() -> Any:
        return given

    @get("/nothing", response_class=by, sync_to_thread=False, status_code=204)
    def nothing() -> None:
        return None

    told: list[object] = []
    with TestClient(Litestar([give, nothing], openapi_config=None)) as client:
        for reply in map(client.get, ("/", "/nothing")):
            told += [reply.status_code, sorted(reply.headers.items()), reply.content]
    return tuple(told)


@pytest.mark.parametrize("given", GIVEN, ids=lambda given: type(given).__name__)
def test_the_same_is_sent(given: object) -> None:
    assert _sent(Told, given) == _sent(Response, given)


def test_what_is_not_plain_json_goes_the_long_way() -> None:
    for more in ({"media_type": "text/plain"}, {"status_code": 201}):
        assert _sent(Told, "text", **more) == _sent(Response, "text", **more)
    headed = {"response_headers": {"x-more": "1"}}
    assert _sent(Told, [1], **headed) == _sent(Response, [1], **headed)
