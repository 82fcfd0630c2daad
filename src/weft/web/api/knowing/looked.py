"""Who looked at what is recorded of a person, over HTTP: told to that person alone."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency

from weft.app.knowing import looking
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.store.looks import Look


@get("/me/looked", sync_to_thread=True, operation="own")
def looked(desk: NamedDependency[Desk], actor: NamedDependency[Actor]) -> list[Look]:
    """Give who looked at what is recorded of you, the latest first."""
    return looking.who_looked(desk, actor, actor.person)


HANDLERS = [looked]
