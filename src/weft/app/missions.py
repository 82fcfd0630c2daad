"""Missions: who sits there, and the mandate they sign."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from weft.app.permissions import permit
from weft.app.views import View
from weft.core.entries import Deed, Entry, put
from weft.core.firm import Firm
from weft.core.indexes import seats_by_mission
from weft.core.missions import Mandate, Seat
from weft.core.roles import Actor
from weft.core.scalars import Month
from weft.errors import Forbidden, InputError, NotFound
from weft.store.desk import Desk


def seats(view: View, mission: str, month: Month) -> list[Seat]:
    """Give who sits in a mission in a month, the largest shares first."""
    held = seats_by_mission(view.firm).get(mission, ())
    taken = [seat for seat in held if seat.held_in(month)]
    return sorted(taken, key=lambda seat: (-seat.share, view.name(seat.person)))


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
