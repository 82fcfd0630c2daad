"""A proof of how good a plan is: prices of needs, and what no plan can be cheaper than.

Put a price on each unit that a need asks in a month, at most its weight, and on each
second holder that a critical need wants, at most the points that a missing one costs.
Then each unit of a person's time looks for its cheapest year by itself, and each person
for the seats that earn most as a holder. What that comes to, plus the price of all that
is asked and wanted, is less than the cost of any plan that keeps the rules: rules that
are dropped and costs that are left out can only make it cheaper, and what is missing
costs what it costs, never less than its price. So every set of prices gives a bound;
good ones, found by raising the price where too little is given, a good bound. It is
judged on all options, also where the climb looks at a few. Prices are multiples of
1/1024, so that sums of them are exact.

Source: Lagrangian relaxation; Held and Karp, 1971.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from weft.engines.allocation.problem import Flags, Floats, Ints, Problem
from weft.engines.allocation.solving.paths import all_paths, some_cheap
from weft.engines.allocation.solving.tables import in_order
from weft.engines.allocation.solving.years import Years, years

FIRST = 12
"""The first price of every unit, in points. That of every holder is none."""
LEAST = -60
"""The lowest price of what is asked: overstaffing is not allowed, so it can be below
zero."""
NOTHING = -100_000
"""The price where nothing is asked."""
GRAIN = 1024
STEPS = 15
"""Steps on the working set between two looks at all options."""
CHEAPEST, SAVED = 6, 40
"""Options of each person that the working set begins with, and the most points that a
unit counts as saving."""
STEP = 0.25, 0.05
"""First step of the price of a unit and of a holder, as a share of what it may be."""


@dataclass(frozen=True, eq=False)
class Prices:
    """What a unit given to a need is worth, and a person who could do it: [N, T]."""

    unit: Floats
    holder: Floats


@dataclass(frozen=True, eq=False)
class Bound:
    """What no plan can be cheaper than, and the prices that show it."""

    points: float
    prices: Floats
    """[N, T] of a unit"""
    used: Flags
    """[E] options on somebody's cheapest path, late in the climb."""


def bound_at(problem: Problem, prices: Prices) -> float:
    """Give the bound of any prices, after rounding and capping them."""
    whole = years(problem, in_order(problem))
    return _judge(problem, whole, _grained(problem, prices))[0]


def climb(problem: Problem, rounds: int, go_on: Callable[[float], bool]) -> Bound:
    """Raise the bound for so many rounds, or until told to stop.

    go_on: is given the share that is done. Prices start anew, the same each time.
    """
    order, shape = in_order(problem), problem.demand.shape
    whole = years(problem, order)
    first = Prices(np.full(shape, float(FIRST)), np.zeros(shape))
    best_prices = average = prices = _grained(problem, first)
    best, keep = _judge(problem, whole, prices)
    late = keep.copy()
    some_cheap(whole, CHEAPEST, SAVED, keep)
    push = Prices(np.zeros(shape), np.zeros(shape))
    for turn in range(rounds):
        if not go_on(turn / rounds):
            break
        few = years(problem, order[keep])
        for step in range(turn * STEPS, (turn + 1) * STEPS):
            _, given, _ = _paths(few, prices)
            prices = _climbed(problem, prices, given, push, step)
            average = _nearer(average, prices, 0.03 if step > 100 else 0.1)  # noqa: PLR2004
        rounded = _grained(problem, average)
        points, mark = _judge(problem, whole, rounded)
        keep |= mark
        if turn > rounds // 2:
            late |= mark
        if points > best:
            best, best_prices = points, rounded
    return Bound(best, best_prices.unit, _unsorted(late, order))


def _climbed(
    problem: Problem, prices: Prices, given: Prices, push: Prices, step: int
) -> Prices:
    """Raise prices where too little is given, lower them where too much; with swing."""
    demand, weight = problem.demand, problem.weight[:, None]
    usual = np.clip(demand[demand > 0].mean() / 2, 1, 10)
    short = np.clip((demand - given.unit) / np.maximum(demand, usual), -3, 3)
    _swing(push.unit, np.where(demand > 0, short, 0))
    _swing(push.holder, np.clip(problem.wanted_holders - given.holder, -2, 2))
    unit, holder = (size / (1 + step / 60) for size in STEP)
    moved = prices.unit + unit * np.minimum(weight, 30) * push.unit
    more = prices.holder + holder * problem.missing * push.holder
    return _capped(problem, Prices(np.maximum(moved, LEAST), more))


def _swing(push: Floats, short: Floats) -> None:
    push *= 0.85
    push += 0.15 * short


def _nearer(average: Prices, prices: Prices, share: float) -> Prices:
    """Give the average moved towards the prices by a share of the way."""
    return Prices(
        average.unit + share * (prices.unit - average.unit),
        average.holder + share * (prices.holder - average.holder),
    )


def _capped(problem: Problem, prices: Prices) -> Prices:
    """Cap prices by what it costs to lack what they stand for."""
    unit = np.minimum(prices.unit, problem.weight[:, None])
    return Prices(
        np.where(problem.demand > 0, unit, NOTHING),
        np.where(problem.wanted_holders, np.clip(prices.holder, 0, problem.missing), 0),
    )


def _grained(problem: Problem, prices: Prices) -> Prices:
    """Round prices to the grain, and cap them."""
    unit, holder = (
        np.floor(points * GRAIN) / GRAIN for points in (prices.unit, prices.holder)
    )
    return _capped(problem, Prices(unit, holder))


def _paths(tables: Years, prices: Prices) -> tuple[float, Prices, Flags]:
    """Give what the cheapest years come to, what they give, and options they use."""
    given = Prices(np.zeros(prices.unit.shape), np.zeros(prices.unit.shape))
    mark = np.zeros(len(tables.need), np.bool_)
    cost = all_paths(tables, prices.unit, prices.holder, given.unit, given.holder, mark)
    return float(cost), given, mark


def _judge(problem: Problem, whole: Years, prices: Prices) -> tuple[float, Flags]:
    """Give the bound on all options, and the options that its years use."""
    cost, _, mark = _paths(whole, prices)
    asked = float((prices.unit * problem.demand).sum())
    return asked + float((prices.holder * problem.wanted_holders).sum()) + cost, mark


def _unsorted(flags: Flags, order: Ints) -> Flags:
    """Give flags of options as the tables have them in the order of the problem."""
    back = np.zeros_like(flags)
    back[order] = flags
    return back
