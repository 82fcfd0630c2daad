"""Profit and loss, flow and the yearly view: added up from postings, nothing lost."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from weft.core.money.funding import released
from weft.core.money.postings import UNMAPPED, Account, Transaction, moved
from weft.core.money.rates import Rate
from weft.core.scalars import amount
from weft.engines.funding.ledger import (
    NO_FUND,
    REST,
    UNSPENT,
    firm,
    flow,
    statements,
    sums,
    yearly,
)

MONTHS = ("2026-09", "2026-10")
PAID = Account("liability", "owed", "x")


def cost(line: str, holder: str, units: int, month: str = "2026-10") -> Transaction:
    return moved(
        month, "x", Account("expense", line, holder), PAID, amount(units, "EUR")
    )


def worth(grade: str, holder: str, units: int) -> Transaction:
    value = Account("income", f"value-{grade}", holder)
    whole = Account("equity", "value", holder)
    return moved("2026-10", "x", whole, value, amount(units, "EUR"))


def charged(units: int) -> Transaction:
    use, serve = (
        Account("expense", "shared", "pay"),
        Account("income", "shared", "data"),
    )
    return moved("2026-10", "x", use, serve, amount(units, "EUR"))


STORY = [
    cost("people", "pay", 1000),
    cost("people", "pay", 900, "2026-09"),
    cost("cloud", "data", 600),
    cost("cloud", UNMAPPED, 50),
    cost("people", "pay", 7777, "2026-08"),
    charged(200),
    worth("a", "pay", 400),
    worth("b", "pay", 30),
    worth("d", "pay", 5000),
]


def test_a_statement_holds_cost_income_and_value_apart() -> None:
    found = statements(sums(STORY), MONTHS, "EUR", ())
    pay, data = found["pay"], found["data"]
    assert [(x.line, x.units, x.postings) for x in pay.lines] == [
        ("people", (900, 1000), (1, 1)),
        ("shared", (0, 200), (0, 1)),
        ("value-a", (0, 400), (0, 1)),
        ("value-b", (0, 30), (0, 1)),
        ("value-d", (0, 5000), (0, 1)),
    ]
    assert (pay.cost, pay.proven, pay.value) == (2100, 430, 5430)
    assert (pay.sure, pay.result) == (-1670, 3330)
    assert (data.cost, data.income, data.sure) == (600, 200, -400)
    assert data.lines[1].title == "Charged to other missions"
    assert pay.by_month("cost") == (900, 1200)
    assert pay.lines[0].account == "expense:people:pay"


def test_over_the_firm_internal_charges_come_to_zero() -> None:
    whole = firm(statements(sums(STORY), MONTHS, "EUR", ()).values(), MONTHS, "EUR")
    assert whole.cost - whole.income == 900 + 1000 + 600 + 50
    assert whole.value == 5430


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["people", "cloud", "contracts"]),
            st.sampled_from(["pay", "data", UNMAPPED]),
            st.integers(-(10**6), 10**6),
            st.sampled_from(["2026-08", *MONTHS]),
        )
    )
)
def test_no_cost_is_lost_between_postings_statements_and_year(
    rows: list[tuple[str, str, int, str]],
) -> None:
    moves = [cost(*row) for row in rows]
    found = statements(sums(moves), MONTHS, "EUR", ())
    whole = firm(found.values(), MONTHS, "EUR")
    posted = sum(units for _, _, units, month in rows if month in MONTHS)
    assert sum(each.cost for each in found.values()) == posted == whole.cost
    year = yearly(sums(moves), "2026")
    assert sum(year.total.values()) == sum(row[2] for row in rows)
    assert year.owed == year.total
    stream = flow(sums(moves), MONTHS, "EUR", ())
    assert sum(s.units for s in stream.spent) - stream.refunded == posted


def test_what_no_rate_converts_is_shown_and_not_added() -> None:
    dollars = moved("2026-10", "x", Account("expense", "cloud", "pay"), PAID, "150 JPY")
    euro = Rate(base="EUR", quote="JPY", on=date(2026, 10, 1), factor="150", source="x")
    without = statements(sums([*STORY, dollars]), MONTHS, "EUR", ())["pay"]
    assert without.cost == 2100
    assert [(x.currency, x.total) for x in without.others] == [("JPY", 150)]
    converted = statements(sums([*STORY, dollars]), MONTHS, "EUR", (euro,))["pay"]
    assert (converted.cost, converted.others) == (2200, ())
    assert converted.rates == (euro,)


def test_money_flows_from_funds_through_missions_to_what_it_bought() -> None:
    moves = [
        *STORY,
        released("growth", "pay", "25.00 EUR", "2026-10"),
        released("base", "data", "4.00 EUR", "2026-10"),
    ]
    found = flow(sums(moves), MONTHS, "EUR", ())
    into: Counter[str] = Counter()
    out: Counter[str] = Counter()
    for each in found.funded:
        into[each.target] += each.units
    for each in found.spent:
        out[each.source] += each.units
    assert into == out
    funded = {(s.source, s.target): s.units for s in found.funded}
    assert funded == {
        ("growth", "pay"): 2500,
        ("base", "data"): 400,
        (NO_FUND, "data"): 200,
        (NO_FUND, UNMAPPED): 50,
    }
    assert ("pay", UNSPENT, 600) in {(s.source, s.target, s.units) for s in found.spent}


def test_of_many_missions_the_small_ones_flow_together() -> None:
    moves = [cost("cloud", f"m{n:02}", 100 + n) for n in range(30)]
    found = flow(sums(moves), MONTHS, "EUR", (), most=5)
    assert found.missions == ("m29", "m28", "m27", "m26", REST)
    assert sum(s.units for s in found.spent) == sum(100 + n for n in range(30))
