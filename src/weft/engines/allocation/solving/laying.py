"""Lay a person's cheapest path through some months, compiled.

By recursion over the months, backwards: for each pair and each number of units on it,
what they cost from there on. So a path holds on to units through a month that wants
few, where finding one's way in again would cost more.
"""

from __future__ import annotations

import numpy as np

from weft.engines.allocation.solving.counting import (
    NEVER,
    chance,
    falling,
    held,
    others,
    seat_price,
)
from weft.engines.compiling import leaf


@leaf
def fit(tb, st, bench, i, t, k, most):
    """Price each number of units on a pair, the cheapest option; give the most."""
    last = 0
    for o in range(tb.options[k], tb.options[k + 1]):
        n, cost = tb.need[o], 0.0
        short = tb.demand[n, t] - st.filled[n, t]
        misfit, price, slope = tb.misfit[o], st.price[n, t], st.slope[0]
        for units in range(1, min(most, short + st.over[n, t]) + 1):
            cost += misfit - falling(price, slope, short - units + 1)
            if units > last or cost < bench.cost[t, i, units]:
                bench.cost[t, i, units], bench.option[t, i, units] = cost, o
            last = max(last, units)
    return last


@leaf
def price_month(tb, st, bench, p, s, t, width):
    """Price every pair of a person in a month for a slot; whether idling is allowed."""
    left, a, b = others(tb, st, p, s, t)
    left, forced = min(left, width), -1
    if a >= 0 and held(st, p, a, t) < tb.least:
        forced = a
    if b >= 0 and held(st, p, b, t) < tb.least:
        forced = b
    crowded = (a >= 0) + (b >= 0) >= tb.most
    first = tb.pairs[p]
    for k in range(first, tb.pairs[p + 1]):
        i = k - first
        bench.least[t, i], bench.most[t, i] = 1, 0
        mine = k in (a, b)
        if (forced >= 0 and k != forced) or tb.shut[k, t] or (crowded and not mine):
            continue
        least = max(tb.least - (held(st, p, k, t) if mine else 0), 1)
        if left < least:
            continue
        last = fit(tb, st, bench, i, t, k, left)
        if last < least:
            continue
        extra = 0.0 if mine else seat_price(tb, st, p, k, t)
        if extra >= NEVER:
            continue
        if st.noise[0] > 0:
            # half a point either way, as a rule: drawn evenly, it takes no logarithm
            luck = bench.luck[i] + 1.7 * (chance(st) - 0.5)
            extra -= st.noise[0] * luck
        bench.least[t, i], bench.most[t, i] = least, last
        for units in range(least, last + 1):
            bench.cost[t, i, units] += extra
    return forced < 0


@leaf
def keep_month(tb, bench, p, s, t):
    """Price a month in which the slot stays as it was; whether it idled."""
    first, old = tb.pairs[p], bench.old_pair[s, t]
    for k in range(first, tb.pairs[p + 1]):
        bench.least[t, k - first], bench.most[t, k - first] = 1, 0
    if old >= 0:
        i, units = old - first, bench.old_units[s, t]
        bench.least[t, i] = bench.most[t, i] = units
        bench.cost[t, i, units] = 0.0
        bench.option[t, i, units] = bench.old_option[s, t]
    return old < 0


@leaf
def begin(tb, bench, pairs, t, toll):
    """Find the cheapest way to begin in a month, or idle on; the costs include later.

    free[t] and fresh[t], fresh_units[t]; -1 to idle.
    """
    for i in range(pairs):
        for units in range(bench.least[t, i], bench.most[t, i] + 1):
            cost = bench.cost[t, i, units] + bench.later[t + 1, i, units]
            bench.cost[t, i, units] = cost
            cost += toll + tb.join * units
            if cost < bench.free[t]:
                bench.free[t], bench.fresh[t] = cost, i
                bench.fresh_units[t] = units


@leaf
def go_on(tb, bench, pairs, t, most):
    """Find what each number of units on a pair last month has to pay from t on."""
    for i in range(pairs):
        later = bench.later[t, i]
        for units in range(most + 1):
            later[units] = bench.free[t]
        least, last = bench.least[t, i], bench.most[t, i]
        if last < least:
            continue
        best = NEVER
        for units in range(most, least - 1, -1):
            best += tb.join
            if units <= last:
                best = min(best, bench.cost[t, i, units])
            later[units] = min(later[units], best)
        for units in range(least - 1, -1, -1):
            best += tb.join
            later[units] = min(later[units], best)
        best = NEVER
        for units in range(least, most + 1):
            if units <= last:
                best = min(best, bench.cost[t, i, units])
            later[units] = min(later[units], best)


@leaf
def lay(tb, st, bench, p, s, width, start, end):
    """Lay the cheapest path of an empty slot; False if there is none."""
    first, months = tb.pairs[p], tb.demand.shape[1]
    pairs, most = tb.pairs[p + 1] - first, bench.cost.shape[2] - 1
    last = min(end, months - 1)
    bench.free[last + 1] = 0.0
    for i in range(pairs):
        for units in range(most + 1):
            bench.later[last + 1, i, units] = 0.0
        bench.luck[i] = -np.log(-np.log(chance(st))) if st.noise[0] > 0 else 0.0
    for t in range(last, start - 1, -1):
        if t < end and not st.locked[p, s, t]:
            idle = price_month(tb, st, bench, p, s, t, width)
        else:
            idle = keep_month(tb, bench, p, s, t)
        bench.free[t], bench.fresh[t] = bench.free[t + 1] if idle else NEVER, -1
        toll = st.toll[t] + (st.wall[0] if st.begun[t] >= tb.moves[t] else 0.0)
        begin(tb, bench, pairs, t, toll)
        go_on(tb, bench, pairs, t, most)
    return follow(tb, st, bench, p, s, start, end)


@leaf
def next_units(tb, bench, i, t, units):
    """Give the units with which a pair goes on best, 0 to leave it."""
    best, found = bench.free[t], 0
    for some in range(bench.least[t, i], bench.most[t, i] + 1):
        cost = bench.cost[t, i, some] + tb.join * max(some - units, 0)
        if cost < best:
            best, found = cost, some
    return found


@leaf
def follow(tb, st, bench, p, s, start, end):
    """Write down the path that was found, from the seat before or from anywhere."""
    first, at, units = tb.pairs[p], -1, 0
    best, most = bench.free[start], bench.cost.shape[2] - 1
    if start > 0 and st.pair[p, s, start - 1] >= 0:
        at = st.pair[p, s, start - 1] - first
        units = st.units[p, s, start - 1]
        best = bench.later[start, at, units]
    elif start == 0:
        for i in range(tb.pairs[p + 1] - first):
            now = min(tb.today[first + i], most)
            if now > 0 and bench.later[0, i, now] < best:
                best, at, units = bench.later[0, i, now], i, now
    if best >= NEVER:
        return False
    for t in range(start, end):
        if at >= 0:
            units = next_units(tb, bench, at, t, units)
        if at < 0 or units == 0:
            at, units = bench.fresh[t], bench.fresh_units[t]
            if at < 0 and bench.free[t] >= NEVER:
                return False
        st.option[p, s, t] = bench.option[t, at, units] if at >= 0 else -1
        st.pair[p, s, t] = first + at if at >= 0 else -1
        st.units[p, s, t] = units if at >= 0 else 0
    return True
