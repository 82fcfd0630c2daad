"""Asking a running Weft over HTTP, as a pipeline does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import ProxyHandler, build_opener
from urllib.request import Request as Call

import msgspec

from weft.app import wording
from weft.app.requests import Answer, Explained
from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.records import Record, read, read_plain, show
from weft.core.requests import Request
from weft.core.vocabulary import Act, Property
from weft.errors import (
    ConflictError,
    Forbidden,
    InputError,
    Problems,
    Unavailable,
    WeftError,
    Where,
)

SECONDS = 30
_HERE = re.compile(r"http://(?:127\.0\.0\.1|localhost|\[::1\]):\d+")


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for, as it was typed: not yet in the firm's own types."""

    mission: str
    act: str
    texts: Mapping[str, str]
    asset: str = ""
    title: str = ""

    def typed(self, firm: Firm) -> Request:
        """Give it in the types of the firm's vocabulary."""
        return wording.request(
            firm,
            self.mission,
            self.act,
            self.texts,
            asset=self.asset,
            title=self.title,
        )


class Server(msgspec.Struct, frozen=True):
    """A running Weft: its address, and who asks it.

    token: an API token. person: as whom to act on one's own machine, where nobody
    signs in.
    """

    address: str
    token: str = ""
    person: str = ""

    def ask(self, words: Words, key: str = "") -> Explained:
        """Ask, and have the answer kept there.

        Raises Unavailable where nobody answers there, and what the server told.
        """
        wish = words.typed(self._vocabulary())
        answer = read(Answer, self._call("/api/requests", show(wish).encode(), key))
        if not answer.decision.no_way:
            return Explained(number=answer.number, decision=answer.decision)
        return read(Explained, self._call(f"/api/decisions/{answer.number}"))

    def try_out(self, words: Words, draft: str = "") -> Explained:
        """Ask what the answer would be, on a draft too; nothing is kept."""
        wish = words.typed(self._vocabulary())
        path = f"/api/requests/try?draft={quote(draft)}"
        return read(Explained, self._call(path, show(wish).encode()))

    def _vocabulary(self) -> Firm:
        """Give so much of that firm as it takes to type the words."""
        known = [*self._records(Act), *self._records(Property)]
        return change(Firm(), [put(record) for record in known])

    def _records(self, kind: type[Record]) -> Iterator[Record]:
        """Give all records of a kind, page by page."""
        after = ""
        while True:
            page = self._call(f"/api/firm/{kind.kind}?after={quote(after)}")
            yield from (read(kind, plain) for plain in page["records"])
            after = page["next"]
            if not after:
                return

    def _call(self, path: str, body: bytes | None = None, key: str = "") -> Any:
        """Send one call and read its JSON."""
        if urlsplit(self.address).scheme not in {"http", "https"}:
            raise InputError(
                f"{self.address!r} is no address of a server.",
                do="Give http://... or https://...",
            )
        headers = {"content-type": "application/json"}
        if self.token:
            headers["authorization"] = f"Bearer {self.token}"
        if self.person:
            headers["cookie"] = f"weft-act-as={self.person}"
        if key:
            headers["idempotency-key"] = key
        call = Call(self.address.rstrip("/") + path, data=body, headers=headers)  # noqa: S310, scheme checked above
        # What this machine answers itself is no business of a proxy.
        opener = build_opener(*[ProxyHandler({})] if is_here(self.address) else [])
        try:
            with opener.open(call, timeout=SECONDS) as reply:
                return read_plain(reply.read(), self.address)
        except HTTPError as error:
            raise _told(error, self.address) from error
        except (HTTPException, OSError) as error:
            raise Unavailable(
                f"No answer from {self.address}: {getattr(error, 'reason', error)}.",
                do="Check the address, and that Weft is running there.",
            ) from error


def is_here(address: str) -> bool:
    """Tell whether an address is on this machine."""
    return _HERE.match(address) is not None


def address_in(holder: str) -> str:
    """Find where a Weft on this machine answers, in what it says of itself."""
    found = _HERE.search(holder)
    return found[0] if found else ""


_KINDS: dict[int, type[WeftError]] = {
    **dict.fromkeys((401, 403), Forbidden),
    409: ConflictError,
}


def _told(error: HTTPError, address: str) -> WeftError:
    """Turn a problem that the server told back into the error it was."""
    try:
        plain = json.loads(error.read())
        several = [_fault(each) for each in plain.get("problems", ())]
        return Problems(several) if several else _fault(plain, error.code)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Unavailable(
            f"{address} answered {error.code}, and not as Weft does.",
            do="Check the address.",
        )


def _fault(plain: Mapping[str, Any], code: int = 422) -> Any:
    """Read one problem: what, what to do, and where."""
    busy = code >= HTTPStatus.INTERNAL_SERVER_ERROR
    kind = Unavailable if busy else _KINDS.get(code, InputError)
    where = Where(plain.get("file", ""), plain.get("line", 0), plain.get("path", ""))
    return kind(str(plain["detail"]), do=str(plain.get("do", "")), where=where)
