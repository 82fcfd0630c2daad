"""Bills in FOCUS: read exactly, dirty as they come, or refused with their rows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from weft.engines.funding.ledger import Looks, Mapped
from weft.errors import InputError, Malformed, Problems
from weft.interop.focus import open_bill
from weft.interop.focus.columns import MANDATORY, check_columns

Write = Callable[..., Path]
HEAD = (
    "ProviderName,BillingAccountId,BillingPeriodStart,BillingCurrency,BilledCost,"
    "ServiceCategory,ServiceName,Tags\n"
)
ROW = 'Stratus,77,2026-10-01T00:00:00Z,USD,{cost},Compute,Machines,"{tags}"\n'


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(text: str, name: str = "bill.csv") -> Path:
        file = tmp_path / name
        file.write_text(text, "utf-8")
        return file

    return write


def row(cost: str, tags: str = "") -> str:
    return ROW.format(cost=cost, tags=tags.replace('"', '""'))


def test_costs_add_up_exactly_however_fine_they_are(write: Write) -> None:
    costs = ["0.00000000001", "1e-11", "-2", "999999999999.99999999999", "0.1"]
    with open_bill([write(HEAD + "".join(map(row, costs)))]) as bill:
        assert bill.total() == (5, {"USD": sum(map(Decimal, costs), Decimal())})


def test_every_row_is_behind_one_group(write: Write) -> None:
    lines = [row(f"0.{n}", f'{{"mission": "m{n % 3}"}}') for n in range(1, 60)]
    with open_bill([write(HEAD + "".join(lines))]) as bill:
        looks = bill.looks({"tags"})
        assert [(each.tags, n) for each, n in looks] == [
            ('{"mission": "m0"}', 19),
            ('{"mission": "m1"}', 20),
            ('{"mission": "m2"}', 20),
        ]
        bill.map([Mapped("a"), Mapped("b"), Mapped("a")])
        groups = bill.groups()
        assert [(g.mission, g.rows, g.category) for g in groups] == [
            ("a", 39, "Compute"),
            ("b", 20, "Compute"),
        ]
        held = [(b.group, line[0]) for b in bill.blocks() for line in b.rows]
        assert sorted(number for _, number in held) == list(range(1, 60))
        assert [group for group, _ in held] == [1] * 39 + [2] * 20
        assert sum((g.cost for g in groups), Decimal()) == bill.total()[1]["USD"]


def test_what_stands_for_nothing_is_nothing(write: Write) -> None:
    text = HEAD + row("1", "NULL") + row("1", "  ") + row("1")
    with open_bill([write(text)]) as bill:
        assert bill.looks({"tags", "sub_account"}) == [(Looks(), 3)]


def test_parquet_says_the_same_as_csv(write: Write, tmp_path: Path) -> None:
    file = write(HEAD + row("0.1", '{"a": "b"}') + row("0.2"))
    parquet = tmp_path / "bill.parquet"
    duckdb.connect().execute(
        f"COPY (SELECT * REPLACE (BilledCost::DOUBLE AS BilledCost,"  # noqa: S608
        " CASE WHEN Tags IS NULL THEN NULL ELSE MAP {'a': 'b'} END AS Tags)"
        f" FROM '{file}') TO '{parquet}'"
    )
    with open_bill([parquet]) as bill:
        assert bill.total() == (2, {"USD": Decimal("0.3")})
        tags = [each.tags for each, _ in bill.looks({"tags"})]
        assert tags == ["", '{"a":"b"}']


def test_files_of_one_bill_are_read_together(write: Write) -> None:
    first, second = write(HEAD + row("1"), "a.csv"), write(HEAD + row("2"), "b.csv")
    with open_bill([first, second]) as bill:
        bill.looks({"tags"})
        bill.map([Mapped("a")])
        assert [(b.file, b.rows[0][:2]) for b in bill.blocks()] == [
            ("a.csv", (1, "1")),
            ("b.csv", (1, "2")),
        ]


@pytest.mark.parametrize(
    ("cost", "reason"),
    [
        ("NaN", "is no amount of money"),
        ("inf", "is no amount of money"),
        ("1e400", "is no amount of money"),
        ("", "is no amount of money"),
        ("1/3", "is no amount of money"),
        ("1e-30", "has more than 20 decimals"),
        ("0." + "3" * 30, "has more than 20 decimals"),
    ],
)
def test_a_cost_that_is_none_is_refused_with_its_row(
    write: Write, cost: str, reason: str
) -> None:
    file = write(HEAD + row("1") + row(cost))
    with pytest.raises(Problems) as refused, open_bill([file]):
        pass
    assert reason in refused.value.problems[0].what
    assert refused.value.problems[0].where.line == 3


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("USD", "XXX", "'XXX' is no currency"),
        ("2026-10-01", "October", "is no month"),
        ("Stratus", "", "is no provider"),
    ],
)
def test_a_charge_of_nobody_or_no_time_is_refused(
    write: Write, old: str, new: str, reason: str
) -> None:
    file = write(HEAD + row("1").replace(old, new))
    with pytest.raises(Problems) as refused, open_bill([file]):
        pass
    assert reason in refused.value.problems[0].what


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", HEAD, "PAR1", "\x00\x01"])
def test_what_is_no_bill_is_refused(write: Write, text: str) -> None:
    file = write(text)
    with pytest.raises((InputError, Malformed)) as refused, open_bill([file]):
        pass
    assert refused.value.do


def test_the_version_is_told_by_the_columns() -> None:
    assert check_columns(MANDATORY, "x")[0] == "1.0"
    assert check_columns([*MANDATORY, "SkuMeter"], "x") == ("1.1", ())
    assert check_columns([*MANDATORY, "SkuMeter", "InvoiceId"], "x") == ("1.2", ())
    short, beyond = check_columns([*MANDATORY[:7], "Id"], "x")[1]
    assert "ListCost" in short
    assert "Id" in beyond
