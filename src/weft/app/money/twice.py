"""Worth that is told in two ways, by a record and by a table, and so counts twice."""

from __future__ import annotations

from collections.abc import Iterator

from weft.app.money.booking import summed
from weft.core.firm import Firm
from weft.core.funding.forecast import Benefit
from weft.core.kept import kept
from weft.core.records import Record
from weft.core.scalars import Amount, Line, Month, Name, amount, minor
from weft.store.desk import Desk


class Twice(Record, frozen=True, kw_only=True):
    """A month of a mission whose worth is told by a record and by a table.

    record: what the record says, which lies at `where`. table: what the rows of `file`
    say, by currency; they stand in the ledger as `booking`.
    """

    mission: Name
    month: Month
    record: Amount
    where: Line
    table: tuple[Amount, ...]
    file: Line
    booking: Line


def twice(desk: Desk, firm: Firm) -> tuple[Twice, ...]:
    """Find every month of a mission that is told in both ways, by month and mission."""
    state = firm.bookings, firm.benefits
    return kept("money.twice", state, lambda: tuple(_twice(desk, firm)))


def on_record(firm: Firm, mission: str, month: Month) -> Benefit | None:
    """Give the record that tells what a mission was worth in a month, above nothing."""
    found = firm.benefits.get(f"{mission}:{month}")
    return found if found and minor(found.value)[0] else None


def _twice(desk: Desk, firm: Firm) -> Iterator[Twice]:
    tables = {key: b for key, b in firm.bookings.items() if b.source == "value"}
    told: dict[tuple[Month, str], list[Amount]] = {}
    totals: dict[tuple[Month, str, str], int] = {}
    for each in summed(desk, tables):
        if each.account.type == "income":
            place = each.month, each.account.holder, each.currency
            totals[place] = totals.get(place, 0) - each.units
    for (month, mission, currency), units in sorted(totals.items()):
        told.setdefault((month, mission), []).append(amount(units, currency))
    books = {b.month: b for b in tables.values()}
    for (month, mission), amounts in told.items():
        if found := on_record(firm, mission, month):
            yield Twice(
                mission=mission,
                month=month,
                record=found.value,
                where=f"benefits/{found.key}",
                table=tuple(amounts),
                file=books[month].file,
                booking=books[month].key,
            )
