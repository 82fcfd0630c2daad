"""Every movement balances, whatever is done in whatever order."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from weft.core.money.funding import filled, fund_of, released, returned
from weft.core.money.postings import (
    Account,
    Posting,
    Transaction,
    account,
    balance,
    moved,
)
from weft.core.money.reckoning import MOST, split
from weft.core.scalars import amount
from weft.engines.funding.ledger import sums, trial
from weft.errors import InputError

CURRENCIES = st.sampled_from(["EUR", "USD", "JPY", "KWD"])
MONTHS = st.sampled_from(["2026-09", "2026-10"])
UNITS = st.integers(1, 10**9)
NAMES = st.sampled_from(["payments", "cards", "data"])


class Ledger(RuleBasedStateMachine):
    """Movements of every kind, in any order: the whole comes to zero after each."""

    def __init__(self) -> None:
        super().__init__()
        self.moves: list[Transaction] = []
        self.held: Counter[tuple[str, str, str]] = Counter()

    @rule(fund=NAMES, units=UNITS, currency=CURRENCIES, month=MONTHS)
    def fill(self, fund: str, units: int, currency: str, month: str) -> None:
        """Set money aside."""
        self.moves.append(filled(fund, amount(units, currency), month))

    @rule(fund=NAMES, to=NAMES, units=UNITS, currency=CURRENCIES, month=MONTHS)
    def release(
        self, fund: str, to: str, units: int, currency: str, month: str
    ) -> None:
        """Let a tranche go out."""
        self.moves.append(released(fund, to, amount(units, currency), month))
        self.held[fund, to, currency] += units

    @rule(fund=NAMES, to=NAMES, units=UNITS, currency=CURRENCIES, month=MONTHS)
    def give_back(
        self, fund: str, to: str, units: int, currency: str, month: str
    ) -> None:
        """Let some of it flow back."""
        self.moves.append(returned(fund, to, amount(units, currency), month))
        self.held[fund, to, currency] -= units

    @rule(whole=UNITS, weights=st.lists(st.integers(1, 99), min_size=1, max_size=6))
    def spend(self, whole: int, weights: list[int]) -> None:
        """Divide a bill."""
        parts = split(whole, weights)
        expenses = [
            Posting(Account("expense", "cloud", f"m{n}"), part, "EUR")
            for n, part in enumerate(parts)
        ]
        owed = Posting(Account("liability", "owed", "x"), -whole, "EUR")
        move = Transaction(month="2026-10", says="bill", postings=(*expenses, owed))
        self.moves.append(move)

    @invariant()
    def all_of_it_is_zero(self) -> None:
        """Debits and credits cancel."""
        found = trial(sums(self.moves))
        assert found.off == {}
        assert found.postings == sum(len(move.postings) for move in self.moves)

    @invariant()
    def missions_hold_what_was_released_and_not_returned(self) -> None:
        """See that they hold what came and did not go."""
        held: Counter[tuple[str, str, str]] = Counter()
        for each in sums(self.moves):
            if fund := fund_of(each.account):
                held[fund, each.account.holder, each.currency] += each.units
        assert +held == +self.held
        assert -held == -self.held


TestLedger = Ledger.TestCase
TestLedger.settings = settings(max_examples=30, stateful_step_count=20)


EXPENSE, OWED = Account("expense", "cloud", "cards"), Account("liability", "owed", "x")


@pytest.mark.parametrize(
    ("postings", "reason"),
    [
        ((), "comes from somewhere"),
        ((Posting(EXPENSE, 0, "EUR"),), "comes from somewhere"),
        (
            (Posting(EXPENSE, 100, "EUR"), Posting(OWED, -99, "EUR")),
            "does not balance: 0.01 EUR is left over",
        ),
        (
            (Posting(EXPENSE, 100, "EUR"), Posting(OWED, -100, "USD")),
            "does not balance: 1.00 EUR is left over",
        ),
        (
            (Posting(EXPENSE, 1, "XXX"), Posting(OWED, -1, "XXX")),
            "is no currency of ISO 4217",
        ),
        (
            (Posting(EXPENSE, MOST, "EUR"), Posting(OWED, -MOST, "EUR")),
            "is no number of minor units",
        ),
        (
            (Posting(EXPENSE, 0.5, "EUR"), Posting(OWED, -0.5, "EUR")),  # type: ignore[arg-type]
            "is no number of minor units",
        ),
    ],
)
def test_a_movement_that_is_none_cannot_be_made(
    postings: tuple[Posting, ...], reason: str
) -> None:
    with pytest.raises(InputError, match=reason):
        Transaction(month="2026-10", says="x", postings=postings)


def test_two_currencies_balance_each_for_itself() -> None:
    both = tuple(
        posting
        for money in ("1.00 EUR", "7 JPY")
        for posting in moved("2026-10", "x", EXPENSE, OWED, money).postings
    )
    assert balance(both) == {}
    assert len(Transaction(month="2026-10", says="x", postings=both).postings) == 4


def test_an_account_is_read_as_it_is_written() -> None:
    for each in (EXPENSE, OWED, Account("equity", "set-aside")):
        assert account(str(each)) == each
    for wrong in ("", "expense", "cost:cloud:x", ":cloud"):
        with pytest.raises(InputError, match="is no account"):
            account(wrong)
