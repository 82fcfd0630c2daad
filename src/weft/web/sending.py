"""What a call of the API gives, sent as JSON with as little ado as can be.

Litestar keeps headers in a form in which they can still be changed, and looks each up
before it puts it in. Nobody changes them here, and whoever asks waits for it.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from litestar import MediaType, Response
from litestar import Request as Call
from litestar.serialization import default_serializer
from litestar.types import ASGIApp, Receive, Scope, Send

T = TypeVar("T")
_encode = msgspec.json.Encoder(enc_hook=default_serializer).encode
_JSON = (b"content-type", b"application/json")
_EMPTY = frozenset({204, 304})


class Told(Response[T]):
    """What a handler of the API gives; what is not plain JSON goes Litestar's way."""

    def to_asgi_response(  # type: ignore[override]
        self, app: None, request: Call[Any, Any, Any], **given: Any
    ) -> ASGIApp:
        """Give what sends it."""
        status = self.status_code or 200
        json = self.media_type == MediaType.JSON and status not in _EMPTY
        if not json or isinstance(self.content, str | bytes) or any(given.values()):
            return super().to_asgi_response(app, request, **given)
        body = _encode(self.content)
        length = (b"content-length", str(len(body)).encode())

        async def answer(_: Scope, __: Receive, send: Send) -> None:
            headers = [_JSON, length]
            await send(
                {"type": "http.response.start", "status": status, "headers": headers}
            )
            await send({"type": "http.response.body", "body": body, "more_body": False})

        return answer
