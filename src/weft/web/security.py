"""What a browser is told to refuse, and what Weft refuses of a browser."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from litestar.types import Message, Scope

from weft.errors import Forbidden
from weft.web.forms import SAFE
from weft.web.settings import LOOPBACK, Settings

POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'"
)
_HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
_TRANSPORT = (b"strict-transport-security", b"max-age=31536000")
_PRIVATE = (b"cache-control", b"no-store")


async def add_headers(message: Message, scope: Scope) -> None:
    """Add to every answer, errors too, what a browser has to keep to.

    Whatever does not say that it may be kept is not: most of it is about people.
    """
    if message["type"] != "http.response.start":
        return
    headers = message["headers"] = [*message.get("headers", ()), *_HEADERS]
    if not any(name == b"cache-control" for name, _ in headers):
        headers.append(_PRIVATE)
    if scope.get("scheme") == "https":
        headers.append(_TRANSPORT)


def check_site(settings: Settings, method: str, headers: Mapping[str, str]) -> None:
    """Refuse what another site makes a browser send.

    Without a login any page in this machine's browser could act as its owner:
    by a name of its own that it lets point to 127.0.0.1, which the host tells,
    or by a form or script of its own, which the browser tells.
    """
    host = headers.get("host", "")
    if settings.single and _name(host) not in LOOPBACK:
        raise Forbidden(
            "Weft answers here under the names of this machine only.",
            do=f"Open {settings.address}.",
        )
    if method not in SAFE and _foreign(headers, host):
        raise Forbidden(
            "This call comes from another site.",
            do="Open Weft itself and do it there, or use an API token outside a "
            "browser.",
        )


def _foreign(headers: Mapping[str, str], host: str) -> bool:
    """Tell whether a browser says that another site made it send this."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != host


@lru_cache
def _name(host: str) -> str | None:
    """Give the name in a Host header, without its port and brackets."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
