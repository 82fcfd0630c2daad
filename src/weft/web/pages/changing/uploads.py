"""What somebody has sent and not yet brought in: kept for a while."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

import msgspec
from litestar.response import Redirect

from weft.errors import InputError
from weft.web.context import Page

KEPT = timedelta(hours=2)
MOST = 6


T = TypeVar("T")


class Sent(msgspec.Struct, Generic[T], frozen=True):
    """A table or a log, who sent it, and until when it is kept."""

    table: T
    person: str
    until: datetime


class Uploads(Generic[T]):
    """The last few tables or logs, each under a name that nobody can guess.

    They are in memory alone, so that nothing of a firm stays behind that was
    looked at and not brought in.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._turn = threading.Lock()
        self._sent: OrderedDict[str, Sent[T]] = OrderedDict()

    def keep(self, table: T, person: str, now: datetime) -> str:
        """Keep a table for a while, and give the name under which it is kept."""
        name = secrets.token_urlsafe(16)
        with self._turn:
            self._sent[name] = Sent(table, person, now + KEPT)
            while len(self._sent) > MOST:
                self._sent.popitem(last=False)
        return name

    def find(self, name: str, person: str, now: datetime) -> T:
        """Give a table to who has sent it; raise InputError where it is gone."""
        with self._turn:
            found = self._sent.get(name)
            if found is None or found.until <= now or found.person != person:
                raise InputError(
                    "This file is not kept any more.",
                    do="Send the file again; it is kept for two hours.",
                )
            return found.table

    def drop(self, name: str) -> None:
        """Let go of a table."""
        with self._turn:
            self._sent.pop(name, None)


def waiting(page: Page, of: str) -> Uploads[Any]:
    """Give what was sent of one kind and waits in this server."""
    state, name = page.call.app.state, f"waiting-{of}"
    if name not in state:
        state[name] = Uploads()
    found: Uploads[Any] = state[name]
    return found


def to_look(path: str, fields: Mapping[str, str], kept: Sequence[str]) -> Redirect:
    """Go on to the look at what was sent; the address keeps some of its fields."""
    query = urlencode({key: fields[key] for key in kept if fields.get(key)})
    return Redirect(f"{path}?{query}" if query else path, status_code=303)
