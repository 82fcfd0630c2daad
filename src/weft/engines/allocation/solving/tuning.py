"""Small steps between the large ones, compiled: a unit or two to another slot."""

from __future__ import annotations

import numpy as np

from weft.engines.allocation.solving.counting import (
    before,
    chance,
    give,
    held,
    others,
    seated,
)
from weft.engines.compiling import compiled, leaf


@leaf
def joining(tb, st, p, start, end):
    """Give the price of joining of a person in some months and the one after."""
    units = 0
    for t in range(start, min(end + 1, tb.demand.shape[1])):
        for s in range(st.pair.shape[1]):
            k = seated(st, p, s, t)
            if k >= 0:
                units += max(held(st, p, k, t) - before(tb, st, p, k, t), 0)
    return tb.join * units


@leaf
def movable(tb, st, p, a, b, t, units):
    """Tell whether slot a can take units in a month, from slot b or from idle time."""
    two = b not in (st.option.shape[1], a)
    if st.option[p, a, t] < 0 or st.locked[p, a, t] or st.units[p, a, t] + units < 1:
        return False
    mine = held(st, p, st.pair[p, a, t], t)
    if not two:
        left, _, _ = others(tb, st, p, -1, t)
        return mine + units >= tb.least and left >= units
    if st.option[p, b, t] < 0 or st.locked[p, b, t] or st.units[p, b, t] - units < 1:
        return False
    theirs = held(st, p, st.pair[p, b, t], t)
    same = st.pair[p, a, t] == st.pair[p, b, t]
    return same or min(mine + units, theirs - units) >= tb.least


@leaf
def swap(tb, st, p, start, end, a, b, units):
    """Move units between slots of a person, or take or drop them; [bits], change.

    The months in which it was done are the bits of the first result.
    """
    two = b not in (st.option.shape[1], a)
    change, done = -joining(tb, st, p, start, end), 0
    for t in range(start, end):
        if movable(tb, st, p, a, b, t, units):
            change += give(tb, st, st.option[p, a, t], t, units)
            st.units[p, a, t] += units
            if two:
                change += give(tb, st, st.option[p, b, t], t, -units)
                st.units[p, b, t] -= units
            done |= 1 << t
    if done:
        change += joining(tb, st, p, start, end)
    return done, change


@leaf
def swap_back(tb, st, p, done, a, b, units):
    """Undo a swap in the months in which it was done."""
    two = b not in (st.option.shape[1], a)
    for t in range(tb.demand.shape[1]):
        if done >> t & 1:
            st.filled[tb.need[st.option[p, a, t]], t] -= units
            st.units[p, a, t] -= units
            if two:
                st.filled[tb.need[st.option[p, b, t]], t] += units
                st.units[p, b, t] += units


@leaf
def try_swap(tb, st, p, heat):
    """Try a small step of a person; give the change of the cost."""
    months, slots = tb.demand.shape[1], st.option.shape[1]
    start = int(chance(st) * months)
    end = start + 1 + int(chance(st) * chance(st) * (months - start))
    a, b = int(chance(st) * slots), int(chance(st) * (slots + 1))
    units = (1 + int(chance(st) * 2)) * (1 if chance(st) < 0.5 else -1)
    done, change = swap(tb, st, p, start, end, a, b, units)
    if not done:
        return 0.0
    if change > 1e-9 and change >= -heat * np.log(chance(st)):
        swap_back(tb, st, p, done, a, b, units)
        return 0.0
    return change


@compiled
def tune(tb, st, order, times, heat):
    """Try so many small steps for each person; give the change of the cost."""
    total = 0.0
    for p in order:
        if tb.pairs[p + 1] > tb.pairs[p]:
            for _ in range(times):
                total += try_swap(tb, st, p, heat)
    return total
