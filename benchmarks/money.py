"""How long money takes: a bill of FOCUS, the P&L of every mission, a trial balance.

A bill is mapped by its tags and posted into a store with every row behind it; bounds
are 3 minutes and 4 GiB for 5,000,000 rows, and half of the rows are to take at least a
third of the time. Its peer is Python's csv module adding up the same file in
decimals, one column and one tag, and keeping nothing. The P&L of 3,000 missions over
24 months comes from sums that are loaded: its bound is 2 s, its peer a plain sum over
the same figures. The trial balance is of 10,000,000 postings: its bound is 30 s, its
peer SQLite grouping the same postings in memory. A bill by the clock, as DuckDB works
on every core; all else in CPU time, as nothing waits.

    python benchmarks/money.py [--short]      --short: a hundredth of everything
"""

from __future__ import annotations

import argparse
import csv
import resource
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import duckdb
import msgspec

from weft.app.money import bills
from weft.core.entries import Deed, put
from weft.core.missions import Mission
from weft.core.money.mapping import CostRule
from weft.core.money.postings import Account, Posting, Transaction
from weft.core.money.purpose import Purpose
from weft.core.roles import Actor
from weft.engines.funding.ledger import Sum, statements, sums, trial
from weft.interop.focus.columns import MANDATORY
from weft.store.desk import open_desk

T = TypeVar("T")
ROWS, MISSIONS, MONTHS, POSTINGS = 5_000_000, 3_000, 24, 10_000_000
BILL_S, BILL_GIB, PL_S, TRIAL_S = 180, 4, 2, 30
OWNER = Actor(person="owner", owner=True)
AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
_RESOURCES = 200_000
_MORE = ("ResourceId", "SubAccountId", "Tags", "SkuId", "SkuPriceId", "RegionId")
_HOLDS = {
    "BilledCost": "round(hash(i) % 100000 / 1e7, 11)",
    "BillingAccountId": "'77'",
    "BillingCurrency": "'USD'",
    "BillingPeriodStart": "'2026-10-01T00:00:00Z'",
    "ChargeDescription": "'Usage of a thing, number ' || (hash(i) % 500)",
    "ProviderName": "'Stratus'",
    "ServiceCategory": "'Category ' || (hash(r + 1) % 6)",
    "ServiceName": "'Service ' || (hash(r + 1) % 60)",
    "ResourceId": "'arn:stratus:thing:' || r",
    "SubAccountId": "'account-' || (hash(r + 3) % 400)",
    "Tags": """'{"mission": "m' || (hash(r + 4) % $missions) || '"}'""",
}


def timed(
    work: Callable[[], T], clock: Callable[[], float] = time.process_time
) -> tuple[float, T]:
    """Give the seconds that work takes, and what it gives."""
    begun = clock()
    done = work()
    return clock() - begun, done


