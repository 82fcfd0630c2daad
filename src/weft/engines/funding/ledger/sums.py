"""The ledger added up: one figure for each account, month and currency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from weft.core.money.postings import Account, Transaction
from weft.core.money.rates import Rate, convert


class Sum(msgspec.Struct, frozen=True, gc=False):
    """What the postings of an account in a month come to; `postings` says how many."""

    account: Account
    month: str
    currency: str
    units: int
    postings: int = 1


def sums(transactions: Iterable[Transaction]) -> tuple[Sum, ...]:
    """Add transactions up by account, month and currency, in that order."""
    found: dict[tuple[Account, str, str], list[int]] = {}
    for each in transactions:
        month = each.month
        for posting in each.postings:
            place = posting.account, month, posting.currency
            cell = found.get(place)
            if cell is None:
                found[place] = [posting.units, 1]
            else:
                cell[0] += posting.units
                cell[1] += 1
    return tuple(Sum(*place, *found[place]) for place in sorted(found))


class Balance(msgspec.Struct, frozen=True, gc=False):
    """An account in the trial balance: debits and credits of all its postings."""

    account: str
    currency: str
    units: int
    postings: int


class Trial(msgspec.Struct, frozen=True):
    """The trial balance: every account, and what is left over in each currency.

    off: empty, as long as every movement balances; else the ledger is broken.
    """

    accounts: tuple[Balance, ...]
    postings: int
    off: Mapping[str, int]


def trial(sums: Iterable[Sum]) -> Trial:
    """Add up every account over all months, and prove that it all comes to zero."""
    found: dict[tuple[Account, str], tuple[int, int]] = {}
    for each in sums:
        place = each.account, each.currency
        units, many = found.get(place, (0, 0))
        found[place] = units + each.units, many + each.postings
    off: Counter[str] = Counter()
    for (_, currency), (units, _) in found.items():
        off[currency] += units
    return Trial(
        accounts=tuple(
            Balance(str(account), currency, *found[account, currency])
            for account, currency in sorted(found)
        ),
        postings=sum(many for _, many in found.values()),
        off={currency: units for currency, units in sorted(off.items()) if units},
    )


class Told(msgspec.Struct, frozen=True, gc=False):
    """A sum as it is shown: in the firm's currency where a dated rate is there.

    rate: what it was converted by; None where it needed none, or there is none.
    """

    account: Account
    month: str
    currency: str
    units: int
    postings: int
    rate: Rate | None = None


def told(sums: Iterable[Sum], currency: str, rates: Sequence[Rate]) -> list[Told]:
    """Give sums in one currency as far as dated rates go; the others as they are."""
    found = []
    for each in sums:
        units, shown, rate = each.units, each.currency, None
        if shown != currency and (
            done := convert(units, shown, currency, each.month, rates)
        ):
            units, rate, shown = done.units, done.rate, currency
        found.append(Told(each.account, each.month, shown, units, each.postings, rate))
    return found
