"""A proof of how good a plan is: prices of needs, and what no plan can be cheaper than.

Put a price on each unit that a need asks in a month, at most its weight. Then each unit
of a person's time looks for its cheapest year by itself, and what that comes to, plus
the price of all that is asked, is less than the cost of any plan that keeps the rules:
rules that are dropped and costs that are left out can only make it cheaper, and an open
unit costs its weight, never less than its price. So every set of prices gives a bound;
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
from weft.engines.allocation.solving.paths import all_paths
from weft.engines.allocation.solving.tables import Tables, in_order, tables

FIRST = 12
"""The first price of everything, in points."""
LEAST = -60
"""The lowest price of what is asked: overstaffing is not allowed, so it can be below
zero."""
NOTHING = -100_000
"""The price where nothing is asked."""
GRAIN = 1024
STEPS = 15
"""Steps on the working set between two looks at all options."""
CHEAPEST = 6
"""Options of each person that the working set begins with."""


@dataclass(frozen=True, eq=False)
class Bound:
    """What no plan can be cheaper than, and the prices that show it."""

    points: float
    prices: Floats
    """[N, T]"""
    used: Flags
    """[E] options on somebody's cheapest path, late in the climb."""


def bound_at(problem: Problem, prices: Floats) -> float:
    """Give the bound of any prices, [N, T], after rounding and capping them."""
    everything = tables(problem, np.ones(len(problem.misfit), np.bool_))
    return _judge(problem, everything, _grained(problem, prices))[0]


def climb(problem: Problem, rounds: int, go_on: Callable[[float], bool]) -> Bound:
    """Raise the bound for so many rounds, or until told to stop.

    go_on: is given the share that is done. Prices start anew, the same each time.
    """
    everything = np.ones(len(problem.misfit), np.bool_)
    order = in_order(problem)
    whole = tables(problem, everything)
    prices = _grained(problem, np.full(problem.demand.shape, float(FIRST)))
    best, mark = _judge(problem, whole, prices)
    best_prices, average = prices, prices.copy()
    keep, late = _first_set(problem, whole) | mark, mark.copy()
    push = np.zeros(problem.demand.shape)
    for turn in range(rounds):
        if not go_on(turn / rounds):
            break
        few = tables(problem, _unsorted(keep, order))
        for step in range(turn * STEPS, (turn + 1) * STEPS):
            used = np.zeros(problem.demand.shape)
            all_paths(few, prices, used, np.zeros(len(few.need), np.bool_))
            prices = _climbed(problem, prices, used, push, step)
            weight = 0.03 if step > 100 else 0.1  # noqa: PLR2004
            average += weight * (prices - average)
        rounded = _grained(problem, average)
        points, mark = _judge(problem, whole, rounded)
        keep |= mark
        if turn > rounds // 2:
            late |= mark
        if points > best:
            best, best_prices = points, rounded
    return Bound(best, best_prices, _unsorted(late, order))


def _climbed(
    problem: Problem, prices: Floats, used: Floats, push: Floats, step: int
) -> Floats:
    """Raise prices where too little is given, lower them where too much; with swing."""
    demand, weight = problem.demand, problem.weight[:, None]
    usual = np.clip(demand[demand > 0].mean() / 2, 1, 10)
    short = np.clip((demand - used) / np.maximum(demand, usual), -3, 3)
    push *= 0.85
    push += 0.15 * np.where(demand > 0, short, 0)
    size = 0.25 / (1 + step / 60) * np.minimum(weight, 30)
    moved = np.clip(prices + size * push, LEAST, weight)
    return np.where(demand > 0, moved, NOTHING)


def _grained(problem: Problem, prices: Floats) -> Floats:
    """Round prices to the grain; cap them by the weight."""
    capped = np.minimum(np.floor(prices * GRAIN) / GRAIN, problem.weight[:, None])
    return np.where(problem.demand > 0, capped, NOTHING)


def _judge(problem: Problem, whole: Tables, prices: Floats) -> tuple[float, Flags]:
    """Give the bound on all options, and the options that its paths use."""
    used, mark = np.zeros(prices.shape), np.zeros(len(whole.need), np.bool_)
    asked = float((prices * problem.demand).sum())
    return asked + float(all_paths(whole, prices, used, mark)), mark


def _unsorted(flags: Flags, order: Ints) -> Flags:
    """Give flags of options as the tables have them in the order of the problem."""
    back = np.zeros_like(flags)
    back[order] = flags
    return back


def _first_set(problem: Problem, whole: Tables) -> Flags:
    """Start with today's missions and some cheap options of each person."""
    pair = np.repeat(np.arange(len(whole.mission)), np.diff(whole.options))
    ends = whole.options[whole.pairs]
    person = np.repeat(np.arange(len(problem.people)), np.diff(ends))
    net = whole.misfit - np.minimum(whole.weight, 40)[whole.need]
    order = np.lexsort((net, person))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - ends[person[order]]
    return (rank < CHEAPEST) | (whole.today[pair] > 0)
