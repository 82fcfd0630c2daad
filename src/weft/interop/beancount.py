"""The ledger as plain text in Beancount's format, which others can check and add to.

Source: the Beancount language syntax, version 3. `bean-check` finds no error in it.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import date

from weft.core.money.postings import Account, Transaction
from weft.core.scalars import Month, amount

_TYPES = {
    "asset": "Assets",
    "liability": "Liabilities",
    "equity": "Equity",
    "income": "Income",
    "expense": "Expenses",
}


def write_beancount(title: str, transactions: Iterable[Transaction]) -> str:
    """Write transactions, each on the last day of its month, and open their accounts.

    An account's own name in Weft stands beside it, as Beancount has fewer signs.
    """
    moves = sorted(transactions, key=lambda each: (each.month, each.booking, each.says))
    first: dict[Account, Month] = {}
    used: dict[Account, set[str]] = {}
    for each in moves:
        for posting in each.postings:
            first.setdefault(posting.account, each.month)
            used.setdefault(posting.account, set()).add(posting.currency)
    names = _names(first)
    lines = [f'option "title" "{_text(title)}"']
    currencies = sorted({each for held in used.values() for each in held})
    lines += [f'option "operating_currency" "{each}"' for each in currencies]
    for account in sorted(first):
        held = ",".join(sorted(used[account]))
        lines += ["", f"{first[account]}-01 open {names[account]} {held}"]
        lines.append(f'  weft: "{_text(str(account))}"')
    for each in moves:
        lines += ["", *_transaction(each, names)]
    return "\n".join(lines) + "\n"


def _transaction(move: Transaction, names: dict[Account, str]) -> Iterator[str]:
    year, month = int(move.month[:4]), int(move.month[5:])
    day = date(year, month, calendar.monthrange(year, month)[1])
    yield f'{day} * "{_text(move.says)}"'
    yield f'  booking: "{_text(move.booking)}"'
    for posting in move.postings:
        number, _, currency = amount(posting.units, posting.currency).partition(" ")
        yield f"  {names[posting.account]}  {number} {currency}"
        if posting.says and posting.says != move.says:
            yield f'    says: "{_text(posting.says)}"'


def _names(accounts: Iterable[Account]) -> dict[Account, str]:
    """Give each account a name that Beancount takes, and no two the same."""
    found: dict[Account, str] = {}
    taken: set[str] = set()
    for account in sorted(accounts):
        parts = [part for part in (account.line, account.holder) if part]
        name = ":".join([_TYPES[account.type], *map(_part, parts)])
        number, tried = 1, name
        while tried in taken:
            number += 1
            tried = f"{name}-{number}"
        taken.add(tried)
        found[account] = tried
    return found


def _part(text: str) -> str:
    """Write a part of an account: letters, digits and hyphens, a capital first."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-") or "X"
    return plain[0].upper() + plain[1:]


def _text(text: str) -> str:
    """Write a text between quotes."""
    return text.replace("\\", "\\\\").replace('"', '\\"')
