"""Seats that are tried, in words, and one more of them dragged to another place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from msgspec import Meta
from msgspec.structs import replace

from weft.app.rounds.arranging import Arrangement, laid_over, proposed_in
from weft.core.firm import Firm
from weft.core.indexes import seats_by_person
from weft.core.records import Record
from weft.core.rounds.rules import STEP
from weft.core.scalars import Month, Name
from weft.errors import InputError, NotFound, Where


class Drag(Record, frozen=True, kw_only=True):
    """A person taken from one mission to another; without one it is from, or to, none.

    share: how much of it, in hundredths; without it all that is there, or is left.
    """

    person: Name
    source: Name | None = None
    to: Name | None = None
    share: Annotated[int, Meta(ge=STEP, le=100)] | None = None


def read_seats(words: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Read PERSON:MISSION=SHARE, by person and by mission."""
    found: dict[str, dict[str, Any]] = {}
    for word in words:
        seat, _, share = word.partition("=")
        person, _, mission = seat.partition(":")
        if not (person and mission and share):
            raise InputError(
                f"{word!r} names no seat.",
                do="Write PERSON:MISSION=SHARE, such as ana:payments=40.",
                where=Where(path="seats"),
            )
        found.setdefault(person, {})[mission] = share
    return found


def seat_words(asked: Arrangement) -> list[str]:
    """Write the seats that are tried as they are read."""
    return [
        f"{person}:{mission}={share}"
        for person, shares in sorted(asked.shares.items())
        for mission, share in sorted(shares.items())
    ]


def dragged(firm: Firm, asked: Arrangement, drag: Drag) -> Arrangement:
    """Give an arrangement in which one more seat is at another place, or nowhere.

    What comes to the seats as they are proposed is not tried any more.
    """
    person = drag.person
    if person not in firm.people:
        raise NotFound("person", person, firm.people)
    now = {person: _held(firm, asked.month, person)}
    moves = proposed_in(firm, asked.month)
    proposed = laid_over(now, {person: moves.get(person, {})})
    tried = laid_over(proposed, {person: asked.shares.get(person, {})})[person]
    had = tried.get(drag.source or "", 0)
    share = drag.share or had or _left(firm, person, sum(tried.values()))
    if drag.source:
        tried[drag.source] = max(had - share, 0)
    if drag.to:
        if drag.to not in firm.missions:
            raise NotFound("mission", drag.to, firm.missions)
        tried[drag.to] = min(tried.get(drag.to, 0) + share, 100)
    stood = proposed[person]
    other = {
        mission: tried.get(mission, 0)
        for mission in sorted({*stood, *tried})
        if tried.get(mission, 0) != stood.get(mission, 0)
    }
    shares = {p: s for p, s in asked.shares.items() if p != person}
    return replace(asked, shares=shares | ({person: other} if other else {}))


def _held(firm: Firm, month: Month, person: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for seat in seats_by_person(firm).get(person, ()):
        if seat.held_in(month):
            found[seat.mission] = found.get(seat.mission, 0) + seat.share
    return found


def _left(firm: Firm, person: str, held: int) -> int:
    """Give what is left of somebody's time, in whole steps; a step at the least."""
    return max((firm.people[person].capacity - held) // STEP * STEP, STEP)
