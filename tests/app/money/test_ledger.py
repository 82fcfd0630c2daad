"""Money brought in, closed and looked at, on a real store."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from weft.app.money import bills, closing, exporting, looking, values
from weft.app.money.accepting import Accepting, accept
from weft.app.money.asking import month_of
from weft.app.money.twice import Twice
from weft.app.records import write
from weft.app.views import View, look
from weft.core.assets import Contract
from weft.core.entries import Deed, put
from weft.core.funding.forecast import Benefit
from weft.core.missions import Mission, Seat
from weft.core.money.mapping import CostRule
from weft.core.money.postings import UNMAPPED
from weft.core.people import About, Partner, Person
from weft.core.roles import Actor, Role
from weft.core.rounds.rules import RoundRules
from weft.errors import Forbidden, InputError, NotFound, Problems
from weft.store.desk import Desk, open_desk

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
OWNER = Actor(person="owner", owner=True)
DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
BILL = DATA / "focus-1.0" / "focus_sample.csv"
RECORDS = (
    About(
        id="x", title='The "X"', currency="USD", rounds=RoundRules(rate="9000.00 USD")
    ),
    Mission(id="peoria", title="Peoria"),
    Mission(id="trey_2.0", title="Trey"),
    Partner(id="p", title="P"),
    Role(id="finance", title="Finance", holders=("p1",)),
    *(Person(id=f"p{n}") for n in range(6)),
    *(Seat(person=f"p{n}", mission="peoria", start="2026-01") for n in range(6)),
    Contract(id="c", title="C", partner="p", yearly_cost="100.00 USD"),
    CostRule(id="a", tag="business_unit", value="peoriadata", mission="peoria"),
    CostRule(id="b", tag="business_unit", value="trey", mission="trey_2.0"),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(f"sqlite:///{tmp_path}/firm.db") as desk:
        changes = tuple(map(put, RECORDS))
        desk.write(lambda _: Deed(name="load", changes=changes), at=NOW, actor=OWNER)
        yield desk


def view(desk: Desk, as_of: str = "") -> View:
    return look(desk, OWNER, as_of=as_of)


HEAD = (
    "ProviderName,BillingAccountId,BillingPeriodStart,BillingCurrency,BilledCost,"
    "ServiceCategory,ServiceName,Tags\n"
)


def bill(folder: Path, *costs: str, name: str = "bill.csv") -> Path:
    tag = '"{""business_unit"": ""PeoriaData""}"'
    row = "Stratus,7,2026-10-01,USD,{},Compute,Machines,{}\n"
    lines = [row.format(cost, tag if n % 2 else "") for n, cost in enumerate(costs)]
    file = folder / name
    file.write_text(HEAD + "".join(lines), "utf-8")
    return file


@pytest.mark.data
@pytest.mark.skipif(not BILL.exists(), reason="the shared data is not here")
def test_a_real_bill_is_mapped_and_nothing_of_it_is_lost(desk: Desk) -> None:
    told = bills.bring(desk, OWNER, [BILL], NOW)
    assert told.charges == 1000
    exact = sum(Decimal(each.exact) for each in told.bookings)
    assert exact == Decimal("20.52022672899")
    assert sum(Decimal(each.exact) for each in told.missions) == exact
    by = {each.name: each for each in told.missions}
    assert (by["peoria"].charges, by["peoria"].exact) == (176, "15.9580993182")
    nobodys = sum(Decimal(each.exact) for each in told.unmapped)
    assert nobodys == Decimal(by[UNMAPPED].exact)
    assert sum(each.charges for each in told.unmapped) == by[UNMAPPED].charges
    assert any("blanks are trimmed: 21." in note for note in told.notes)
    assert any("BilledCost is posted: 610." in note for note in told.notes)
    assert looking.trial(desk, view(desk)).off == {}
    for each in told.bookings:
        parts = [Decimal(m.split(" ")[0]) for m in (each.mapped, each.unmapped)]
        assert sum(parts) == Decimal(each.total.split(" ")[0])
        assert abs(sum(parts) - Decimal(each.exact)) <= Decimal("0.005")
    behind = [
        row
        for month in ("2024-09", "2024-10")
        for holder in ("peoria", "trey_2.0", UNMAPPED)
        for row in looking.source_rows(
            desk, view(desk), f"expense:cloud:{holder}", month, 5000
        )
    ]
    assert sum(Decimal(row.cost) for row in behind) == exact
    assert sorted(row.row for row in behind) == list(range(1, 1001))


def test_a_corrected_bill_takes_the_place_of_the_first(
    desk: Desk, tmp_path: Path
) -> None:
    first = bills.bring(desk, OWNER, [bill(tmp_path, "1.5", "2.25")], NOW)
    assert [b.total for b in first.bookings] == ["3.75 USD"]
    seen = first.entry
    again = bills.bring(desk, OWNER, [bill(tmp_path, "1.5", "2.25")], NOW)
    assert (again.entry, again.bookings[0].unchanged) == (None, True)
    second = bills.bring(desk, OWNER, [bill(tmp_path, "1.5", "3")], NOW)
    assert second.bookings[0].replaces == ("3.75 USD",)
    months = ("2026-10",)
    whole = looking.firm_statement(desk, view(desk), months)
    assert (whole.whole.cost, whole.unmapped.cost) == (450, 150)
    before = looking.firm_statement(desk, view(desk, str(seen)), months)
    assert before.whole.cost == 375
    back = bills.bring(desk, OWNER, [bill(tmp_path, "1.5", "2.25")], NOW)
    assert back.entry
    assert looking.firm_statement(desk, view(desk), months).whole.cost == 375
    assert looking.trial(desk, view(desk)).postings == 3


def test_a_bad_bill_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    before = desk.firm().seq
    with pytest.raises(Problems):
        bills.bring(desk, OWNER, [bill(tmp_path, "1.5", "x")], NOW)
    assert desk.firm().seq == before


def test_a_month_is_closed_again_without_doubling(desk: Desk, tmp_path: Path) -> None:
    bills.bring(desk, OWNER, [bill(tmp_path, "1.5", "2.25")], NOW)
    closing.close(desk, OWNER, "2026-10", NOW)
    assert closing.close(desk, OWNER, "2026-10", NOW).entry is None
    months = looking.months_to(view(desk), "", 2)
    assert months == ("2026-09", "2026-10")
    peoria = looking.statement(desk, view(desk), "peoria", months)
    assert [(x.line, x.units) for x in peoria.lines] == [
        ("people", (0, 54_000_00)),
        ("cloud", (0, 225)),
    ]
    [people] = looking.behind(desk, view(desk), "expense:people:peoria", "2026-10")
    assert people.amount == "54000.00 USD"
    assert {b.source for b in looking.unmapped(view(desk))} == {"cloud", "contracts"}
    with pytest.raises(InputError, match="has not begun"):
        closing.close(desk, OWNER, "2026-12", NOW)
    with pytest.raises(InputError, match="before any money"):
        month_of("0000-01")


VALUES = b"""mission,month,amount,grade,evidence
peoria,2026-10,100.00 USD,a,Experiment 7
peoria,2026-10,5000 USD,D,The sponsor says so
"""


def test_value_stands_apart_by_grade(desk: Desk) -> None:
    values.bring(desk, OWNER, VALUES, "values.csv", NOW)
    assert values.bring(desk, OWNER, VALUES, "values.csv", NOW).entry is None
    found = looking.statement(desk, view(desk), "peoria", ("2026-10",))
    assert [(x.line, x.units) for x in found.lines] == [
        ("value-c", (100_00,)),
        ("value-d", (5000_00,)),
    ]
    assert (found.proven, found.value, found.cost) == (0, 5100_00, 0)


def test_worth_told_by_a_record_and_by_a_table_is_found(desk: Desk) -> None:
    """Whichever comes first: the table, the record or the close of the month."""
    told = values.bring(desk, OWNER, VALUES, "values.csv", NOW)
    assert told.twice == ()
    nothing = Benefit(mission="peoria", month="2026-10", value="0.00 USD", grade="D")
    other = replace(nothing, mission="trey_2.0", value="7.00 USD")
    write(desk, OWNER, [put(nothing), put(other)], name="put", at=NOW)
    assert closing.close(desk, OWNER, "2026-10", NOW).twice == ()
    write(desk, OWNER, [put(replace(nothing, value="90.00 USD"))], name="put", at=NOW)
    [found] = closing.close(desk, OWNER, "2026-10", NOW, dry_run=True).twice
    assert found == Twice(
        mission="peoria",
        month="2026-10",
        record="90.00 USD",
        where="benefits/peoria:2026-10",
        table=("5100.00 USD",),
        file="values.csv",
        booking="value:2026-10",
    )
    assert looking.firm_statement(desk, view(desk), ("2026-10",)).twice == (found,)
    assert looking.twice(desk, view(desk), ("2026-10",), "peoria") == (found,)
    assert looking.twice(desk, view(desk), ("2026-10",), "trey_2.0") == ()
    assert looking.twice(desk, view(desk), ("2026-09",)) == ()
    assert closing.close(desk, OWNER, "2026-09", NOW).twice == ()
    again = values.bring(desk, OWNER, VALUES, "values.csv", NOW, dry_run=True)
    assert [each[:5] for each in again.twice] == ["Row 2", "Row 3"]
    assert "benefits/peoria:2026-10 tells 90.00 USD" in again.twice[0]


def test_each_month_of_each_table_is_told_twice_by_itself(desk: Desk) -> None:
    head = b"mission,month,amount,grade,evidence\n"
    rows = (
        b"peoria,2026-08,1.00 USD,D,a\npeoria,2026-08,2.00 EUR,D,b\n"
        b"peoria,2026-09,4.00 USD,D,c\ntrey_2.0,2026-09,8.00 USD,D,d\n"
    )
    values.bring(desk, OWNER, head + rows, "summer.csv", NOW)
    late = head + b"peoria,2026-10,16.00 USD,D,e\n"
    values.bring(desk, OWNER, late, "autumn.csv", NOW)
    months = ("2026-08", "2026-09", "2026-10")
    records = [
        Benefit(mission=mission, month=month, value="32.00 USD", grade="D")
        for mission in ("peoria", "trey_2.0")
        for month in months
    ]
    write(desk, OWNER, [put(each) for each in records], name="put", at=NOW)
    found = looking.twice(desk, view(desk), months)
    assert [(e.mission, e.month, e.table, e.file, e.booking) for e in found] == [
        (
            *("peoria", "2026-08", ("2.00 EUR", "1.00 USD")),
            *("summer.csv", "value:2026-08"),
        ),
        ("peoria", "2026-09", ("4.00 USD",), "summer.csv", "value:2026-09"),
        ("trey_2.0", "2026-09", ("8.00 USD",), "summer.csv", "value:2026-09"),
        ("peoria", "2026-10", ("16.00 USD",), "autumn.csv", "value:2026-10"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"peoria", b"nowhere", "no mission called 'nowhere'"),
        (b"100.00 USD", b"a third USD", "is no amount of money"),
        (b"100.00 USD", b"0.001 USD", "more decimals than USD"),
        (b"100.00 USD", b"100.00", "is no currency"),
        (b",a,", b",E,", "is no grade of evidence"),
        (b"2026-10", b"2026-13", "has another form than it needs"),
        (b"2026-10", b"0000-01", "is before any money"),
        (b"grade", b"mark", "no column 'grade'"),
    ],
)
def test_a_wrong_value_is_refused_with_its_reason(
    desk: Desk, old: bytes, new: bytes, reason: str
) -> None:
    with pytest.raises(InputError) as refused:
        values.bring(desk, OWNER, VALUES.replace(old, new, 1), "values.csv", NOW)
    problems = getattr(refused.value, "problems", [refused.value])
    assert reason in problems[0].what
    assert looking.bookings(view(desk)) == ()


def test_who_keeps_the_ledger_may_and_others_may_not(
    desk: Desk, tmp_path: Path
) -> None:
    file = bill(tmp_path, "1")
    with pytest.raises(Forbidden, match="not the role finance"):
        bills.bring(desk, Actor(person="p2"), [file], NOW)
    assert bills.bring(desk, Actor(person="p1"), [file], NOW).entry


def test_beancount_finds_no_error_in_what_is_exported(
    desk: Desk, tmp_path: Path
) -> None:
    bills.bring(desk, OWNER, [bill(tmp_path, "1.504", "2.25")], NOW)
    closing.close(desk, OWNER, "2026-10", NOW)
    values.bring(desk, OWNER, VALUES, 'a "quoted" name.csv', NOW)
    written = tmp_path / "ledger.beancount"
    written.write_text(exporting.as_beancount(desk, view(desk)), "utf-8")
    check = Path(sys.executable).with_name("bean-check")
    done = subprocess.run([check, written], capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    written.write_text(
        written.read_text("utf-8").replace("100.00 USD", "100.01 USD", 1), "utf-8"
    )
    broken = subprocess.run([check, written], capture_output=True, check=False)  # noqa: S603
    assert broken.returncode != 0


def test_the_rows_taken_along_add_up_to_zero(desk: Desk, tmp_path: Path) -> None:
    bills.bring(desk, OWNER, [bill(tmp_path, "1.504", "2.25")], NOW)
    closing.close(desk, OWNER, "2026-10", NOW)
    head, *rows = exporting.as_csv(desk, view(desk)).decode("utf-8-sig").splitlines()
    assert head == "month,booking,account,amount,currency,says,rows"
    amounts = [Decimal(row.split(",")[3].lstrip("'")) for row in rows]
    assert (len(amounts), sum(amounts)) == (7, 0)
    assert exporting.as_workbook(desk, view(desk))[:2] == b"PK"


def test_the_rows_taken_along_are_exact(desk: Desk) -> None:
    """A float has too few digits for the largest sums, and drops noughts of others."""
    most = b"peoria,2026-10,123456789012345.67 USD,D,Said\n"
    values.bring(desk, OWNER, VALUES + most, "values.csv", NOW)
    text = exporting.as_csv(desk, view(desk)).decode("utf-8-sig")
    assert ",-123456789012345.67,USD," in text
    assert ",100.00,USD," in text


def test_what_is_there_twice_is_accepted_by_who_keeps_the_ledger(desk: Desk) -> None:
    twin = Contract(id="d", title="C", partner="p", yearly_cost="300.00 USD")
    write(desk, OWNER, [put(twin)], name="put", at=NOW)
    [found] = looking.redundancies(view(desk), NOW)
    said = Accepting(
        redundancy=found.id,
        limit="100.00 USD",
        accepted_by="finance",
        until=NOW.date(),
        why="One is a rehearsal.",
    )
    with pytest.raises(Forbidden):
        accept(desk, Actor(person="p2"), said, NOW)
    told = accept(desk, Actor(person="p1"), said, NOW)
    assert (told.standing, told.price) == ("accepted", "100.00 USD")
    again = replace(said, limit="99.99 USD")
    assert accept(desk, OWNER, again, NOW).standing == "over its limit"
    assert list(desk.firm().redundancies) == [found.id]
    for wrong, error in (
        ({"until": date(2026, 11, 27)}, "is past"),
        ({"limit": "-1.00 USD"}, "below nothing"),
        ({"limit": "1.00 QQQ"}, "no currency"),
    ):
        with pytest.raises(InputError, match=error):
            accept(desk, OWNER, replace(said, **wrong), NOW)
    with pytest.raises(NotFound, match=r"capability\.nothing"):
        accept(desk, OWNER, replace(said, redundancy="capability.nothing"), NOW)
    with pytest.raises(Problems, match="nobodys"):
        accept(desk, OWNER, replace(said, accepted_by="nobodys"), NOW)


def test_a_firm_that_names_no_currency_is_told_in_that_of_its_ledger(
    tmp_path: Path,
) -> None:
    with open_desk(f"sqlite:///{tmp_path}/firm.db") as desk:
        changes = tuple(put(each) for each in RECORDS[1:])
        desk.write(lambda _: Deed(name="load", changes=changes), at=NOW, actor=OWNER)
        assert looking.currency(view(desk)) == "EUR"
        values.bring(desk, OWNER, VALUES, "values.csv", NOW)
        assert looking.currency(view(desk)) == "USD"
        euros = VALUES.replace(b"100.00 USD", b"100.00 EUR")
        values.bring(desk, OWNER, euros, "values.csv", NOW)
        assert looking.currency(view(desk)) == "EUR"
