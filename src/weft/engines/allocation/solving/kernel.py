"""The inner loops of the search, compiled: lay a person's best year, keep it or not.

A person has a few slots, each a path of (option, units) through the months. A slot is
taken out and laid anew along its cheapest path, by recursion over months, the other
slots and everybody else standing. All rules of single people and of teams hold in
every step; that a need gets no more than it asks is priced, harder and harder.
A compiled function that is kept does not notice a change in another file: after one
here, delete what lies in __pycache__ for `tuning` and `together` too.
"""

from __future__ import annotations

import numpy as np

from weft.engines.compiling import compiled, inner, leaf

NEVER = 1e15
"""The price of what may not be."""
OVER = 1e5
"""Points for each unit above what is allowed."""


@leaf
def chance(st):
    """Draw evenly from 0 to 1, above 0: xorshift of Marsaglia."""
    x = st.random[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    st.random[0] = x
    return (x >> np.uint64(11)) * (1.0 / 9007199254740992.0) + 1e-17


@leaf
def worth(tb, st, n, t, filled):
    """Give what one unit more is worth to a need, at most its weight."""
    short = tb.demand[n, t] - filled
    if short <= -st.over[n, t]:
        return -OVER
    return min(st.price[n, t] + st.slope[0] * (short - 0.5), tb.weight[n])


@leaf
def give(tb, st, o, t, units):
    """Add units of an option, or take them away; give the change of the cost."""
    n, change = tb.need[o], 0.0
    for _ in range(units):
        change += tb.misfit[o] - worth(tb, st, n, t, st.filled[n, t])
        st.filled[n, t] += 1
    for _ in range(-units):
        st.filled[n, t] -= 1
        change -= tb.misfit[o] - worth(tb, st, n, t, st.filled[n, t])
    return change


@inner
def give_slot(tb, st, p, s, sign):
    """Add all units of a slot, or take them away."""
    change = 0.0
    for t in range(tb.demand.shape[1]):
        if st.option[p, s, t] >= 0:
            change += give(tb, st, st.option[p, s, t], t, sign * st.units[p, s, t])
    return change


@leaf
def held(st, p, k, t):
    """Give the units of a person on a pair in a month, over the slots."""
    units = 0
    for s in range(st.pair.shape[1]):
        if st.pair[p, s, t] == k:
            units += st.units[p, s, t]
    return units


@leaf
def before(tb, st, p, k, t):
    """Give the units of a person on a pair in the month before."""
    return held(st, p, k, t - 1) if t else tb.today[k]


@leaf
def lacks_camp(tb, st, m, t):
    """Give the price of a camp that is missing."""
    lone = (st.sits[m, t, 0] == 0) != (st.sits[m, t, 1] == 0)
    return tb.missing if tb.mixed[m, t] and lone else 0.0


@leaf
def seat(tb, st, p, k, t, sign):
    """Count a person in or out of a team; give the change of what is missing."""
    m = tb.mission[k]
    change = -lacks_camp(tb, st, m, t)
    st.sits[m, t, tb.camp[p]] += sign
    change += lacks_camp(tb, st, m, t)
    for i in range(tb.keys[k], tb.keys[k + 1]):
        n = tb.key_need[i]
        there = st.holds[n, t] if sign > 0 else st.holds[n, t] - 1
        if there < tb.holders[n, t]:
            change -= sign * tb.missing
        st.holds[n, t] += sign
    return change


@inner
def seats(tb, st, p, sign):
    """Count a person in or out everywhere; give the change: missing, joining, tolls."""
    change = 0.0
    for t in range(tb.demand.shape[1]):
        for s in range(st.pair.shape[1]):
            k = st.pair[p, s, t]
            again = k < 0
            for q in range(s):
                again = again or st.pair[p, q, t] == k
            if again:
                continue
            change += seat(tb, st, p, k, t, sign)
            old = before(tb, st, p, k, t)
            change += sign * tb.join * max(held(st, p, k, t) - old, 0)
            if old == 0:
                full = st.begun[t] if sign > 0 else st.begun[t] - 1
                st.begun[t] += sign
                price = st.toll[t] + (st.wall[0] if full >= tb.moves[t] else 0.0)
                change += sign * price
    return change


@leaf
def others(tb, st, p, s, t):
    """Give what the other slots leave: capacity, and the one or two pairs they hold."""
    left, a, b = tb.capacity[p, t], -1, -1
    for q in range(st.pair.shape[1]):
        k = st.pair[p, q, t]
        if q == s or k < 0:
            continue
        left -= st.units[p, q, t]
        if a < 0 or k == a:
            a = k
        else:
            b = k
    return left, a, b


@leaf
def seat_price(tb, st, p, k, t):
    """Give the price of a new seat: what it mends or opens; NEVER in a full team."""
    m, me = tb.mission[k], tb.camp[p]
    mine, theirs = st.sits[m, t, me], st.sits[m, t, 1 - me]
    if mine + theirs >= tb.team[m]:
        return NEVER
    price = 0.0
    if tb.mixed[m, t] and mine == 0:
        price += -tb.missing if theirs else tb.missing
    for i in range(tb.keys[k], tb.keys[k + 1]):
        n = tb.key_need[i]
        if st.holds[n, t] < tb.holders[n, t]:
            price -= tb.missing
    return price


@leaf
def fit(tb, st, k, t, least, most, shy):
    """Choose option and units on a pair: as many as are worth more than they cost."""
    best, option, number = NEVER, -1, 0
    for o in range(tb.options[k], tb.options[k + 1]):
        n, cost, units = tb.need[o], 0.0, 0
        while units < most:
            gain = worth(tb, st, n, t, st.filled[n, t] + units)
            if units >= least and gain <= tb.misfit[o] + shy:
                break
            cost += tb.misfit[o] - gain
            units += 1
        if cost < best:
            best, option, number = cost, o, units
    return best, option, number


@inner
def price_month(tb, st, bench, p, s, t, width, shy):
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
        bench.cost[k - first, t] = NEVER
        mine = k in (a, b)
        if (forced >= 0 and k != forced) or tb.shut[k, t] or (crowded and not mine):
            continue
        least = max(tb.least - (held(st, p, k, t) if mine else 0), 1)
        extra = 0.0 if mine else seat_price(tb, st, p, k, t)
        if left < least or extra >= NEVER:
            continue
        cost, option, units = fit(tb, st, k, t, least, left, shy)
        if option < 0:
            continue
        if st.noise[0] > 0:
            luck = bench.luck[k - first] - 0.5 * (np.log(chance(st)) + 1)
            extra -= st.noise[0] * luck
        bench.cost[k - first, t] = cost + extra
        bench.option[k - first, t], bench.units[k - first, t] = option, units
    return forced < 0


@inner
def keep_month(tb, bench, p, s, t):
    """Price a month in which the slot stays as it was; whether it idled."""
    first, old = tb.pairs[p], bench.old_pair[s, t]
    for k in range(first, tb.pairs[p + 1]):
        bench.cost[k - first, t] = NEVER
    if old >= 0:
        bench.cost[old - first, t] = 0.0
        bench.option[old - first, t] = bench.old_option[s, t]
        bench.units[old - first, t] = bench.old_units[s, t]
    return old < 0


@leaf
def stay(tb, bench, i, t, units):
    """Give the cost from a month on of going on with a pair that had so many units."""
    rise = max(bench.units[i, t] - units, 0)
    return bench.cost[i, t] + tb.join * rise + bench.later[i, t + 1]


@inner
def lay(tb, st, bench, p, s, width, shy, start, end):
    """Lay the cheapest path of an empty slot; False if there is none."""
    first, months = tb.pairs[p], tb.demand.shape[1]
    pairs = tb.pairs[p + 1] - first
    bench.free[months] = 0.0
    for i in range(pairs):
        bench.later[i, months] = 0.0
        bench.luck[i] = -np.log(-np.log(chance(st))) if st.noise[0] > 0 else 0.0
    for t in range(months - 1, -1, -1):
        if start <= t < end and not st.locked[p, s, t]:
            idle = price_month(tb, st, bench, p, s, t, width, shy)
        else:
            idle = keep_month(tb, bench, p, s, t)
        best, fresh = bench.free[t + 1] if idle else NEVER, -1
        toll = st.toll[t] + (st.wall[0] if st.begun[t] >= tb.moves[t] else 0.0)
        for i in range(pairs):
            if bench.cost[i, t] < NEVER:
                if t + 1 < months:
                    ahead = bench.free[t + 1]
                    if bench.cost[i, t + 1] < NEVER:
                        units = bench.units[i, t]
                        ahead = min(ahead, stay(tb, bench, i, t + 1, units))
                    bench.later[i, t + 1] = ahead
                begin = toll + stay(tb, bench, i, t, 0)
                if begin < best:
                    best, fresh = begin, i
        bench.free[t], bench.fresh[t] = best, fresh
    return follow(tb, st, bench, p, s)


@inner
def follow(tb, st, bench, p, s):
    """Write down the path that was found, from today's seat or from anywhere."""
    first, at = tb.pairs[p], -1
    best = bench.free[0]
    for i in range(tb.pairs[p + 1] - first):
        if tb.today[first + i] and bench.cost[i, 0] < NEVER:
            cost = stay(tb, bench, i, 0, tb.today[first + i])
            if cost < best:
                best, at = cost, i
    if best >= NEVER:
        return False
    for t in range(tb.demand.shape[1]):
        if t == 0:
            at = at if at >= 0 else bench.fresh[0]
        else:
            on = at >= 0 and bench.cost[at, t] < NEVER
            on = on and stay(tb, bench, at, t, bench.units[at, t - 1]) <= bench.free[t]
            if not on:
                at = bench.fresh[t]
                if at < 0 and bench.free[t] >= NEVER:
                    return False
        st.option[p, s, t] = bench.option[at, t] if at >= 0 else -1
        st.pair[p, s, t] = first + at if at >= 0 else -1
        st.units[p, s, t] = bench.units[at, t] if at >= 0 else 0
    return True


@inner
def empty(st, p, s, start, end):
    """Clear the months of a slot but the locked ones."""
    for t in range(start, end):
        if not st.locked[p, s, t]:
            st.option[p, s, t], st.pair[p, s, t], st.units[p, s, t] = -1, -1, 0


@inner
def store(st, bench, p):
    """Remember the slots of a person."""
    for s in range(st.option.shape[1]):
        for t in range(st.option.shape[2]):
            bench.old_option[s, t] = st.option[p, s, t]
            bench.old_pair[s, t] = st.pair[p, s, t]
            bench.old_units[s, t] = st.units[p, s, t]


@inner
def put_back(st, bench, p, s):
    """Put a slot back as stored."""
    for t in range(st.option.shape[2]):
        st.option[p, s, t] = bench.old_option[s, t]
        st.pair[p, s, t] = bench.old_pair[s, t]
        st.units[p, s, t] = bench.old_units[s, t]


@inner
def anew(tb, st, bench, p, kind, start, end):
    """Lay one slot of a person anew, or all; give the change of the cost."""
    slots, most = st.option.shape[1], 0
    change = seats(tb, st, p, -1)
    for t in range(tb.demand.shape[1]):
        most = max(most, tb.capacity[p, t])
    first, last = (kind, kind + 1) if kind < slots else (0, slots)
    for s in range(first, last):
        change += give_slot(tb, st, p, s, -1)
        empty(st, p, s, start, end)
    shy = tb.join * max(chance(st) - 0.5, 0.0) * 0.7
    narrow = chance(st) < (0.3 if kind < slots else 0.6)
    width = most
    if narrow and most > tb.least:
        width = tb.least + int(chance(st) * (most - tb.least))
    for s in range(first, last):
        if not lay(tb, st, bench, p, s, width, shy, start, end):
            put_back(st, bench, p, s)
        change += give_slot(tb, st, p, s, 1)
        width = most
    return change + seats(tb, st, p, 1)


@inner
def try_anew(tb, st, bench, p, heat):
    """Try a new path of a person; give the change of the cost."""
    months = tb.demand.shape[1]
    store(st, bench, p)
    start, end = 0, months
    if chance(st) < 0.5:
        start = int(chance(st) * months)
        end = start + 1 + int(chance(st) * chance(st) * (months - start))
    kind = int(chance(st) * 2 * st.option.shape[1])
    change = anew(tb, st, bench, p, kind, start, end)
    if change > 1e-9 and change >= -heat * np.log(chance(st)):
        undo(tb, st, bench, p)
        return 0.0
    return change


@inner
def undo(tb, st, bench, p):
    """Put a person back as stored."""
    seats(tb, st, p, -1)
    for s in range(st.option.shape[1]):
        give_slot(tb, st, p, s, -1)
        put_back(st, bench, p, s)
    for s in range(st.option.shape[1]):
        give_slot(tb, st, p, s, 1)
    seats(tb, st, p, 1)


@inner
def shuffle(st, order):
    """Put an order into another one, drawn evenly."""
    for i in range(len(order) - 1, 0, -1):
        j = int(chance(st) * (i + 1))
        order[i], order[j] = order[j], order[i]


@compiled
def sweep(tb, st, bench, order, heat):
    """Try a new path for each person, in an order drawn anew.

    heat: points by which a step may be dearer, on average; 0 for none. Gives the change
    of the cost.
    """
    shuffle(st, order)
    total = 0.0
    for p in order:
        if tb.pairs[p + 1] > tb.pairs[p]:
            total += try_anew(tb, st, bench, p, heat)
    return total
