"""The tables that somebody has sent and not yet brought in: kept for a while."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from datetime import datetime, timedelta

import msgspec

from weft.errors import InputError
from weft.interop.tables import Table

KEPT = timedelta(hours=2)
MOST = 6


class Sent(msgspec.Struct, frozen=True):
    """A table with who sent it, and until when it is kept."""

    table: Table
    person: str
    until: datetime


class Uploads:
    """The last few tables, each under a name that nobody can guess.

    They are in memory alone, so that nothing of a firm stays behind that was
    looked at and not brought in.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._turn = threading.Lock()
        self._sent: OrderedDict[str, Sent] = OrderedDict()

    def keep(self, table: Table, person: str, now: datetime) -> str:
        """Keep a table for a while, and give the name under which it is kept."""
        name = secrets.token_urlsafe(16)
        with self._turn:
            self._sent[name] = Sent(table, person, now + KEPT)
            while len(self._sent) > MOST:
                self._sent.popitem(last=False)
        return name

    def find(self, name: str, person: str, now: datetime) -> Table:
        """Give a table to who has sent it; raise InputError where it is gone."""
        with self._turn:
            found = self._sent.get(name)
            if found is None or found.until <= now or found.person != person:
                raise InputError(
                    "This table is not kept any more.",
                    do="Send the file again; it is kept for two hours.",
                )
            return found.table

    def drop(self, name: str) -> None:
        """Let go of a table."""
        with self._turn:
            self._sent.pop(name, None)
