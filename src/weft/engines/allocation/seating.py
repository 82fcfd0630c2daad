"""What changes in the seats of a firm when a move is taken."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from weft.core.entries import Change, put
from weft.core.firm import Firm
from weft.core.indexes import seats_by_person
from weft.core.missions import Seat
from weft.core.rounds.round import Move, Part
from weft.engines.allocation.asked import months_from


def stale(firm: Firm, move: Move) -> tuple[Part, ...]:
    """Give the parts of a move that were thought out on other seats than there are."""
    return tuple(
        part
        for part in move.parts
        if sum(seat.share for seat in _held(firm, move, part)) != part.before
    )


def taken(firm: Firm, move: Move) -> Iterator[Change]:
    """Give the changes of seats: old ones end with the month before, new ones begin.

    A new seat has no end: the next rounds see to that. One that is only lowered keeps
    its end and what it is called.
    """
    for part in move.parts:
        held = _held(firm, move, part)
        for seat in held:
            if seat.start >= move.month:
                yield Change(seat.kind, seat.key)
            else:
                yield put(replace(seat, end=months_from(move.month, -2)[1]))
        if part.after:
            yield put(
                Seat(
                    person=move.person,
                    mission=part.mission,
                    share=part.after,
                    start=move.month,
                    end=held[0].end if held else None,
                    part=held[0].part if held else "",
                )
            )


def _held(firm: Firm, move: Move, part: Part) -> list[Seat]:
    """Give the seats of a part that stand in the month of the move."""
    seats = seats_by_person(firm).get(move.person, ())
    mine = [s for s in seats if s.mission == part.mission and s.held_in(move.month)]
    return sorted(mine, key=lambda seat: seat.start)
