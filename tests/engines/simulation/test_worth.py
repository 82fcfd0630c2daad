"""What a day of delay costs: from what outcomes are worth, and never invented."""

from __future__ import annotations

import pytest
from immutables import Map
from msgspec.structs import replace
from tests.engines.simulation.firms import setting, small

from weft.core.firm import Firm
from weft.core.funding.forecast import Benefit
from weft.core.missions import Mission
from weft.core.records import decode, show
from weft.engines.simulation.models.setting import MONTH, Setting
from weft.engines.simulation.models.worth import Worth, worth_of

MISSIONS = ("cards", "loans", "fraud")


def firm(*told: tuple[str, str, str]) -> Firm:
    benefits = [Benefit(mission=m, month=at, value=value) for m, at, value in told]
    return Firm(
        missions=Map({name: Mission(id=name, title=name) for name in MISSIONS}),
        benefits=Map({each.key: each for each in benefits}),
    )


def test_each_mission_counts_once_by_its_latest_month() -> None:
    found = worth_of(
        firm(
            ("cards", "2026-08", "900.00 EUR"),
            ("cards", "2026-10", "1000.00 EUR"),
            ("loans", "2026-09", "500.00 EUR"),
            ("fraud", "2026-07", "70000.00 EUR"),  # too long ago
            ("gone", "2026-10", "80000.00 EUR"),  # there is no such mission any more
        ),
        9,
    )
    assert found == Worth(
        amount="1500.00 EUR", month="2026-10", missions=2, of=3, people=9
    )


def test_money_of_two_currencies_is_not_added_up() -> None:
    found = worth_of(
        firm(
            ("cards", "2026-10", "1000.00 EUR"),
            ("loans", "2026-10", "500.00 EUR"),
            ("fraud", "2026-10", "90000 JPY"),
        ),
        9,
    )
    assert found == Worth(
        amount="1500.00 EUR", month="2026-10", missions=2, of=3, people=9
    )


def test_where_nobody_says_a_value_it_is_not_known_and_not_nothing() -> None:
    assert worth_of(firm(), 9) is None
    assert worth_of(firm(("cards", "2026-10", "-5.00 EUR")), 9) is None
    assert replace(small(), worth=None).delay_price is None


def test_a_day_of_delay_is_a_changes_share_of_a_day_of_what_is_paid() -> None:
    worth = Worth(amount="2300000.00 EUR", month="2026-10", missions=3, of=3, people=24)
    place = replace(small(), worth=worth)
    price = place.delay_price
    assert price is not None
    # In a steady state so many changes pay at once, and share what comes in a day.
    paying = place.arrivals * MONTH * 36
    assert float(price.amount.split()[0]) == pytest.approx(
        2_300_000 / MONTH / paying, abs=0.005
    )
    assert "36 months that it pays (illustrative)" in price.source
    shorter = place.with_values({"pays": 18}).delay_price
    assert shorter is not None
    assert float(shorter.amount.split()[0]) == pytest.approx(
        2 * float(price.amount.split()[0]), abs=0.02
    )
    assert "(given)" in shorter.source
    smaller = place.with_values({"people": 12}).delay_price
    assert smaller == price  # a what-if has other people; the worth is the firm's
    yen = replace(place, worth=replace(worth, amount="360000 JPY")).delay_price
    assert yen is not None
    assert "worth 360,000 JPY a month" in yen.source
    given = replace(place, delay="250.00 EUR").delay_price
    assert given is not None
    assert (given.amount, given.source) == ("250.00 EUR", "given")


def test_the_bank_says_what_its_outcomes_are_worth() -> None:
    worth = setting("bank").worth
    assert worth is not None
    assert 0 < worth.missions <= worth.of
    place = setting("bank")
    assert show(decode(Setting, show(place).encode())) == show(place)
