"""What spending was for: three shares that add up to what was posted."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weft.core.money.postings import UNMAPPED, Account, Posting, Transaction
from weft.core.money.purpose import Cost, Purpose
from weft.core.money.rates import Rate
from weft.engines.funding.ledger import Statement, firm, statements, sums
from weft.errors import InputError

MONTHS = ("2026-08", "2026-09", "2026-10")
COSTS = get_args(Cost)
EURO = Rate(base="EUR", quote="USD", on=date(2026, 9, 1), factor="1.17", source="x")
missions = st.sampled_from(["pay", "cards"])
months = st.sampled_from(["2026-07", *MONTHS])


def posted(
    cost: str, holder: str, units: int, currency: str, month: str
) -> Transaction:
    sides = Account("expense", cost, holder), Account("liability", "owed", "x")
    postings = Posting(sides[0], units, currency), Posting(sides[1], -units, currency)
    return Transaction(month=month, says="x", postings=postings)


def purpose(
    mission: str, shares: tuple[int, int, int], start: str, cost: Cost | None = None
) -> Purpose:
    running, efficiency, innovation = shares
    return Purpose(
        mission=mission,
        cost=cost,
        start=start,
        running=running,
        efficiency=efficiency,
        innovation=innovation,
        why="x",
    )


@st.composite
def purposes(draw: st.DrawFn) -> Purpose:
    first = draw(st.integers(0, 100))
    second = draw(st.integers(0, 100 - first))
    cost: Cost | None = draw(st.sampled_from([None, *COSTS]))
    shares = first, second, 100 - first - second
    return purpose(draw(missions), shares, draw(months), cost)


moves = st.builds(
    posted,
    st.sampled_from(COSTS),
    st.one_of(missions, st.just(UNMAPPED)),
    st.integers(-(10**9), 10**9),
    st.sampled_from(["EUR", "USD", "JPY"]),
    months,
)


def told(found: Statement) -> dict[str, tuple[int, ...]]:
    """Give what the lines of a statement cost, by currency and month."""
    whole: dict[str, tuple[int, ...]] = {}
    for line in (*found.lines, *found.others):
        if line.side == "cost":
            before = whole.get(line.currency, (0,) * len(MONTHS))
            pairs = zip(before, line.units, strict=True)
            whole[line.currency] = tuple(a + b for a, b in pairs)
    return whole


@given(st.lists(moves), st.lists(purposes()), st.sampled_from([(), (EURO,)]))
def test_shares_add_up_to_the_postings_of_each_currency_and_month(
    rows: list[Transaction], said: list[Purpose], rates: tuple[Rate, ...]
) -> None:
    found = statements(sums(rows), MONTHS, "EUR", rates, said)
    whole = firm(found.values(), MONTHS, "EUR")
    for one in (*found.values(), whole):
        assert {each.currency: each.total for each in one.spent} == told(one)
    if not rates:
        total: Counter[tuple[str, str]] = Counter()
        for row in rows:
            total[row.postings[0].currency, row.month] += row.postings[0].units
        for each in whole.spent:
            for month, units in zip(MONTHS, each.total, strict=True):
                assert units == total[each.currency, month]


@given(st.lists(moves), st.lists(purposes()))
def test_what_nobody_says_is_told_apart_and_never_taken_for_said(
    rows: list[Transaction], said: list[Purpose]
) -> None:
    found = statements(sums(rows), MONTHS, "EUR", (), said)
    whole = firm(found.values(), MONTHS, "EUR")
    silent: Counter[tuple[str, str]] = Counter()
    for row in rows:
        account = row.postings[0].account
        if not any(
            each.mission == account.holder
            and each.start <= row.month
            and each.cost in {None, account.line}
            for each in said
        ):
            silent[row.postings[0].currency, row.month] += row.postings[0].units
    for each in whole.spent:
        for month, units in zip(MONTHS, each.unsaid, strict=True):
            assert units == silent[each.currency, month]


@given(purposes(), st.integers(-(10**15), 10**15))
def test_a_share_is_its_own_to_a_unit_and_of_no_share_there_is_none(
    each: Purpose, units: int
) -> None:
    rows = [posted("cloud", "pay", units, "EUR", "2026-10")]
    said = [purpose("pay", (each.running, each.efficiency, each.innovation), "2026-10")]
    [one] = statements(sums(rows), MONTHS, "EUR", (), said)["pay"].spent
    parts = [one.running[2], one.efficiency[2], one.innovation[2]]
    shares = [each.running, each.efficiency, each.innovation]
    assert sum(parts) == units
    for part, share in zip(parts, shares, strict=True):
        assert abs(100 * part - units * share) <= 100
        assert part * units >= 0
        assert share or not part


def test_the_latest_of_a_cost_holds_before_that_of_all() -> None:
    rows = [posted("cloud", "pay", 1001, "EUR", month) for month in MONTHS]
    rows += [posted("people", "pay", 10, "EUR", month) for month in MONTHS]
    said = [
        purpose("pay", (50, 50, 0), "2026-09"),
        purpose("pay", (0, 0, 100), "2026-10"),
        purpose("pay", (100, 0, 0), "2026-10", "cloud"),
        purpose("cards", (0, 100, 0), "2026-01"),
    ]
    [one] = statements(sums(rows), MONTHS, "EUR", (), said)["pay"].spent
    assert one.unsaid == (1011, 0, 0)
    assert one.running == (1011, 500 + 5, 1001)
    assert one.efficiency == (0, 501 + 5, 0)  # to the nearest; running is the rest
    assert one.innovation == (0, 0, 10)


@pytest.mark.parametrize("shares", [(70, 20, 11), (0, 0, 0), (100, 1, 0)])
def test_three_shares_are_a_whole(shares: tuple[int, int, int]) -> None:
    with pytest.raises(InputError, match=f"come to {sum(shares)} hundredths"):
        purpose("pay", shares, "2026-10")
