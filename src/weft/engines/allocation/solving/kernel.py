"""The inner loops of the search, compiled: lay a person's best year, keep it or not.

A person has a few slots, each a path of (option, units) through the months. A slot is
taken out and laid anew along its cheapest path, the other slots and everybody else
standing. All rules of single people and of teams hold in every step; that a need gets
no more than it asks is priced, harder and harder.
"""

from __future__ import annotations

import numpy as np

from weft.engines.allocation.solving.counting import chance, give_slot, seats
from weft.engines.allocation.solving.laying import lay
from weft.engines.compiling import compiled, inner


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
    change = seats(tb, st, p, -1, start, end)
    for t in range(start, end):
        most = max(most, tb.capacity[p, t])
    first, last = (kind, kind + 1) if kind < slots else (0, slots)
    for s in range(first, last):
        change += give_slot(tb, st, p, s, -1, start, end)
        empty(st, p, s, start, end)
    narrow = chance(st) < (0.3 if kind < slots else 0.6)
    width = most
    if narrow and most > tb.least:
        width = tb.least + int(chance(st) * (most - tb.least))
    for s in range(first, last):
        if not lay(tb, st, bench, p, s, width, start, end):
            put_back(st, bench, p, s)
        change += give_slot(tb, st, p, s, 1, start, end)
        width = most
    return change + seats(tb, st, p, 1, start, end)


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
        undo(tb, st, bench, p, start, end)
        return 0.0
    return change


@inner
def undo(tb, st, bench, p, start, end):
    """Put some months of a person back as stored."""
    seats(tb, st, p, -1, start, end)
    for s in range(st.option.shape[1]):
        give_slot(tb, st, p, s, -1, start, end)
        put_back(st, bench, p, s)
    for s in range(st.option.shape[1]):
        give_slot(tb, st, p, s, 1, start, end)
    seats(tb, st, p, 1, start, end)


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
