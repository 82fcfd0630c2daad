"""Asking a running Weft over HTTP, as a pipeline does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request as Call
from urllib.request import urlopen

import msgspec

from weft.app import wording
from weft.app.requests import Answer
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.records import read, read_plain
from weft.core.vocabulary import Act, Property
from weft.errors import ConflictError, Forbidden, InputError, Unavailable, WeftError

SECONDS = 30


def ask_server(
    server: str,
    token: str,
    mission: str,
    act: str,
    texts: Mapping[str, str],
    *,
    asset: str = "",
    title: str = "",
    key: str = "",
    tries: bool = False,
) -> Answer:
    """Ask the Weft at `server`; the words are typed by its own vocabulary.

    Raises Unavailable where nobody answers there, and what the server told.
    """
    records = [
        read(kind, plain)
        for kind in (Act, Property)
        for plain in _call(server, token, f"/api/firm/{kind.kind}")["records"]
    ]
    firm = change(Firm(), [put(record) for record in records])
    wish = wording.request(firm, mission, act, texts, asset=asset, title=title)
    path = "/api/requests/try" if tries else "/api/requests"
    return read(Answer, _call(server, token, path, msgspec.json.encode(wish), key))


def _call(
    server: str, token: str, path: str, body: bytes | None = None, key: str = ""
) -> Any:
    """Send one call and read its JSON."""
    if urlsplit(server).scheme not in {"http", "https"}:
        raise InputError(
            f"{server!r} is no address of a server.",
            do="Give http://... or https://...",
        )
    headers = {"content-type": "application/json"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    if key:
        headers["idempotency-key"] = key
    call = Call(server.rstrip("/") + path, data=body, headers=headers)  # noqa: S310, scheme checked above
    try:
        with urlopen(call, timeout=SECONDS) as reply:  # noqa: S310, scheme checked above
            return read_plain(reply.read(), server)
    except HTTPError as error:
        raise _told(error) from error
    except (URLError, HTTPException, OSError) as error:
        raise Unavailable(
            f"No answer from {server}: {error}.",
            do="Check the address, and that Weft is running there.",
        ) from error


def _told(error: HTTPError) -> WeftError:
    """Turn a problem that the server told back into the error it was."""
    kinds = {401: Forbidden, 403: Forbidden, 409: ConflictError, 503: Unavailable}
    try:
        plain = json.loads(error.read())
        what, do = str(plain["detail"]), str(plain.get("do", ""))
    except (ValueError, KeyError, TypeError):
        what, do = f"The server answered {error.code}.", "See the server's log."
    return kinds.get(error.code, InputError)(what, do=do)
