"""Who lends whom: what missions give others of their people's time, month by month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from weft.core.firm import Firm
from weft.core.indexes import seats_by_person
from weft.core.records import Record
from weft.core.rounds.round import Move
from weft.core.scalars import Month
from weft.engines.allocation.asked import months_from

COUNTED = 12
"""For so many months a move counts as lent; after that one simply sits there."""


class Loan(Record, frozen=True, kw_only=True):
    """Time of a person that a mission gave up so that another has it.

    round: the month of the round in which they moved. agreed: the move is taken; else
    it waits, and the shares are those that it asks for. months: hundredths of a person
    in each month that is looked at: what the one has less and the other more than
    before the move, as the seats stand.
    """

    round: str
    lender: str
    borrower: str
    person: str
    agreed: bool
    months: Mapping[str, int]


def loans(firm: Firm, months: Sequence[Month]) -> tuple[Loan, ...]:
    """Give what is lent in some months, by lender, borrower and person."""
    first = months_from(months[0], -COUNTED)[-1]
    found = [
        loan
        for _, move in sorted(firm.moves.items())
        if first < move.month <= months[-1] and move.state != "refused"
        for loan in _loans(firm, move, months)
    ]
    return tuple(sorted(found, key=lambda o: (o.lender, o.borrower, o.person, o.round)))


def lent(found: Iterable[Loan]) -> dict[str, dict[str, int]]:
    """Add up what each mission lends in each month, of moves that are taken."""
    total: dict[str, dict[str, int]] = {}
    for loan in found:
        if loan.agreed:
            row = total.setdefault(loan.lender, dict.fromkeys(loan.months, 0))
            for month, share in loan.months.items():
                row[month] += share
    return total


def _loans(firm: Firm, move: Move, months: Sequence[Month]) -> Iterator[Loan]:
    last = months_from(move.month, COUNTED)[-1]
    for pair in _pairs(move):
        found = {
            month: _standing(firm, move, pair, month)
            if move.month <= month <= last
            else 0
            for month in months
        }
        if any(found.values()):
            yield Loan(
                round=move.month,
                lender=pair[0],
                borrower=pair[1],
                person=move.person,
                agreed=move.taken,
                months=found,
            )


def _pairs(move: Move) -> Iterator[tuple[str, str, int]]:
    """Give what goes from which mission to which: losses fill gains, by name."""
    gains = {p.mission: p.after - p.before for p in move.parts if p.after > p.before}
    for part in move.parts:
        loss = part.before - part.after
        for borrower in sorted(gains):
            share = min(loss, gains[borrower])
            if share > 0:
                yield part.mission, borrower, share
                loss -= share
                gains[borrower] -= share


def _standing(firm: Firm, move: Move, pair: tuple[str, str, int], month: Month) -> int:
    """Give what of a loan still stands in a month."""
    lender, borrower, share = pair
    if not move.taken:
        return share if month == move.month else 0
    before = {part.mission: part.before for part in move.parts}
    held = dict.fromkeys((lender, borrower), 0)
    for seat in seats_by_person(firm).get(move.person, ()):
        if seat.mission in held and seat.held_in(month):
            held[seat.mission] += seat.share
    less = before[lender] - held[lender]
    more = held[borrower] - before[borrower]
    return max(min(share, less, more), 0)