def write_bill(file: Path, rows: int, missions: int) -> None:
    """Write a bill in which a tenth of the missions is not known."""
    names = (*MANDATORY, *_MORE)
    held = {name: _HOLDS.get(name, "'2026-10-01T00:00:00Z'") for name in names}
    columns = ", ".join(f'{held[name]} AS "{name}"' for name in names)
    columns = columns.replace("$missions", str(missions * 10 // 9))
    made = f"SELECT i, i % {_RESOURCES} AS r FROM range({rows}) t(i)"  # noqa: S608
    duckdb.connect().execute(
        f"COPY (SELECT {columns} FROM ({made})) TO '{file}' (HEADER)"  # noqa: S608
    )


def bring(folder: Path, file: Path, missions: int) -> tuple[float, Decimal]:
    """Bring a bill into a new store, and give the seconds and the exact total."""
    with open_desk(f"sqlite:///{folder}/{file.stem}.db") as desk:
        records = [Mission(id=f"m{n}", title=f"M {n}") for n in range(missions)]
        rule = CostRule(id="tag", tag="mission")
        changes = tuple(map(put, [*records, rule]))
        desk.write(lambda _: Deed(name="load", changes=changes), at=AT, actor=OWNER)
        seconds, told = timed(
            lambda: bills.bring(desk, OWNER, [file], AT), time.perf_counter
        )
    mapped = sum(Decimal(each.exact) for each in told.missions)
    total = sum(Decimal(each.exact) for each in told.bookings)
    assert mapped == total
    return seconds, Decimal(total)


def by_hand(file: Path) -> Decimal:
    """Add the same file up with the csv module."""
    found: Counter[str] = Counter()
    total = Decimal()
    with file.open(newline="", encoding="utf-8") as raw:
        for row in csv.DictReader(raw):
            cost = Decimal(row["BilledCost"])
            found[msgspec.json.decode(row["Tags"])["mission"]] += 1
            total += cost
    return total


def a_bill(scale: int, missions: int) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place)
        half, whole = folder / "half.csv", folder / "whole.csv"
        write_bill(half, scale // 2, missions)
        write_bill(whole, scale, missions)
        first, _ = bring(folder, half, missions)
        seconds, total = bring(folder, whole, missions)
        peer, hand = timed(lambda: by_hand(whole), time.perf_counter)
        assert hand == total
    gib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"FOCUS, {scale:,} rows mapped and posted: {seconds:.1f} s, {gib:.2f} GiB")
    print(f"  half of the rows: {first:.1f} s, ratio {seconds / first:.2f} (bound 3)")
    print(f"  the csv module only adding it up: {peer:.1f} s,", end="")
    print(f" ratio {seconds / peer:.2f}")
    bound = BILL_S * scale / ROWS
    print(f"  of the bound of {bound:.1f} s: {seconds / bound:.2f};", end="")
    print(f" of {BILL_GIB} GiB: {gib / BILL_GIB:.2f}")


def figures(missions: int) -> Iterator[Sum]:
    """Give eight lines of every mission and month."""
    lines = [("expense", n) for n in ("people", "cloud", "contracts", "shared")]
    lines += [("income", f"value-{grade}") for grade in "abcd"]
    for n in range(missions):
        for type_, line in lines:
            account = Account(type_, line, f"m{n}")  # type: ignore[arg-type]
            for place in range(MONTHS):
                month = f"{2025 + place // 12}-{place % 12 + 1:02}"
                yield Sum(account, month, "EUR", n + place)


def a_statement(missions: int) -> None:
    loaded = tuple(figures(missions))
    months = tuple(sorted({each.month for each in loaded[:MONTHS]}))
    said = [
        Purpose(mission=f"m{n}", start=months[0], running=71, innovation=29, why="x")
        for n in range(missions)
    ]
    seconds, found = timed(lambda: statements(loaded, months, "EUR", (), said))
    peer, total = timed(lambda: sum(each.units for each in loaded))
    lines = [line for each in found.values() for line in each.lines]
    assert (
        sum(line.total * (1 if line.side == "cost" else -1) for line in lines) == total
    )
    print(f"P&L of {missions:,} missions x {MONTHS} months: {seconds:.2f} s")
    print(f"  a plain sum of the same figures: {peer:.3f} s, {seconds / peer:.0f} x")
    print(f"  of the bound of {PL_S} s: {seconds / PL_S:.2f}")


def moves(postings: int) -> Iterator[Transaction]:
    """Give movements of a thousand postings each, of 3,000 missions."""
    owed = Account("liability", "owed", "x")
    accounts = [Account("expense", "cloud", f"m{n}") for n in range(MISSIONS)]
    side = 999
    for n in range(postings // (side + 1)):
        expenses = tuple(
            Posting(accounts[(n * side + i) % MISSIONS], i, "EUR") for i in range(side)
        )
        whole = Posting(owed, -sum(range(side)), "EUR")
        yield Transaction(month="2026-10", says="x", postings=(*expenses, whole))


def a_balance(postings: int) -> None:
    packed = [msgspec.json.encode(each) for each in moves(postings)]
    read = msgspec.json.Decoder(Transaction).decode
    seconds, found = timed(lambda: trial(sums(map(read, packed))))
    assert (found.off, found.postings) == ({}, postings)
    with sqlite3.connect(":memory:") as db:
        db.execute(
            "CREATE TABLE p (account TEXT, month TEXT, currency TEXT, units INT)"
        )
        rows = (
            (str(posting.account), each.month, posting.currency, posting.units)
            for each in moves(postings)
            for posting in each.postings
        )
        db.executemany("INSERT INTO p VALUES (?, ?, ?, ?)", rows)
        asked = "SELECT account, currency, sum(units), count(*) FROM p GROUP BY 1, 2"
        peer, same = timed(lambda: db.execute(asked).fetchall())
    assert len(same) == len(found.accounts)
    print(f"Trial balance of {postings:,} postings, read and proven: {seconds:.1f} s")
    print(f"  SQLite grouping them in memory: {peer:.1f} s, ratio {seconds / peer:.2f}")
    bound = TRIAL_S * postings / POSTINGS
    print(f"  of the bound of {bound:.1f} s: {seconds / bound:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    part = 100 if parser.parse_args().short else 1
    a_statement(MISSIONS // (10 if part > 1 else 1))
    a_balance(POSTINGS // part)
    a_bill(ROWS // part, MISSIONS // (10 if part > 1 else 1))


if __name__ == "__main__":
    main()
