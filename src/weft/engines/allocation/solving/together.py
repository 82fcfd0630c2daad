"""Larger steps, compiled: some people of one mission are laid anew together.

What one of them leaves another may take, so that people change places where no single
step would pay. Source: ruin and recreate, Schrimpf and others 2000.
"""

from __future__ import annotations

import numpy as np

from weft.engines.allocation.solving.counting import chance, give_slot, seats
from weft.engines.allocation.solving.kernel import anew, empty, store
from weft.engines.compiling import compiled, inner


@inner
def keep(st, bench, i, p):
    """Remember the slots of the person who is number i of those taken out."""
    bench.who[i] = p
    for s in range(st.option.shape[1]):
        for t in range(st.option.shape[2]):
            bench.kept_option[i, s, t] = st.option[p, s, t]
            bench.kept_pair[i, s, t] = st.pair[p, s, t]
            bench.kept_units[i, s, t] = st.units[p, s, t]


@inner
def move(tb, st, p, sign, start, end):
    """Count a person in or out in some months; give the change of the cost."""
    change = seats(tb, st, p, sign, start, end) if sign < 0 else 0.0
    for s in range(st.option.shape[1]):
        change += give_slot(tb, st, p, s, sign, start, end)
    return change + (seats(tb, st, p, sign, start, end) if sign > 0 else 0.0)


@inner
def put_back_all(tb, st, bench, number, start, end):
    """Put those taken out back as they were."""
    for i in range(number):
        move(tb, st, bench.who[i], -1, start, end)
    for i in range(number):
        p = bench.who[i]
        for s in range(st.option.shape[1]):
            for t in range(start, end):
                st.option[p, s, t] = bench.kept_option[i, s, t]
                st.pair[p, s, t] = bench.kept_pair[i, s, t]
                st.units[p, s, t] = bench.kept_units[i, s, t]
        move(tb, st, p, 1, start, end)


@inner
def sits(st, p, k, start, end):
    """Tell whether a person is on a pair in one of these months."""
    for s in range(st.pair.shape[1]):
        for t in range(start, end):
            if st.pair[p, s, t] == k:
                return True
    return False


@inner
def gather(tb, st, bench, m, start, end):
    """Choose people of a mission, those who sit there above all; give how many."""
    first, last, number = tb.members[m], tb.members[m + 1], 0
    wanted = 2 + int(chance(st) * (len(bench.who) - 1))
    for _ in range(4 * wanted):
        k = tb.member[first + int(chance(st) * (last - first))]
        p = tb.owner[k]
        if chance(st) < 0.7 and not sits(st, p, k, start, end):
            continue
        twice = False
        for i in range(number):
            twice = twice or bench.who[i] == p
        if not twice:
            keep(st, bench, number, p)
            number += 1
        if number == wanted:
            break
    return number


@inner
def try_together(tb, st, bench, m, heat):
    """Try new paths of some people of a mission; give the change of the cost."""
    months, slots = tb.demand.shape[1], st.option.shape[1]
    start, end = 0, months
    if chance(st) < 0.7:
        start = int(chance(st) * months)
        end = start + 1 + int(chance(st) * chance(st) * (months - start))
    number, change = gather(tb, st, bench, m, start, end), 0.0
    for i in range(number):
        p = bench.who[i]
        change += move(tb, st, p, -1, start, end)
        for s in range(slots):
            empty(st, p, s, start, end)
        change += move(tb, st, p, 1, start, end)
    for i in range(number):
        store(st, bench, bench.who[i])
        change += anew(tb, st, bench, bench.who[i], slots, start, end)
    if change > 1e-9 and change >= -heat * np.log(chance(st)):
        put_back_all(tb, st, bench, number, start, end)
        return 0.0
    return change


@compiled
def regroup(tb, st, bench, times, heat):
    """Lay people of some mission anew, so many times; give the change of the cost."""
    total, missions = 0.0, len(tb.members) - 1
    for _ in range(times):
        m = int(chance(st) * missions)
        if tb.members[m + 1] > tb.members[m]:
            total += try_together(tb, st, bench, m, heat)
    return total
