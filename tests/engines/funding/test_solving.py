"""The choice of ways is the best there is, within the money, and the same each time."""

from __future__ import annotations

import random
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weft.engines.funding.rounds import Choice, choose, solving
from weft.engines.funding.rounds.solving import lagrange

ways = st.lists(
    st.builds(
        Choice,
        worth=st.integers(-50, 200),
        money=st.tuples(st.integers(0, 40), st.integers(0, 80)),
    ),
    min_size=1,
    max_size=4,
)
firms = st.lists(ways, min_size=1, max_size=5)
rows = st.tuples(st.integers(0, 120), st.integers(0, 200))


def total(missions: list[list[Choice]], places: tuple[int, ...]) -> tuple[int, ...]:
    chosen = [m[p] for m, p in zip(missions, places, strict=True)]
    return tuple(sum(c.money[row] for c in chosen) for row in range(2))


def worth(missions: list[list[Choice]], places: tuple[int, ...]) -> int:
    return sum(m[p].worth for m, p in zip(missions, places, strict=True))


@given(firms, rows)
def test_nothing_that_fits_is_worth_more(
    missions: list[list[Choice]], limits: tuple[int, int]
) -> None:
    found = choose(missions, limits)
    fitting = [
        places
        for places in product(*(range(len(m)) for m in missions))
        if all(t <= r for t, r in zip(total(missions, places), limits, strict=True))
    ]
    assert bool(fitting) != bool(found.short)
    if fitting:
        best = max(worth(missions, places) for places in fitting)
        assert worth(missions, found.places) == found.worth == best <= found.bound
        assert found.places in fitting


@given(firms, rows, st.tuples(st.floats(0, 9), st.floats(0, 9)))
def test_any_prices_give_a_bound(
    missions: list[list[Choice]], limits: tuple[int, int], prices: tuple[float, float]
) -> None:
    found = choose(missions, limits)
    if not found.short:
        assert lagrange(missions, limits, prices) >= found.worth


@pytest.mark.slow
def test_of_very_many_the_clear_ones_are_settled_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As good as all at once, to a thousandth, and its own bound says so."""
    draw = random.Random("many")  # noqa: S311
    missions = []
    for _ in range(300):
        cost, worth = draw.randint(400, 2600), draw.uniform(0.5, 3)
        missions.append(
            [
                Choice(
                    round(1000 * cost * ((m / 4) ** 0.6 * worth - m / 4)),
                    (250 * m * cost, 500 * m * cost),
                )
                for m in range(9)
            ]
        )
    whole = sum(m[4].money[0] for m in missions)
    best = choose(missions, (whole, 2 * whole))
    monkeypatch.setattr(solving, "LARGE", 100)
    monkeypatch.setattr(solving, "CORE", 30)
    found = choose(missions, (whole, 2 * whole))
    assert not found.short
    assert found == choose(missions, (whole, 2 * whole))
    assert found.worth <= best.worth <= found.bound
    assert found.gap <= 0.1
    assert best.prices[0] + best.prices[1] > 0  # the money does not do for all


def test_of_equal_ways_the_first_is_chosen() -> None:
    same = [Choice(10, (5, 5)), Choice(10, (5, 5)), Choice(10, (9, 9))]
    assert choose([same, same], (100, 100)).places == (0, 0)


def test_of_missions_alike_the_first_has_the_better_way() -> None:
    alike = [Choice(0, (0, 0)), Choice(10, (5, 5))]
    found = choose([alike] * 4, (10, 10))
    assert found.places == (1, 1, 0, 0)
    assert found.gap == 0


def test_what_cannot_be_paid_is_told_with_what_is_lacking() -> None:
    dear = [Choice(100, (60, 60)), Choice(20, (40, 40))]
    found = choose([dear, dear], (50, 100))
    assert found.places == (1, 1)
    assert found.short == (30, 0)
