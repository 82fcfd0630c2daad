"""What is told over HTTP to a person alone: who looked, which skills rest."""

from __future__ import annotations

from datetime import datetime

from litestar import get
from litestar.di import NamedDependency

from weft.app.knowing import looking
from weft.core.roles import Actor
from weft.core.skills import Claim
from weft.store.desk import Desk
from weft.store.looks import Look


@get("/me/looked", sync_to_thread=True, operation="own")
def looked(desk: NamedDependency[Desk], actor: NamedDependency[Actor]) -> list[Look]:
    """Give who looked at what is recorded of you, the latest first."""
    return looking.who_looked(desk, actor, actor.person)


@get("/me/unused", sync_to_thread=True, operation="own")
def unused(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> tuple[Claim, ...]:
    """Give your claims of skills that no seat of yours has used for 90 days."""
    return looking.unused(desk, actor, actor.person, now)


HANDLERS = [looked, unused]
