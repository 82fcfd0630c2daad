"""The bound is one at any prices: no plan of a tiny firm is ever cheaper."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.engines.allocation.conftest import Tiny

from weft.engines.allocation import Problem, empty
from weft.engines.allocation.solving import exact
from weft.engines.allocation.solving.bound import Prices, bound_at, climb

HAIR = 1e-3
"""HiGHS tells its optimum in floating point."""


def holds(problem: Problem, seed: int) -> None:
    found = exact.solve(problem, seconds=60)
    assert found.proven
    draw = np.random.default_rng(seed)
    for scale in (0, 10, 60, 300):
        prices = draw.normal(size=problem.demand.shape) * scale + scale / 2
        assert bound_at(problem, Prices(prices, 0 * prices)) <= found.bound + HAIR
        holders = draw.random(prices.shape) * min(scale, problem.missing)
        assert bound_at(problem, Prices(prices, holders)) <= found.bound + HAIR
    assert climb(problem, 10, lambda _: True).points <= found.bound + HAIR


@pytest.mark.parametrize("seed", range(12))
def test_no_plan_is_cheaper_than_the_bound_at_any_prices(seed: int, tiny: Tiny) -> None:
    holds(tiny(seed, people=3, missions=2), seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 300))
def test_no_plan_of_two_hundred_firms_is_cheaper(seed: int, tiny: Tiny) -> None:
    holds(tiny(seed, people=3, missions=2), seed)


@pytest.mark.parametrize("seed", range(5))
def test_the_bound_is_tight_where_nothing_else_binds(seed: int, tiny: Tiny) -> None:
    problem = tiny(seed, people=4, missions=2, part_months=False)
    loose = replace(
        problem,
        least_units=1,
        team=np.full(2, 9),
        missing=0,
        closed=problem.closed[:0],
    )
    best = exact.solve(loose, seconds=60).bound
    assert climb(loose, 150, lambda _: True).points >= 0.99 * best


@pytest.mark.parametrize("seed", range(8))
def test_more_capacity_never_raises_the_bound_at_given_prices(
    seed: int, tiny: Tiny
) -> None:
    problem = tiny(seed)
    more = replace(problem, capacity=problem.capacity + 1)
    draw = np.random.default_rng(seed).normal(size=(2, *problem.demand.shape)) * 30
    prices = Prices(draw[0], draw[1])
    assert bound_at(more, prices) <= bound_at(problem, prices)


def test_the_order_of_people_changes_nothing(tiny: Tiny) -> None:
    problem = tiny(3, people=6)
    draw = np.random.default_rng(3).normal(size=(2, *problem.demand.shape)) * 30
    prices = Prices(draw[0], draw[1])
    assert bound_at(turned(problem), prices) == bound_at(problem, prices)


def turned(problem: Problem) -> Problem:
    """Give the same firm with its people in the opposite order."""
    last = len(problem.people) - 1
    person = last - problem.option_person
    order = np.argsort(person, kind="stable")
    count = np.arange(last + 2)
    change = {
        name: np.column_stack([last - rows[:, 0], rows[:, 1:]])
        for name, rows in (("seats", problem.seats), ("closed", problem.closed))
    }
    return replace(
        problem,
        people=problem.people[::-1],
        capacity=problem.capacity[::-1],
        camp=problem.camp[::-1],
        option_start=np.searchsorted(person[order], count),
        option_need=problem.option_need[order],
        misfit=problem.misfit[order],
        seats=change["seats"],
        closed=change["closed"],
    )


def test_a_price_above_the_weight_counts_as_the_weight(tiny: Tiny) -> None:
    """What nobody can serve costs its weight, and no price makes it cost more."""
    problem = tiny(2)
    first = problem.option_need != 0
    person = problem.option_person[first]
    alone = replace(
        problem,
        option_start=np.searchsorted(person, np.arange(len(problem.people) + 1)),
        option_need=problem.option_need[first],
        misfit=problem.misfit[first],
    )
    prices = np.zeros(problem.demand.shape)
    prices[0] = 1_000
    lost = problem.weight[0] * problem.demand[0].sum()
    assert bound_at(alone, Prices(prices, 0 * prices)) == lost


def test_the_bound_knows_that_a_second_holder_takes_units_from_others() -> None:
    """Two units are asked of a critical skill: one seat, and nobody beside them."""
    months = 3
    problem = Problem(
        people=("a", "b"),
        missions=("m",),
        months=tuple(f"2027-{t + 1:02}" for t in range(months)),
        needs=((0, "skill", 1),),
        capacity=np.full((2, months), 10),
        camp=np.zeros(2, np.int64),
        demand=np.full((1, months), 2),
        weight=np.array([200]),
        key=np.ones(1, np.bool_),
        mixed=np.zeros(1, np.bool_),
        team=np.array([5]),
        option_start=np.array([0, 1, 2]),
        option_need=np.array([0, 0]),
        misfit=np.array([1, 1]),
        seats=empty(3),
        closed=empty(3),
        fixed=empty(4),
        join=0,
        missing=50,
    )
    best = exact.solve(problem, seconds=60).bound
    assert best == months * (2 * 1 + 50)
    assert 0.99 * best <= climb(problem, 75, lambda _: True).points <= best + HAIR
