"""Working agreements over HTTP, with what comes round next and what stood before."""

from __future__ import annotations

from datetime import datetime

from litestar import get, put
from litestar.di import NamedDependency

from weft.app.delivering import agreeing
from weft.app.delivering.agreeing import Agreed, Writing
from weft.app.views import View, look
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.web.params import Idempotency, Key, Seen


@get("/working/{key:str}", sync_to_thread=True, operation="look")
def one(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
    key: Key,
) -> Agreed:
    """Tell how a mission works, what comes round next, and how it worked before."""
    return agreeing.agreed(desk, view, key, now.date())


@put("/working/{key:str}", sync_to_thread=True, operation="change")
def write(
    *,
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    key: Key,
    sent: NamedDependency[Writing],
    seen: Seen = None,
    idempotency_key: Idempotency = "",
) -> Agreed:
    """Write how a mission works, in its leads' own words."""
    agreeing.agree(desk, actor, key, sent, now, seen=seen, key=idempotency_key)
    return agreeing.agreed(desk, look(desk, actor), key, now.date())


HANDLERS = [one, write]
