"""What is told to a person alone: who looked, and what of theirs no seat uses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from weft.app.permissions import permit
from weft.app.records import write
from weft.app.views import look
from weft.core.entries import Entry, put
from weft.core.roles import Actor
from weft.core.scalars import Level
from weft.core.skills import Claim
from weft.engines import knowledge
from weft.errors import NotFound
from weft.store.desk import Desk
from weft.store.looks import Look


def looked(
    desk: Desk, actor: Actor, people: Iterable[str], now: datetime, about: str = ""
) -> None:
    """Note that somebody is shown what is recorded of people.

    about: the skill that was asked for; empty for all that is recorded.
    """
    desk.looks.note(actor.person, people, about, now.date())


def who_looked(desk: Desk, actor: Actor, person: str) -> list[Look]:
    """Tell a person who looked at what is recorded of them, and nobody else."""
    permit(desk.firm(), actor, "own", person)
    return desk.looks.of(person)


def unused(desk: Desk, actor: Actor, person: str, now: datetime) -> tuple[Claim, ...]:
    """Tell a person which of their skills no seat has used for 90 days.

    Those of them that they share are offered to the next round, and no other.
    """
    permit(desk.firm(), actor, "own", person)
    return knowledge.unused(look(desk, actor).firm, person, now.date())


def contest(
    desk: Desk, actor: Actor, person: str, skill: str, *, level: Level, at: datetime
) -> Entry:
    """Put a person's own word in the place of what was recorded that they know.

    What stood there stays in the journal; it is shared or not as it was.
    """
    permit(desk.firm(), actor, "own", person)
    claims = look(desk, actor).firm.claims
    key = f"{person}:{skill}"
    if key not in claims:
        raise NotFound("claim", key, claims)
    own = replace(claims[key], level=level, evidence="self", seen=at.date(), work=())
    return write(desk, actor, [put(own)], name="claim.contest", at=at)
