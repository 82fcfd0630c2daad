"""Profit and loss: what each mission costs and brings, month by month.

The cost side is what was posted; the value side is told by how sure it is, and never
added to it without saying so. Internal charges are cost of who uses and income of the
platform that serves, so that over the firm they come to zero.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from weft.core.money.postings import GRADES, UNMAPPED
from weft.core.money.purpose import Purpose
from weft.core.money.rates import Rate
from weft.engines.funding.ledger.purposes import Said, Spent, said, spent, together
from weft.engines.funding.ledger.sums import Sum, told

Side = Literal["cost", "income", "value"]

TITLES: Final = {
    "people": "People, at blended rates",
    "cloud": "Cloud and SaaS, as billed",
    "contracts": "Contracts with partners",
    "shared": "Services of other missions",
    "value-a": "Value, proven by experiment (A)",
    "value-b": "Value, before and after with a control (B)",
    "value-c": "Value, estimated (C)",
    "value-d": "Value, claimed (D)",
}
"""What each line of a statement is called."""

_LINES: Final = (
    *("people", "cloud", "contracts", "shared"),
    *(f"value-{grade.lower()}" for grade in GRADES),
)


class Line(msgspec.Struct, frozen=True):
    """A line of a statement: what each month comes to, in minor units.

    account: of the postings behind it. postings: so many, in each month.
    """

    side: Side
    line: str
    title: str
    account: str
    currency: str
    units: tuple[int, ...]
    postings: tuple[int, ...]

    @property
    def total(self) -> int:
        """Give what all months come to."""
        return sum(self.units)


class Statement(msgspec.Struct, frozen=True):
    """The profit and loss of one mission over some months, in one currency.

    lines: in the firm's currency. others: what no dated rate converts, and so is not
    in any total. rates: by which the rest was converted. cost, income, value: of all
    months, in minor units; proven: the value of grade A and B. spent: what the costs
    were for, in each currency.
    """

    mission: str
    months: tuple[str, ...]
    currency: str
    lines: tuple[Line, ...] = ()
    others: tuple[Line, ...] = ()
    rates: tuple[Rate, ...] = ()
    cost: int = 0
    income: int = 0
    proven: int = 0
    value: int = 0
    spent: tuple[Spent, ...] = ()

    @property
    def sure(self) -> int:
        """Give income and proven value less cost."""
        return self.income + self.proven - self.cost

    @property
    def result(self) -> int:
        """Give income and value of every grade less cost."""
        return self.income + self.value - self.cost

    def by_month(self, side: Side) -> tuple[int, ...]:
        """Give what the lines of a side come to in each month."""
        rows = [each.units for each in self.lines if each.side == side]
        return tuple(map(sum, zip(*rows, strict=True))) or (0,) * len(self.months)


def statements(
    sums: Iterable[Sum],
    months: Sequence[str],
    currency: str,
    rates: Sequence[Rate],
    purposes: Iterable[Purpose] = (),
) -> dict[str, Statement]:
    """Give the statement of everybody who has one, by mission.

    Costs that have no mission stand under UNMAPPED, as a statement of their own.
    """
    place = {month: n for n, month in enumerate(months)}
    cells: dict[str, dict[tuple[str, str, str], tuple[list[int], list[int]]]] = {}
    used: dict[str, dict[str, Rate]] = {}
    wanted = (each for each in sums if each.month in place)
    for each in told(wanted, currency, rates):
        account = each.account
        if account.type not in {"expense", "income"}:
            continue
        holder = account.holder or UNMAPPED
        key = account.type, account.line, each.currency
        found = cells.setdefault(holder, {}).get(key)
        if found is None:
            found = [0] * len(months), [0] * len(months)
            cells[holder][key] = found
        n = place[each.month]
        found[0][n] += each.units if account.type == "expense" else -each.units
        found[1][n] += each.postings
        if each.rate is not None:
            used.setdefault(holder, {})[each.rate.key] = each.rate
    by = said(purposes)
    return {
        holder: _spent(
            _statement(
                holder, cells[holder], tuple(months), currency, used.get(holder, {})
            ),
            by.get(holder, {}),
        )
        for holder in sorted(cells)
    }


def empty(mission: str, months: Sequence[str], currency: str) -> Statement:
    """Give the statement of a mission of which nothing was posted."""
    return Statement(mission, tuple(months), currency)


def firm(
    every: Collection[Statement], months: Sequence[str], currency: str
) -> Statement:
    """Give the statement of the whole firm: that of all missions, and the unmapped."""
    cells: dict[tuple[str, str, str], list[Line]] = {}
    rates: dict[str, Rate] = {}
    for one in every:
        for line in (*one.lines, *one.others):
            cells.setdefault((line.side, line.line, line.currency), []).append(line)
        rates |= {rate.key: rate for rate in one.rates}
    lines = [
        Line(
            side=side,  # type: ignore[arg-type] # it comes from a line
            line=name,
            title=TITLES.get(name, name),
            account="",
            currency=each,
            units=tuple(map(sum, zip(*(x.units for x in found), strict=True))),
            postings=tuple(map(sum, zip(*(x.postings for x in found), strict=True))),
        )
        for (side, name, each), found in sorted(cells.items(), key=_order)
    ]
    whole = _divided("", months, currency, lines, rates)
    return replace(whole, spent=together(x for one in every for x in one.spent))


def _statement(
    holder: str,
    cells: dict[tuple[str, str, str], tuple[list[int], list[int]]],
    months: tuple[str, ...],
    currency: str,
    rates: dict[str, Rate],
) -> Statement:
    lines = []
    for (type_, name, each), (units, postings) in cells.items():
        value = name.startswith("value-")
        side: Side = "cost" if type_ == "expense" else "value" if value else "income"
        title = "Charged to other missions" if side == "income" else TITLES.get(name)
        lines.append(
            Line(
                side=side,
                line=name,
                title=title or name,
                account=f"{type_}:{name}:{holder}",
                currency=each,
                units=tuple(units),
                postings=tuple(postings),
            )
        )
    lines.sort(key=lambda line: _order(((line.side, line.line, line.currency), ())))
    return _divided(holder, months, currency, lines, rates)


def _spent(found: Statement, mine: Said) -> Statement:
    """Say of a statement what its costs were for."""
    costs = (
        (each.line, each.currency, each.units)
        for each in (*found.lines, *found.others)
        if each.side == "cost"
    )
    return replace(found, spent=spent(costs, found.months, mine))


def _divided(
    holder: str,
    months: Sequence[str],
    currency: str,
    lines: Sequence[Line],
    rates: dict[str, Rate],
) -> Statement:
    """Keep what is not in the firm's currency apart from what is added up."""
    mine = tuple(line for line in lines if line.currency == currency)

    def whole(side: Side, names: Sequence[str] = ()) -> int:
        return sum(
            line.total
            for line in mine
            if line.side == side and (not names or line.line in names)
        )

    return Statement(
        mission=holder,
        months=tuple(months),
        currency=currency,
        lines=mine,
        others=tuple(line for line in lines if line.currency != currency),
        cost=whole("cost"),
        income=whole("income"),
        proven=whole("value", ("value-a", "value-b")),
        value=whole("value"),
        rates=tuple(rates[key] for key in sorted(rates)),
    )


_SIDES = ("cost", "income", "value")


def _order(cell: tuple[tuple[str, str, str], object]) -> tuple[int, int, str, str]:
    """Put costs before income before value, and lines as people expect them."""
    side, name, currency = cell[0]
    known = _LINES.index(name) if name in _LINES else len(_LINES)
    return _SIDES.index(side), known, name, currency
