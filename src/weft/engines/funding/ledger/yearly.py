"""The yearly view, derived for those who must have one: by nature, internal flows out.

Nothing is budgeted by it: it is the same postings, added up by calendar year. Value is
left out, as no statute knows it; charges between missions too, as over the firm they
come to zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from weft.engines.funding.ledger.statements import TITLES
from weft.engines.funding.ledger.sums import Sum


class YearLine(msgspec.Struct, frozen=True):
    """What one nature of cost came to in a year, in minor units; its postings."""

    line: str
    title: str
    currency: str
    units: int
    postings: int


class Year(msgspec.Struct, frozen=True):
    """One calendar year: costs by nature, in the currencies they were posted in.

    months: those in which anything was posted; a year that is not over has fewer.
    owed: what was posted as owed to partners and for pay, by currency: the other side.
    """

    year: str
    months: tuple[str, ...]
    costs: tuple[YearLine, ...]
    total: Mapping[str, int]
    owed: Mapping[str, int]


def yearly(sums: Iterable[Sum], year: str) -> Year:
    """Derive the view of a year."""
    units: Counter[tuple[str, str]] = Counter()
    many: Counter[tuple[str, str]] = Counter()
    owed: Counter[str] = Counter()
    months = set()
    for each in sums:
        account = each.account
        if each.month[:4] != year:
            continue
        if account.type == "liability":
            owed[each.currency] -= each.units
        if account.type != "expense" or account.line == "shared":
            continue
        months.add(each.month)
        units[account.line, each.currency] += each.units
        many[account.line, each.currency] += each.postings
    total: Counter[str] = Counter()
    for (_, currency), amount in units.items():
        total[currency] += amount
    return Year(
        year=year,
        months=tuple(sorted(months)),
        costs=tuple(
            YearLine(
                line, TITLES.get(line, line), currency, found, many[line, currency]
            )
            for (line, currency), found in sorted(units.items())
        ),
        total=dict(sorted(total.items())),
        owed=dict(sorted(owed.items())),
    )
