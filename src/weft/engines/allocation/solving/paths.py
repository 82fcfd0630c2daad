"""The inner loop of the bound, compiled: everybody's cheapest year at given prices."""

from __future__ import annotations

import numpy as np

from weft.engines.compiling import compiled, inner

NEVER = 1e18


@inner
def price_year(tb, price, p, cost, later, option, free, fresh):
    """Fill the tables of a person backwards: what is still to pay from each month on.

    price: [N, T]. cost, later, option: [pairs, T (+ 1)] of being on a pair in a month;
    free, fresh: of coming from elsewhere, and the pair to begin, -1 for none.
    """
    first, months = tb.pairs[p], price.shape[1]
    pairs = tb.pairs[p + 1] - first
    free[months] = 0.0
    later[:pairs, months] = 0.0
    for t in range(months - 1, -1, -1):
        best, begin = free[t + 1], -1
        for i in range(pairs):
            cost[i, t] = NEVER
            if tb.capacity[p, t] == 0:
                continue
            for o in range(tb.options[first + i], tb.options[first + i + 1]):
                points = tb.misfit[o] - price[tb.need[o], t]
                if points < cost[i, t]:
                    cost[i, t], option[i, t] = points, o
            cost[i, t] += later[i, t + 1]
            if cost[i, t] + tb.join < best:
                best, begin = cost[i, t] + tb.join, i
        free[t], fresh[t] = best, begin
        for i in range(pairs):
            later[i, t] = min(cost[i, t], best)


@inner
def walk(tb, at, units, cost, option, free, fresh, used, mark):
    """Follow the cheapest path from a pair, or from -1, and count what it uses."""
    for t in range(len(fresh)):
        if at < 0 or cost[at, t] > free[t]:
            at = fresh[t]
        if at >= 0:
            used[tb.need[option[at, t]], t] += units
            mark[option[at, t]] = True


@compiled
def all_paths(tb, price, used, mark):
    """Give the least cost of everybody at these prices, each unit for itself.

    A person has as many units as in their best month, which can only make it cheaper.
    Units that sit on a mission today go on from there, the others begin. used: [N, T]
    gets the units of the cheapest paths; mark: [E] the options they use.
    """
    people, months = len(tb.pairs) - 1, price.shape[1]
    most = 1
    for p in range(people):
        most = max(most, tb.pairs[p + 1] - tb.pairs[p])
    cost, later = np.zeros((most, months)), np.zeros((most, months + 1))
    option = np.zeros((most, months), np.int64)
    free, fresh = np.zeros(months + 1), np.zeros(months, np.int64)
    total = 0.0
    for p in range(people):
        units = 0
        for t in range(months):
            units = max(units, tb.capacity[p, t])
        first = tb.pairs[p]
        price_year(tb, price, p, cost, later, option, free, fresh)
        while units > 0:
            at, best = -1, free[0]
            for i in range(tb.pairs[p + 1] - first):
                if tb.today[first + i] > 0 and later[i, 0] < best:
                    at, best = i, later[i, 0]
            some = units if at < 0 else min(units, tb.today[first + at])
            total += some * best
            walk(tb, at, some, cost, option, free, fresh, used, mark)
            units -= some
            if at >= 0:
                later[at, 0] = NEVER
    return total
