"""The inner loop of the bound, compiled: everybody's cheapest year at given prices.

Each unit of a person's time goes along its cheapest path through the months. What a
seat earns, as a second holder of a skill, is then set against what the units of the
smallest seat would lose on a path through it: only the rest counts, in no more seats
than a person may hold.
"""

from __future__ import annotations

import numpy as np

from weft.engines.compiling import compiled, leaf

NEVER = 1e18


@leaf
def price_pairs(tb, price, p, cost, option):
    """Find the cheapest option of each pair of a person in each month.

    price: [N, T]. cost, option: [pairs, T]. All months of an option at once, as its
    prices lie beside each other: that is most of the work of a bound.
    """
    first = tb.pairs[p]
    for i in range(tb.pairs[p + 1] - first):
        for t in range(price.shape[1]):
            cost[i, t] = NEVER
        for o in range(tb.options[first + i], tb.options[first + i + 1]):
            n, misfit = tb.need[o], tb.misfit[o]
            for t in range(price.shape[1]):
                points = misfit - price[n, t]
                cheaper = points < cost[i, t]
                cost[i, t] = points if cheaper else cost[i, t]
                option[i, t] = o if cheaper else option[i, t]


@leaf
def price_year(tb, p, cost, later, free, fresh):
    """Fill the tables of a person backwards: what is still to pay from each month on.

    cost: [pairs, T] of the month alone at first, later: [pairs, T + 1], of being on a
    pair in a month; free, fresh: of coming from elsewhere, and the pair to begin, -1
    for none.
    """
    pairs, months = tb.pairs[p + 1] - tb.pairs[p], len(fresh)
    free[months] = 0.0
    later[:pairs, months] = 0.0
    for t in range(months - 1, -1, -1):
        best, begin = free[t + 1], -1
        for i in range(pairs):
            if tb.capacity[p, t] == 0:
                cost[i, t] = NEVER
                continue
            cost[i, t] += later[i, t + 1]
            if cost[i, t] + tb.join < best:
                best, begin = cost[i, t] + tb.join, i
        free[t], fresh[t] = best, begin
        for i in range(pairs):
            later[i, t] = min(cost[i, t], best)


@leaf
def walk(tb, at, units, cost, option, free, fresh, used, mark, main):
    """Follow the cheapest path from a pair, or from -1, and count what it uses."""
    for t in range(len(fresh)):
        if at < 0 or cost[at, t] > free[t]:
            at = fresh[t]
        main[t] = option[at, t] if at >= 0 else -1
        if at >= 0:
            used[tb.need[option[at, t]], t] += units
            mark[option[at, t]] = True


@leaf
def reward_pairs(tb, reward, earns, p, rest):
    """Add up what each seat of a person earns as a holder, [pairs, T]; if any does.

    reward: [N, T]. earns: [N] whether a need has any.
    """
    first, found = tb.pairs[p], False
    for i in range(tb.pairs[p + 1] - first):
        for t in range(reward.shape[1]):
            rest[i, t] = 0.0
        for j in range(tb.keys[first + i], tb.keys[first + i + 1]):
            n = tb.key_need[j]
            if earns[n]:
                found = True
                for t in range(reward.shape[1]):
                    rest[i, t] += reward[n, t]
    return found


@leaf
def earn(tb, p, spare, cost, later, free, reach, rest):
    """Leave of what each seat earns what is beyond what its units lose: [pairs, T].

    Forwards: reach is what a unit has lost, beside its cheapest path, once it has been
    on a pair. What a seat earns makes up for that first, and no path gets cheaper than
    the cheapest was. spare: whether some units have no seat today.
    """
    first, pairs = tb.pairs[p], tb.pairs[p + 1] - tb.pairs[p]
    away = -free[0] if spare else NEVER
    for i in range(pairs):
        reach[i] = NEVER
        if tb.today[first + i] > 0:
            reach[i] = -later[i, 0]
            away = min(away, reach[i])
    for t in range(len(free) - 1):
        out, may = away, tb.capacity[p, t] >= tb.least
        for i in range(pairs):
            if cost[i, t] >= NEVER or not may:
                rest[i, t] = 0.0
            if cost[i, t] >= NEVER:
                reach[i] = NEVER
                continue
            lost = min(reach[i], away + tb.join)
            made = min(rest[i, t], tb.least * max(lost + cost[i, t], 0.0))
            rest[i, t] -= made
            reach[i] = lost + cost[i, t] - later[i, t + 1] - made / tb.least
            out = min(out, reach[i])
        away = out


