"""Whether Weft is well, and what its records look like."""

from __future__ import annotations

from typing import Any

from litestar import get
from litestar.di import NamedDependency

from weft.core.records import Record
from weft.interop.schemas import schemas as all_schemas
from weft.store.desk import Desk


class Health(Record, frozen=True, kw_only=True):
    """How the server is; `head` is the number of the journal's last entry."""

    up: bool
    head: int
    writable: bool


@get("/health", sync_to_thread=True, operation="sign-in")
def health(desk: NamedDependency[Desk]) -> Health:
    """Tell whether Weft is up and can write; asked by machines, without a login."""
    return Health(up=True, head=desk.firm().seq, writable=desk.writable)


@get("/schemas", sync_to_thread=True, operation="look")
def schemas() -> dict[str, dict[str, Any]]:
    """Give the JSON Schema of each kind of record."""
    return all_schemas()


HANDLERS = [health, schemas]
