"""A round beside what came of it: the seats that were planned and those there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal

from weft.core.firm import Firm
from weft.core.indexes import seats_by_person
from weft.core.records import Record
from weft.core.rounds.round import Move, Refusal
from weft.core.scalars import Month

Came = Literal["kept", "refused", "unanswered", "changed", "beside"]
"""What came of a seat that was planned: it is so; somebody said no; not all have said
yes; it was changed after it was agreed or refused; or it changed beside the round."""


class SeatKept(Record, frozen=True, kw_only=True):
    """The share of a person in a mission: before the round, as planned, as it is.

    why: of a refusal. entry: the latest of the journal that changed the seat after the
    round was put before people, and its deed; None where none did, or none may be seen.
    """

    person: str
    mission: str
    before: int
    planned: int
    really: int
    came: Came
    why: Refusal | None = None
    entry: int | None = None
    deed: str = ""


class MissionKept(Record, frozen=True, kw_only=True):
    """All seats of a mission in the month: hundredths of people, and how many sit."""

    mission: str
    before: int
    planned: int
    really: int
    people_planned: int
    people_really: int


class RoundKept(Record, frozen=True, kw_only=True):
    """What came of a round. counts: of seats, by what came; whys: of refusals."""

    month: str
    seq: int
    counts: Mapping[str, int]
    whys: Mapping[str, int]
    missions: tuple[MissionKept, ...]
    seats: tuple[SeatKept, ...]


Written = Mapping[tuple[str, str], tuple[int, str]]
"""The latest entry that changed the seat of a person in a mission, and its deed."""


def kept_of(before: Firm, now: Firm, month: Month, written: Written) -> RoundKept:
    """Compare the round of a month with the seats of that month as they are.

    before: the firm on which the round was worked out. now: with the round and what
    was said of it.
    """
    stood, really = _shares(before, month), _shares(now, month)
    moves = {move.person: move for move in now.moves.values() if move.month == month}
    planned = dict(stood)
    for move in moves.values():
        for part in move.parts:
            planned[move.person, part.mission] = part.after
    seats = tuple(_seats(stood, planned, really, moves, written))
    counts = Counter(seat.came for seat in seats)
    refused = {m.person: m for m in moves.values() if m.state == "refused"}
    whys = Counter(_why(move) or "other" for move in refused.values())
    return RoundKept(
        month=month,
        seq=before.seq,
        counts=dict(sorted(counts.items())),
        whys=dict(sorted(whys.items())),
        missions=tuple(_missions(seats, stood, planned, really)),
        seats=seats,
    )


Shares = dict[tuple[str, str], int]


def _shares(firm: Firm, month: Month) -> Shares:
    found: Shares = {}
    for person, seats in seats_by_person(firm).items():
        for seat in seats:
            if seat.held_in(month):
                key = (person, seat.mission)
                found[key] = found.get(key, 0) + seat.share
    return found


def _seats(
    stood: Shares,
    planned: Shares,
    really: Shares,
    moves: Mapping[str, Move],
    written: Written,
) -> Iterator[SeatKept]:
    """Give the seats that a round would change, and those that changed beside it."""
    for key in sorted({*stood, *planned, *really}):
        person, mission = key
        move = moves.get(person)
        was, plan, now = (shares.get(key, 0) for shares in (stood, planned, really))
        inside = move is not None and mission in {p.mission for p in move.parts}
        if was == now == plan and not inside:
            continue
        came = _came(move if inside else None, was, plan, now)
        entry, deed = written.get(key, (None, ""))
        yield SeatKept(
            person=person,
            mission=mission,
            before=was,
            planned=plan,
            really=now,
            came=came,
            why=_why(move) if move and came == "refused" else None,
            entry=entry,
            deed=deed,
        )


def _came(move: Move | None, was: int, plan: int, now: int) -> Came:
    if move is None:
        return "beside"
    if now == plan:
        return "kept"
    if move.state == "taken" or now != was:
        return "changed"
    return "refused" if move.state == "refused" else "unanswered"


def _why(move: Move) -> Refusal | None:
    return next((reply.why for reply in move.last if reply.answer == "refuse"), None)


def _missions(
    seats: tuple[SeatKept, ...], stood: Shares, planned: Shares, really: Shares
) -> Iterator[MissionKept]:
    """Add up the missions in which a seat changed, or would have."""
    touched = {seat.mission for seat in seats}
    for mission in sorted(touched):
        before, plan, now = (
            [s for (_, m), s in shares.items() if m == mission and s]
            for shares in (stood, planned, really)
        )
        yield MissionKept(
            mission=mission,
            before=sum(before),
            planned=sum(plan),
            really=sum(now),
            people_planned=len(plan),
            people_really=len(now),
        )
