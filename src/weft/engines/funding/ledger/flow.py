"""Where money goes: from funds through missions to what it bought."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from weft.core.money.funding import fund_of
from weft.core.money.postings import UNMAPPED
from weft.core.money.rates import Rate
from weft.engines.funding.ledger.sums import Sum, told

NO_FUND: Final = "(no fund)"
"""What missions spend beyond what any fund has released to them."""
REST: Final = "(other missions)"
"""Missions that are too many to be shown one by one."""
UNSPENT: Final = "(not spent)"
"""What was released to missions and is still in their hands."""


class Stream(msgspec.Struct, frozen=True):
    """So many minor units from one place to the next."""

    source: str
    target: str
    units: int


class Flow(msgspec.Struct, frozen=True):
    """The money of some months. funded: from funds to missions; spent: from there on.

    Into each mission goes what comes out of it. missions: in the order of their size.
    refunded: what suppliers gave back more than they took, and so flows nowhere.
    left_out: what no dated rate converts, by currency.
    """

    months: tuple[str, ...]
    currency: str
    funded: tuple[Stream, ...]
    spent: tuple[Stream, ...]
    missions: tuple[str, ...]
    refunded: int = 0
    left_out: tuple[tuple[str, int], ...] = ()


def flow(
    sums: Iterable[Sum],
    months: Sequence[str],
    currency: str,
    rates: Sequence[Rate],
    most: int = 12,
) -> Flow:
    """Follow the money of some months; of more missions than `most` the rest together.

    Internal charges are left out: with them the same money would be counted twice.
    """
    spent, given, left = _gathered(sums, months, currency, rates)
    size = {name: sum(spent[name].values()) for name in {*spent, *given}}
    order = sorted(size, key=lambda name: (-size[name], name))
    shown = order if len(order) <= most else order[: most - 1]
    refunded = 0
    lines: Counter[tuple[str, str]] = Counter()
    funded: Counter[tuple[str, str]] = Counter()
    for name in order:
        place = name if name in shown else REST
        whole = 0
        for line, units in spent[name].items():
            if units > 0:
                lines[place, line] += units
                whole += units
            else:
                refunded -= units
        released = {fund: units for fund, units in given[name].items() if units > 0}
        for fund, units in released.items():
            funded[fund, place] += units
        rest = sum(released.values()) - whole
        lines[place, UNSPENT] += max(rest, 0)
        funded[NO_FUND, place] += max(-rest, 0)
    return Flow(
        months=tuple(months),
        currency=currency,
        funded=_streams(funded),
        spent=_streams(lines),
        missions=(*shown, *((REST,) if len(order) > len(shown) else ())),
        refunded=refunded,
        left_out=tuple(sorted((c, u) for c, u in left.items() if u)),
    )


_Counts = dict[str, Counter[str]]


def _gathered(
    sums: Iterable[Sum], months: Sequence[str], currency: str, rates: Sequence[Rate]
) -> tuple[_Counts, _Counts, Counter[str]]:
    """Give what missions spent by line, what funds gave them, and what is left out."""
    wanted = frozenset(months)
    spent: _Counts = defaultdict(Counter)
    given: _Counts = defaultdict(Counter)
    left: Counter[str] = Counter()
    chosen = (each for each in sums if each.month in wanted)
    for each in told(chosen, currency, rates):
        account = each.account
        real = account.type == "expense" and account.line != "shared"
        if real and each.currency != currency:
            left[each.currency] += each.units
        elif real:
            spent[account.holder or UNMAPPED][account.line] += each.units
        elif (fund := fund_of(account)) and each.currency == currency:
            given[account.holder][fund] += each.units
    return spent, given, left


def _streams(found: Counter[tuple[str, str]]) -> tuple[Stream, ...]:
    streams = [Stream(a, b, units) for (a, b), units in found.items() if units > 0]
    return tuple(sorted(streams, key=lambda s: (-s.units, s.source, s.target)))
