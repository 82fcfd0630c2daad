"""Who sits where in a month, and how much of their time they are there."""

from __future__ import annotations

from weft.core.firm import Firm
from weft.core.indexes import absences_by_person, seats_by_person
from weft.core.people import WHOLE
from weft.core.scalars import Month


def seated(firm: Firm, month: Month) -> dict[str, dict[str, int]]:
    """Give the shares of everybody in a month, by person and mission."""
    found: dict[str, dict[str, int]] = {}
    for person, seats in seats_by_person(firm).items():
        held: dict[str, int] = {}
        for seat in seats:
            if seat.held_in(month):
                held[seat.mission] = held.get(seat.mission, 0) + seat.share
        if held:
            found[person] = held
    return found


def away(firm: Firm, person: str, month: Month) -> int:
    """Give how much of their time somebody is away in a month, in hundredths."""
    told = absences_by_person(firm).get(person, ())
    return min(sum(a.share for a in told if a.away_in(month)), WHOLE)