@leaf
def sit(tb, p, t, rest, option, main, used, holds, mark):
    """Take the seats of a month that earn most, and count them; what they earn."""
    first, total, last = tb.pairs[p], 0.0, -1
    for _ in range(tb.most):
        at, best = -1, 1e-9
        for i in range(tb.pairs[p + 1] - first):
            if i != last and rest[i, t] > best:
                at, best = i, rest[i, t]
        if at < 0:
            break
        total, last = total + best, at
        for j in range(tb.keys[first + at], tb.keys[first + at + 1]):
            holds[tb.key_need[j], t] += 1
        begin, end = tb.options[first + at], tb.options[first + at + 1]
        mark[begin:end] = True
        if not begin <= main[t] < end:
            used[tb.need[option[at, t]], t] += tb.least
            if main[t] >= 0:
                used[tb.need[main[t]], t] -= tb.least
    return total


@compiled
def all_paths(tb, price, reward, used, holds, mark):
    """Give the least cost of everybody at these prices, each unit for itself.

    A person has as many units as in their best month, which can only make it cheaper.
    Units that sit on a mission today go on from there, the others begin. price: [N, T]
    of a unit; reward: [N, T] of a person who could do the need and sits in its mission.
    used, holds: [N, T] get the units and people of the cheapest year; mark: [E] the
    options it uses.
    """
    people, months = len(tb.pairs) - 1, price.shape[1]
    most = 1
    for p in range(people):
        most = max(most, tb.pairs[p + 1] - tb.pairs[p])
    cost, later = np.zeros((most, months)), np.zeros((most, months + 1))
    rest, reach = np.zeros((most, months)), np.zeros(most)
    option = np.zeros((most, months), np.int64)
    free, fresh = np.zeros(months + 1), np.zeros(months, np.int64)
    main = np.zeros(months, np.int64)
    total, earns = 0.0, np.zeros(len(reward), np.bool_)
    for n in range(len(reward)):
        earns[n] = reward[n].any()
    for p in range(people):
        units, seated = 0, 0
        for t in range(months):
            units = max(units, tb.capacity[p, t])
        first = tb.pairs[p]
        if tb.pairs[p + 1] == first:
            continue
        for k in range(first, tb.pairs[p + 1]):
            seated += tb.today[k]
        price_pairs(tb, price, p, cost, option)
        price_year(tb, p, cost, later, free, fresh)
        holder = reward_pairs(tb, reward, earns, p, rest)
        if holder:
            earn(tb, p, units > seated, cost, later, free, reach, rest)
        while units > 0:
            at, best = -1, free[0]
            for i in range(tb.pairs[p + 1] - first):
                if tb.today[first + i] > 0 and later[i, 0] < best:
                    at, best = i, later[i, 0]
            some = units if at < 0 else min(units, tb.today[first + at])
            total += some * best
            walk(tb, at, some, cost, option, free, fresh, used, mark, main)
            units -= some
            if at >= 0:
                later[at, 0] = NEVER
        for t in range(months if holder else 0):
            total -= sit(tb, p, t, rest, option, main, used, holds, mark)
    return total


@compiled
def some_cheap(tb, number, most, mark):
    """Mark today's missions, and the options of each person that may cost least.

    number: of those; an option may save the weight of its need, but at most `most`.
    """
    for p in range(len(tb.pairs) - 1):
        begin, end = tb.options[tb.pairs[p]], tb.options[tb.pairs[p + 1]]
        for _ in range(number):
            at, best = -1, NEVER
            for o in range(begin, end):
                net = tb.misfit[o] - min(tb.weight[tb.need[o]], most)
                if net < best and not mark[o]:
                    at, best = o, net
            if at >= 0:
                mark[at] = True
        for k in range(tb.pairs[p], tb.pairs[p + 1]):
            if tb.today[k] > 0:
                mark[tb.options[k] : tb.options[k + 1]] = True
