"""Seats tried out by hand, over HTTP: weighed, and put before people."""

from __future__ import annotations

from datetime import datetime

from litestar import post
from litestar.di import NamedDependency

from weft.app.rounds.arranging import Arrangement, Weighing, arrange, weigh
from weft.app.rounds.deciding import Said
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.web.api.rounds.seats import patience
from weft.web.params import Idempotency

WEIGHING = 4.0
"""Seconds that the bound of a month may take, once for a firm as it stands."""


@post("/rounds/weigh", status_code=200, sync_to_thread=True, operation="round")
def weigh_seats(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Arrangement],
    now: NamedDependency[datetime],
) -> Weighing:
    """Tell what other seats would do to coverage, cost, the mix and the gap."""
    return weigh(desk, actor, sent, now=now, patience=patience(WEIGHING))


@post("/rounds/arrange", status_code=200, sync_to_thread=True, operation="round.answer")
def arrange_seats(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    sent: NamedDependency[Arrangement],
    now: NamedDependency[datetime],
    idempotency_key: Idempotency = "",
) -> Said:
    """Put other seats before those who are asked, in one entry; yours is a yes."""
    return arrange(desk, actor, sent, now, idempotency_key)


HANDLERS = [weigh_seats, arrange_seats]
