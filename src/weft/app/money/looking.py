"""The ledger looked at: P&L, flows, what is unmapped, and the rows behind a figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

import msgspec

from weft.app.money import twice as told_twice
from weft.app.money.asking import month_of, year_of
from weft.app.money.booking import standing, summed
from weft.app.money.twice import Twice
from weft.app.permissions import permit
from weft.app.views import View
from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.money.bookings import Booking
from weft.core.money.postings import UNMAPPED, Posting, account
from weft.core.money.purpose import Purpose
from weft.core.money.rows import SourceRow, SourceRows
from weft.core.scalars import Month, amount, minor
from weft.engines.funding import ledger
from weft.engines.funding.ledger import Flow, Redundant, Statement, Sum, Trial, Year
from weft.errors import InputError, NotFound, Where
from weft.store.desk import Desk

MOST_MONTHS = 36


class Behind(msgspec.Struct, frozen=True):
    """One posting behind a figure, and how many source rows are behind it."""

    booking: Booking
    says: str
    posting: Posting
    amount: str


class FirmPL(msgspec.Struct, frozen=True):
    """The P&L of the firm, and that of each mission in it; unmapped costs apart.

    twice: worth that a record and a table tell, and that so counts twice in it.
    """

    whole: Statement
    missions: tuple[Statement, ...]
    unmapped: Statement
    twice: tuple[Twice, ...] = ()


class SourceLine(msgspec.Struct, frozen=True):
    """One source row behind a posting: its file and the row in it."""

    file: str
    row: int
    cost: str
    service: str
    says: str


def currency(view: View) -> str:
    """Give the currency in which the firm is told of its money."""
    return currency_of(view.firm)


def currency_of(firm: Firm) -> str:
    """Give the currency that the firm names, else the only one of its ledger."""
    for about in firm.about.values():
        return about.currency
    posted = {minor(a)[1] for b in firm.bookings.values() for a in b.total}
    return posted.pop() if len(posted) == 1 else "EUR"


def months_to(view: View, last: Month, count: int) -> tuple[Month, ...]:
    """Give so many months, to this one, the earliest first.

    last: empty for the latest month of which anything is posted.
    """
    last = month_of(last) if last else ""
    posted = [each.month for each in view.firm.bookings.values()]
    last = last or max(posted, default="")
    if not last:
        day = view.firm.on or date(2000, 1, 1)
        last = day.strftime("%Y-%m")
    if not 1 <= count <= MOST_MONTHS:
        raise InputError(
            f"{count} months are not shown at once.",
            do=f"Ask for 1 to {MOST_MONTHS}.",
            where=Where(path="months"),
        )
    year, number = int(last[:4]), int(last[5:])
    place = year * 12 + number - 1
    spans = range(place - count + 1, place + 1)
    return tuple(f"{n // 12:04}-{n % 12 + 1:02}" for n in spans)


def all_sums(desk: Desk, view: View) -> tuple[Sum, ...]:
    """Give the whole ledger added up, worked out once for each state of it."""
    permit(view.firm, view.actor, "money")
    table = view.firm.bookings
    return kept("money.sums", (table,), lambda: summed(desk, table))


def statement(
    desk: Desk, view: View, mission: str, months: Sequence[Month]
) -> Statement:
    """Give the P&L of one mission or platform."""
    if mission not in view.firm.missions and mission != UNMAPPED:
        raise NotFound("mission", mission, view.firm.missions)
    found = _statements(desk, view, months).get(mission)
    return found or ledger.empty(mission, months, currency(view))


def firm_statement(desk: Desk, view: View, months: Sequence[Month]) -> FirmPL:
    """Give the P&L of the firm and of each mission of which anything was posted."""
    every = _statements(desk, view, months)
    unit = currency(view)
    whole = ledger.firm(every.values(), months, unit)
    nobodys = every.get(UNMAPPED) or ledger.empty(UNMAPPED, months, unit)
    rest = [each for key, each in every.items() if key != UNMAPPED]
    rest.sort(key=lambda each: (-each.cost, each.mission))
    return FirmPL(whole, tuple(rest), nobodys, twice(desk, view, months))


def twice(
    desk: Desk, view: View, months: Sequence[Month], mission: str = ""
) -> tuple[Twice, ...]:
    """Give what counts twice in some months, of one mission or of all."""
    permit(view.firm, view.actor, "money")
    return tuple(
        each
        for each in told_twice.twice(desk, view.firm)
        if each.month in months and mission in {"", each.mission}
    )


def _statements(
    desk: Desk, view: View, months: Sequence[Month]
) -> dict[str, Statement]:
    sums = all_sums(desk, view)
    rates = tuple(view.firm.rates[key] for key in sorted(view.firm.rates))
    purposes = view.firm.purposes
    unit = currency(view)
    return kept(
        ("money.statements", tuple(months), unit),
        (view.firm.bookings, view.firm.rates, purposes),
        lambda: ledger.statements(sums, months, unit, rates, purposes.values()),
    )


def said_of(view: View, mission: str) -> tuple[Purpose, ...]:
    """Give what is said of the spending of a mission, the latest first."""
    permit(view.firm, view.actor, "money")
    mine = [each for each in view.firm.purposes.values() if each.mission == mission]
    mine.sort(key=lambda each: each.cost or "")
    return tuple(sorted(mine, key=lambda each: each.start, reverse=True))


def behind(desk: Desk, view: View, written: str, month: Month) -> tuple[Behind, ...]:
    """Give the postings of an account in a month: what a figure is made of."""
    permit(view.firm, view.actor, "money")
    wanted = account(written)
    table = view.firm.bookings
    mine = {key: each for key, each in table.items() if each.month == month}
    return tuple(
        Behind(
            mine[move.booking],
            move.says,
            posting,
            amount(posting.units, posting.currency),
        )
        for move in standing(desk, [mine[key] for key in sorted(mine)])
        for posting in move.postings
        if posting.account == wanted
    )


def source_rows(
    desk: Desk, view: View, written: str, month: Month, most: int = 200
) -> tuple[SourceLine, ...]:
    """Give the rows of bills behind an account in a month, the first so many."""
    permit(view.firm, view.actor, "money")
    found: list[SourceLine] = []
    for block, row in _rows(desk, view, written, month):
        if len(found) == most:
            break
        found.append(SourceLine(block.file, row.row, row.cost, row.service, row.says))
    return tuple(found)


def _rows(
    desk: Desk, view: View, written: str, month: Month
) -> Iterator[tuple[SourceRows, SourceRow]]:
    for key in sorted(view.firm.bookings):
        each = view.firm.bookings[key]
        if each.month == month and each.rows and each.source == "cloud":
            subject = f"{key}@{each.batch}|{account(written)}"
            for block in desk.facts.of(SourceRows, {subject}):
                for row in block.rows:
                    yield block, row


def unmapped(view: View) -> tuple[Booking, ...]:
    """Give the bookings that hold costs of no mission, the latest month first."""
    permit(view.firm, view.actor, "money")
    found = [each for each in view.firm.bookings.values() if each.unmapped]
    return tuple(sorted(found, key=lambda b: (b.month, b.key), reverse=True))


def bookings(view: View) -> tuple[Booking, ...]:
    """Give what stands in the ledger, the latest month first."""
    permit(view.firm, view.actor, "money")
    found = view.firm.bookings.values()
    return tuple(sorted(found, key=lambda b: (b.month, b.key), reverse=True))


def flow(desk: Desk, view: View, months: Sequence[Month], most: int = 12) -> Flow:
    """Follow the money of some months, from funds through missions."""
    sums = all_sums(desk, view)
    rates = tuple(view.firm.rates[key] for key in sorted(view.firm.rates))
    return ledger.flow(sums, months, currency(view), rates, most)


def trial(desk: Desk, view: View) -> Trial:
    """Give the trial balance of the whole ledger."""
    return ledger.trial(all_sums(desk, view))


def year(desk: Desk, view: View, wanted: str) -> Year:
    """Derive the yearly view for those who must have one."""
    return ledger.yearly(all_sums(desk, view), year_of(wanted))


def redundancies(view: View, now: datetime) -> tuple[Redundant, ...]:
    """Give what the firm has more than once, priced, accepted or not."""
    permit(view.firm, view.actor, "money")
    day = view.firm.on if view.as_of and view.firm.on else now.date()
    return ledger.redundancies(view.firm, day, currency(view))
