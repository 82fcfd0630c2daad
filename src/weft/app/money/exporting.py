"""The ledger taken along: as plain text for Beancount, as CSV, as an Excel workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from weft.app.money.booking import standing
from weft.app.money.looking import firm_statement, months_to, trial
from weft.app.permissions import permit
from weft.app.views import View
from weft.core.money.postings import Transaction
from weft.core.scalars import Month, places
from weft.engines.funding.ledger import Statement
from weft.interop.beancount import write_beancount
from weft.interop.sheets.writing import Rows, write_csv, write_workbook
from weft.store.desk import Desk

HEAD = ("month", "booking", "account", "amount", "currency", "says", "rows")


def as_beancount(desk: Desk, view: View) -> str:
    """Write the whole ledger as Beancount reads it."""
    return write_beancount(view.firm.title, _moves(desk, view))


def as_csv(desk: Desk, view: View) -> bytes:
    """Write every posting of the ledger as a row."""
    return write_csv([HEAD, *_postings(_moves(desk, view), _exact)])


def as_workbook(desk: Desk, view: View, last: Month = "") -> bytes:
    """Write a workbook: the P&L of a year by mission, the trial balance, the postings.

    last: the month it ends with; the latest of which anything is posted without it.
    """
    months = months_to(view, last, 12)
    found = firm_statement(desk, view, months)
    every = (found.whole, *found.missions, found.unmapped)
    balance = trial(desk, view)
    accounts: list[Rows] = [
        (each.account, _number(each.units, each.currency), each.currency, each.postings)
        for each in balance.accounts
    ]
    return write_workbook(
        {
            "P&L": [
                ("mission", "side", "line", "currency", *months, "total"),
                *(row for each in every for row in _lines(each)),
            ],
            "trial balance": [
                ("account", "amount", "currency", "postings"),
                *accounts,
            ],
            "postings": [HEAD, *_postings(_moves(desk, view), _number)],
        }
    )


def statement_csv(found: Statement) -> bytes:
    """Write a statement as CSV: a row for each line, a column for each month."""
    head = ("mission", "side", "line", "currency", *found.months, "total")
    return write_csv([head, *_lines(found)])


def _moves(desk: Desk, view: View) -> list[Transaction]:
    permit(view.firm, view.actor, "money")
    return standing(desk, view.firm.bookings.values())


def _postings(
    moves: Sequence[Transaction], written: Callable[[int, str], float | Decimal]
) -> Iterator[Rows]:
    for move in moves:
        for each in move.postings:
            yield (
                move.month,
                move.booking,
                str(each.account),
                written(each.units, each.currency),
                each.currency,
                each.says or move.says,
                each.rows,
            )


def _lines(found: Statement) -> Iterator[Rows]:
    name = found.mission or "the whole firm"
    for each in (*found.lines, *found.others):
        units = (*each.units, each.total)
        numbers = (_number(one, each.currency) for one in units)
        yield name, each.side, each.title, each.currency, *numbers


def _exact(units: int, of: str) -> Decimal:
    """Give minor units as an amount, to the last of them: `-90700.00`."""
    return Decimal(units).scaleb(-places(of))


def _number(units: int, of: str) -> float:
    """Give minor units as a number that a spreadsheet adds up."""
    return float(_exact(units, of))
