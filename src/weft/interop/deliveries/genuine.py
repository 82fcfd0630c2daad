"""Whether a call comes from the tool that has the secret, and which one it is."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

import msgspec

from weft.core.delivering.deliveries import Format
from weft.errors import Forbidden

_SIGNED = {"github": "x-hub-signature-256", "cdevents": "x-weft-signature-256"}
"""The header in which the body's HMAC-SHA256 comes, as `sha256=` and hexadecimals."""
_TOKEN = {"gitlab": "x-gitlab-token", "cdevents": "x-weft-token"}
"""The header in which the secret itself comes."""
_HEADERS = ", ".join(sorted({*_SIGNED.values(), *_TOKEN.values()}))
"""All of them are told to whoever proves nothing: not which the hook waits for."""
_NUMBER = {
    "github": ("x-github-delivery",),
    "gitlab": ("idempotency-key", "x-gitlab-event-uuid"),
    "cdevents": ("ce-id",),
}
_EVENT = {"github": "x-github-event", "gitlab": "x-gitlab-event"}


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One call of a tool.

    headers: by name in lower case. body: as it came, byte for byte.
    """

    format: Format
    headers: Mapping[str, str]
    body: bytes

    @property
    def number(self) -> str:
        """Give the tool's own number of the call, the same when it is sent again."""
        found = (self.headers.get(name, "") for name in _NUMBER[self.format])
        return next(filter(None, found), "")

    @property
    def event(self) -> str:
        """Give which kind of event it is, where a header says it."""
        return self.headers.get(_EVENT.get(self.format, ""), "")


def check_genuine(call: Call, secret: str) -> None:
    """Refuse a call that does not prove that its sender has the secret.

    GitHub signs the body; GitLab sends the secret; of CDEvents either will do.
    Compared in a time that does not tell how much of it was right.
    Raises Forbidden, in the same words whatever was wrong.
    """
    key = secret.encode()
    proofs: list[bool] = []
    if name := _SIGNED.get(call.format):
        signed = "sha256=" + hmac.new(key, call.body, hashlib.sha256).hexdigest()
        proofs.append(_same(call.headers.get(name, ""), signed))
    if name := _TOKEN.get(call.format):
        proofs.append(_same(call.headers.get(name, ""), secret))
    if not any(proofs):
        raise Forbidden(
            "This call does not prove where it comes from.",
            do=f"Give the tool the secret of its hook; it sends {_HEADERS}.",
        )


def _same(given: str, wanted: str) -> bool:
    """Compare two texts in constant time."""
    return hmac.compare_digest(
        given.encode(errors="surrogateescape"), wanted.encode(errors="surrogateescape")
    )
