"""What outcomes were worth, brought in from a table: by mission, month and grade.

A table claims its grades; posted is the weaker of that and of what is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import get_args

import msgspec
from msgspec.structs import replace

from weft.app.funding.grading import proofs_by
from weft.app.money.asking import month_of
from weft.app.money.booking import book
from weft.app.money.twice import on_record
from weft.app.permissions import permit
from weft.core.firm import Firm
from weft.core.money.postings import Account, Grade, Transaction, moved
from weft.core.money.reckoning import units
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.scalars import Line, Month, Name, amount
from weft.engines.funding.ledger import Lot, lot
from weft.engines.outcomes.worth import carried
from weft.errors import InputError, NothingChanges, Problems, UnknownName, Where
from weft.interop.sheets import read_table
from weft.store.desk import Desk

COLUMNS = ("mission", "month", "amount", "grade", "evidence")


class Worth(Record, frozen=True, kw_only=True):
    """What an outcome of a mission was worth in a month, and how sure that is.

    grade: A an experiment, B before and after with a control, C an estimate, D a claim;
    once weighed, what it counts as. evidence: what it rests on, in a sentence. weaker:
    why it counts for less than was claimed.
    """

    row: int
    mission: Name
    month: Month
    units: int
    currency: Line
    grade: Grade
    evidence: Line
    weaker: str = ""


class ValuesTold(Record, frozen=True, kw_only=True):
    """What a table of values says, by month; entry: None where nothing changes.

    weaker: each row that counts for less than the table claims, and why. twice: each
    row whose worth a record tells already, and where that lies.
    """

    file: str
    values: int
    months: tuple[Month, ...]
    weaker: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    entry: int | None = None


def bring(
    desk: Desk,
    actor: Actor,
    raw: bytes,
    name: str,
    at: datetime,
    *,
    dry_run: bool = False,
    key: str = "",
) -> ValuesTold:
    """Bring a table of values in; each month in it takes the place of what was there.

    Columns: mission, month, amount (with its currency), grade, evidence. Each is posted
    under the grade that its mission's evidence carries on the day. Raises Problems with
    every row that is wrong; then nothing is written.
    """
    firm = desk.firm()
    permit(firm, actor, "money.book")
    values = weighed(desk, firm, read_values(firm, raw, name), at.date())
    lots = lots_of(values, at, name)
    told = ValuesTold(
        file=name,
        values=len(values),
        months=tuple(x.booking.month for x in lots),
        weaker=tuple(_weaker(values)),
        twice=tuple(_twice(firm, values)),
    )
    if dry_run:
        return told
    try:
        entry = book(
            desk,
            actor,
            lots,
            at,
            name="value.import",
            note=name[:400],
            seen=firm.seq,
            key=key,
            intent=sha256(raw).digest(),
        )
    except NothingChanges:
        return told
    return replace(told, entry=entry.seq)


def read_values(firm: Firm, raw: bytes, name: str) -> list[Worth]:
    """Read a table of values, every row of it, or say what is wrong with each."""
    found: list[Worth] = []
    problems: list[InputError] = []
    for sheet in read_table(name, raw).sheets:
        if missing := [each for each in COLUMNS if each not in sheet.columns]:
            raise InputError(
                f"It has no column {missing[0]!r}.",
                do=f"Give the columns {', '.join(COLUMNS)}.",
                where=Where(name, 1),
            )
        cells = zip(*(sheet.column(each) for each in COLUMNS), strict=True)
        for number, row in zip(sheet.numbers, cells, strict=True):
            texts = [str(cell).strip() for cell in row]
            try:
                found.append(_worth(firm, texts, Where(name, number)))
            except InputError as error:
                problems.append(error)
    if problems:
        raise Problems(problems)
    if not found:
        raise InputError(
            "There is no value in it.",
            do=f"Give rows with {', '.join(COLUMNS)}.",
            where=Where(name),
        )
    return found


def weighed(desk: Desk, firm: Firm, values: Sequence[Worth], on: date) -> list[Worth]:
    """Give each value the grade that is shown for it by a day; its evidence is a C."""
    proofs = proofs_by(desk, firm, on)
    found = []
    for each in values:
        mine = proofs.get(each.mission, ())
        grade, why = carried(each.grade, each.evidence, each.month, mine)
        found.append(replace(each, grade=grade, weaker=why))
    return found


def _weaker(values: Iterable[Worth]) -> Iterator[str]:
    """Tell of each value that counts for less than is claimed, where and why."""
    for each in values:
        if each.weaker:
            yield f"Row {each.row}, {each.mission} in {each.month}. {each.weaker}"


def _twice(firm: Firm, values: Iterable[Worth]) -> Iterator[str]:
    """Tell of each value that a record tells too, and where that record is."""
    for each in values:
        if found := on_record(firm, each.mission, each.month):
            yield (
                f"Row {each.row}, {each.mission} in {each.month}. The record"
                f" benefits/{found.key} tells {found.value} for that month too, and"
                " both count: leave the row out where it is the same worth."
            )


def lots_of(values: Sequence[Worth], at: datetime, file: str) -> list[Lot]:
    """Make a lot of each month's values."""
    by: dict[str, list[Worth]] = defaultdict(list)
    for each in values:
        by[each.month].append(each)
    return [
        lot(
            "value",
            "",
            month,
            _moves(mine),
            at.date(),
            rows=len(mine),
            file=file,
            notes=tuple(_weaker(mine)),
        )
        for month, mine in sorted(by.items())
    ]


def _moves(values: Sequence[Worth]) -> Iterator[Transaction]:
    for each in values:
        value = Account("income", f"value-{each.grade.lower()}", each.mission)
        whole = Account("equity", "value", each.mission)
        worth = amount(each.units, each.currency)
        yield moved(each.month, each.evidence, whole, value, worth)


def _worth(firm: Firm, texts: Sequence[str], where: Where) -> Worth:
    """Make a value of the texts of a row, in the order of COLUMNS."""
    mission, month, said, grade, evidence = texts
    if mission not in firm.missions:
        raise UnknownName("mission", mission, firm.missions, where)
    number, _, currency = said.rpartition(" ")
    if grade.upper() not in get_args(Grade):
        raise InputError(
            f"{grade!r} is no grade of evidence.",
            do="Use A (experiment), B (before and after with a control), C (estimate)"
            " or D (claim).",
            where=where,
        )
    try:
        month_of(month)
        return msgspec.convert(
            {
                "row": where.line,
                "mission": mission,
                "month": month,
                "units": units(number, currency, where),
                "currency": currency,
                "grade": grade.upper(),
                "evidence": evidence,
            },
            Worth,
        )
    except msgspec.ValidationError as error:
        raise InputError(
            f"The row is no value: {error}.",
            do="Write a month as 2026-10, and the evidence on one line.",
            where=where,
        ) from error
