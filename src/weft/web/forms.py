"""Forms: proof that a page of ours was filled in, not one of somebody else.

The token is drawn for each browser, kept in a cookie that no script reads, and
sent back with each form. It needs no secret of the server's, so a restart does
not make open pages stale; that another site plants the cookie is ruled out by
the check of where a call comes from, in security.py.
"""

from __future__ import annotations

import secrets
from typing import Any

from litestar import Request as Call

from weft.errors import Forbidden

COOKIE = "weft-form"
FIELD = "_csrf_token"
HEADER = "x-csrftoken"
AnyCall = Call[Any, Any, Any]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def new_token() -> str:
    """Draw a token that nobody can guess."""
    return secrets.token_hex(32)


async def check_form(call: AnyCall) -> None:
    """Refuse a form that does not bring the token of this browser."""
    if call.method in SAFE:
        return
    kept = call.cookies.get(COOKIE, "")
    sent = call.headers.get(HEADER) or (await call.form()).get(FIELD)
    if not kept or not isinstance(sent, str) or not _equal(kept, sent):
        raise Forbidden(
            "This form did not come from a page of this Weft.",
            do="Open the page again and send the form from there.",
        )


def _equal(kept: str, sent: str) -> bool:
    """Compare in a time that tells nothing."""
    return secrets.compare_digest(kept.encode(), sent.encode())
