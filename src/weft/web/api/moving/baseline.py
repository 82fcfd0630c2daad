"""The baseline of the move over HTTP: frozen once, then and now shown."""

from __future__ import annotations

from datetime import datetime

from litestar import get, post
from litestar.di import NamedDependency

from weft.app.moving.baseline import Paces, freeze, paces
from weft.app.views import View
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.web.params import Idempotency


@get("/baseline", sync_to_thread=True, operation="compare")
def then_and_now(
    desk: NamedDependency[Desk],
    view: NamedDependency[View],
    now: NamedDependency[datetime],
) -> Paces:
    """Tell how fast the firm was when its baseline was frozen, and is now."""
    return paces(desk, view, now)


@post("/baseline", status_code=201, sync_to_thread=True, operation="baseline.freeze")
def freeze_it(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
    idempotency_key: Idempotency = "",
) -> Paces:
    """Freeze how fast the firm is today: once, and nothing changes it after."""
    return freeze(desk, actor, now, idempotency_key)


HANDLERS = [then_and_now, freeze_it]
