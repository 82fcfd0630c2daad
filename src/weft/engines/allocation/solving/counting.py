"""What a change costs, compiled: units given, people seated, what others leave free."""

from __future__ import annotations

import numpy as np

from weft.engines.compiling import inner, leaf

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
def falling(price, slope, short):
    """Give what one unit more is worth where so many are short: less beyond that."""
    return price + slope * min(short - 0.5, 0.0)


@leaf
def worth(tb, st, n, t, filled):
    """Give what one unit more is worth to a need: its price up to what it asks."""
    short = tb.demand[n, t] - filled
    if short <= -st.over[n, t]:
        return -OVER
    return falling(st.price[n, t], st.slope[0], short)


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


@leaf
def give_slot(tb, st, p, s, sign, start, end):
    """Add all units of a slot in some months, or take them away."""
    change = 0.0
    for t in range(start, end):
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


@leaf
def seated(st, p, s, t):
    """Give the pair of a slot in a month; -1 if none, or if an earlier slot has it.

    So a walk over the slots meets each seat of a person once.
    """
    k = st.pair[p, s, t]
    for q in range(s):
        if st.pair[p, q, t] == k:
            return -1
    return k


@inner
def seats(tb, st, p, sign, start, end):
    """Count a person in or out in some months and the one after; give the change.

    Of what is missing, joining and tolls.
    """
    change = 0.0
    for t in range(start, min(end + 1, tb.demand.shape[1])):
        for s in range(st.pair.shape[1]):
            k = seated(st, p, s, t)
            if k < 0:
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
