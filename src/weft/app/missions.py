"""Missions: who sits there, what the seats know, and the mandate they sign."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from weft.app.permissions import permit
from weft.app.views import View
from weft.core.entries import Deed, Entry, put
from weft.core.firm import Firm
from weft.core.indexes import claims_by_person, seats_by_mission
from weft.core.missions import Mandate, Need, Seat
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import Month
from weft.errors import Forbidden, InputError, NotFound
from weft.store.desk import Desk


class Holder(Record, frozen=True, kw_only=True):
    """Somebody in a seat who claims to know a skill, and how well."""

    person: str
    level: int


class Held(Record, frozen=True, kw_only=True):
    """One skill in a mission: what is needed of it, and who in a seat has it.

    need: hundredths of a person that the month asks for; level: the highest that
    is asked for. Both are 0 where nothing is.
    """

    skill: str
    need: int
    level: int
    holders: tuple[Holder, ...]

    @property
    def hole(self) -> bool:
        """It is needed and nobody in a seat reaches the level."""
        return bool(self.need) and not any(h.level >= self.level for h in self.holders)

    @property
    def single(self) -> bool:
        """It hangs on one person."""
        return len(self.holders) == 1


def seats(view: View, mission: str, month: Month) -> list[Seat]:
    """Give who sits in a mission in a month, the largest shares first."""
    held = seats_by_mission(view.firm).get(mission, ())
    taken = [seat for seat in held if seat.held_in(month)]
    return sorted(taken, key=lambda seat: (-seat.share, view.name(seat.person)))


def skills(view: View, mission: str, month: Month) -> list[Held]:
    """Give each skill that a mission needs or has in a month, the holes first."""
    needs = _needs(view.firm, mission, month)
    holders = _holders(view.firm, {s.person for s in seats(view, mission, month)})
    lines = [
        Held(
            skill=skill,
            need=sum(need.share for need in needs.get(skill, ())),
            level=max((need.level for need in needs.get(skill, ())), default=0),
            holders=tuple(holders.get(skill, ())),
        )
        for skill in {*needs, *holders}
    ]
    return sorted(lines, key=lambda h: (not h.hole, not h.need, h.skill))


def sign(
    desk: Desk, actor: Actor, mission: str, at: datetime, seen: int | None = None
) -> Entry:
    """Sign a mandate as one of its two leads.

    seen: the sequence at which it was read; a mandate that has changed since is
    not signed unread.
    """

    def deed(firm: Firm) -> Deed:
        permit(firm, actor, "change")
        mandate = _mandate(firm, mission)
        if actor.person not in {mandate.business_lead, mandate.technology_lead}:
            raise Forbidden(
                f"You are not a lead of {mission}.",
                do="Its business lead and its technology lead sign the mandate.",
            )
        if actor.person in mandate.signed_by:
            raise InputError(
                "You have signed this mandate already.", do="There is nothing to do."
            )
        signed = replace(mandate, signed_by=(*mandate.signed_by, actor.person))
        changes = (put(signed),)
        return Deed(name="mandate.sign", changes=changes, note=mission, seen=seen)

    return desk.write(deed, at=at, actor=actor)


def _mandate(firm: Firm, mission: str) -> Mandate:
    """Find the mandate of a mission."""
    if mission not in firm.mandates:
        raise NotFound("mandate", mission, firm.mandates)
    return firm.mandates[mission]


def _needs(firm: Firm, mission: str, month: Month) -> dict[str, list[Need]]:
    """Give what a mission needs in a month, by skill."""
    found: dict[str, list[Need]] = {}
    for need in firm.needs.values():
        if need.mission == mission and need.month == month:
            found.setdefault(need.skill, []).append(need)
    return found


def _holders(firm: Firm, people: Iterable[str]) -> dict[str, list[Holder]]:
    """Give who of some people claims to know what."""
    claims = claims_by_person(firm)
    found: dict[str, list[Holder]] = {}
    for person in sorted(people):
        for claim in claims.get(person, ()):
            holder = Holder(person=person, level=claim.level)
            found.setdefault(claim.skill, []).append(holder)
    return found
