"""The loop of events, compiled: what happens next, until nothing does.

Ties: people who come and leave, then the sharing of people, then arrivals, then what
ends, in the order in which it began.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from weft.engines.compiling import compiled, inner, leaf

QUEUE, DELAY, GATE = 0, 1, 2
EVENTS, SIZE, TOLD, MOVES, LEFT = 0, 1, 2, 3, 4
"""Places in `tally`: events so far, size of the heap, sequence, moves of people, and
how many of those who came before `enough` are under way."""
WHAT, NEXT = 2, 3
"""Places in a row of `links`; the first two hold the number in `work`."""
NEVER = 2**63 - 1
LAST, CLASS, PLACE = 1, 1, 8
"""In WHAT: the bit of a change's last step, where its class begins, and its station."""


class Plan(NamedTuple):
    """What stays in a run: S stations, N changes, K steps, T teams."""

    kind: NDArray[np.int8]
    gates: NDArray[np.int64]
    """[S + 1] where the openings of each station start."""
    openings: NDArray[np.float64]
    arrival: NDArray[np.float64]
    start: NDArray[np.int64]
    shift_time: NDArray[np.float64]
    shift_station: NDArray[np.int64]
    shift_people: NDArray[np.int64]
    teams: NDArray[np.int64]
    first: float
    period: float
    onboarding: float
    hysteresis: float
    most: int
    until: float
    enough: float
    counted: int
    """The steps of who came before `enough`: so many are the first."""


class State(NamedTuple):
    """What changes in a run, and what is kept of it."""

    capacity: NDArray[np.int64]
    busy: NDArray[np.int64]
    people: NDArray[np.int64]
    """[S] capacity, and those who are on their way to it."""
    waiting: NDArray[np.int64]
    opening: NDArray[np.int64]
    head: NDArray[np.int32]
    """[S, C] the first step in each queue, or at each gate; -1 for none."""
    tail: NDArray[np.int32]
    work: NDArray[np.float64]
    """[K, 2] when each step began; until then the days it takes, below zero, or at a
    gate the sequence. The second number is that of `links`: what is read together lies
    together, as most of the time goes into waiting for memory."""
    links: NDArray[np.int32]
    """[K, 4] the same memory: what each step is, and who waits behind it."""
    time: NDArray[np.float64]
    """Of the heap; never, past its end."""
    key: NDArray[np.int64]
    tally: NDArray[np.int64]
    moved: NDArray[np.float64]
    """[M, 3] when, from which station, to which."""


@leaf
def turn(st, item):
    """Give the key of what is put into the heap, or would be, now."""
    key = (st.tally[TOLD] << 32) | item
    st.tally[TOLD] += 1
    return key


@leaf
def sooner(st, i, j):
    """Tell, as 1 or 0, whether one place of the heap comes before another."""
    if st.time[i] == st.time[j]:
        return np.int64(st.key[i] < st.key[j])
    return np.int64(st.time[i] < st.time[j])


@leaf
def rise(st, i, time, key):
    """Put what happens at a time into the heap at a place, or above it."""
    while i > 0:
        up = (i - 1) >> 2
        if st.time[up] < time or (st.time[up] == time and st.key[up] < key):
            break
        st.time[i], st.key[i] = st.time[up], st.key[up]
        i = up
    st.time[i], st.key[i] = time, key


@leaf
def push(st, time, key):
    """Put what happens at a time into the heap; equal times leave as they came."""
    st.tally[SIZE] += 1
    rise(st, st.tally[SIZE] - 1, time, key)


@leaf
def pop(st):
    """Take the next event out of the heap, and give whose it is.

    Each place has four below it: the best of them goes up, found without a guess that a
    processor could get wrong; what was last then rises from where the gap ends.
    """
    item = st.key[0] & 0xFFFFFFFF
    size = st.tally[SIZE] - 1
    st.tally[SIZE] = size
    time, key = st.time[size], st.key[size]
    st.time[size], st.key[size] = np.inf, NEVER
    i, below = 0, 1
    while below < size:
        one = below + sooner(st, below + 1, below)
        two = below + 2 + sooner(st, below + 3, below + 2)
        best = one + (two - one) * sooner(st, two, one)
        st.time[i], st.key[i] = st.time[best], st.key[best]
        i, below = best, 4 * best + 1
    rise(st, i, time, key)
    return item


@leaf
def begin(st, step, now):
    """Begin a step that takes a known time."""
    ends = now - st.work[step, 0]
    st.work[step, 0] = now
    push(st, ends, turn(st, step))


@leaf
def append(st, step, s, c):
    """Have a step wait behind all others there; tell whether it is the first."""
    st.links[step, NEXT] = -1
    first = st.head[s, c] < 0
    if first:
        st.head[s, c] = step
    else:
        st.links[st.tail[s, c], NEXT] = step
    st.tail[s, c] = step
    return first


@leaf
def serve(st, s, now):
    """Have free people take up who waits, the highest class first."""
    while st.waiting[s] > 0 and st.busy[s] < st.capacity[s]:
        c = 0
        while st.head[s, c] < 0:
            c += 1
        step = st.head[s, c]
        st.head[s, c] = st.links[step, NEXT]
        st.waiting[s] -= 1
        st.busy[s] += 1
        begin(st, step, now)


@leaf
def join(st, step, what, now):
    """Come to a queue: begin at once where somebody is free, else wait."""
    s = what >> PLACE
    if st.busy[s] < st.capacity[s]:
        st.busy[s] += 1
        begin(st, step, now)
        return
    append(st, step, s, (what >> CLASS) & 127)
    st.waiting[s] += 1


@leaf
def halt(plan, st, step, s, now):
    """Come to a gate. All who wait there wait for one opening: the first has them go.

    So the heap holds one of them, and the others as soon as it has gone.
    """
    gate = st.opening[s]
    while gate < plan.gates[s + 1] and plan.openings[gate] < now:
        gate += 1
    st.opening[s] = gate
    if gate < plan.gates[s + 1]:
        key = turn(st, step)
        st.work[step, 0] = -float(key >> 32)
        if append(st, step, s, 0):
            push(st, plan.openings[gate], key)


@leaf
def pass_on(st, step, s, now):
    """Go through a gate, and have who waits behind go too."""
    st.work[step, 0] = now
    behind = st.links[step, NEXT]
    st.head[s, 0] = behind
    if behind >= 0:
        push(st, now, (np.int64(-st.work[behind, 0]) << 32) | behind)


@leaf
def enter(plan, st, step, now):
    """Take the step that a change stands before."""
    what = st.links[step, WHAT]
    s = what >> PLACE
    if plan.kind[s] == QUEUE:
        join(st, step, what, now)
    elif plan.kind[s] == DELAY:
        begin(st, step, now)
    else:
        halt(plan, st, step, s, now)


@leaf
def leave(plan, st, step, now):
    """End a step, hand the place to who waits, and go on."""
    what = st.links[step, WHAT]
    s = what >> PLACE
    if plan.kind[s] == QUEUE:
        st.busy[s] -= 1
        serve(st, s, now)
    elif plan.kind[s] == GATE:
        pass_on(st, step, s, now)
    if what & LAST == 0:
        enter(plan, st, step + 1, now)
    elif step < plan.counted:
        st.tally[LEFT] -= 1


@leaf
def load(st, s):
    """Give the work of a team, in changes: what waits, what is done, and a half."""
    return st.waiting[s] + st.busy[s] + 0.5


@inner
def share(plan, st, now):
    """Move people from teams with little work a head to those with much.

    A team that nobody belongs to is not there yet, and takes no part.
    """
    for _ in range(plan.most):
        lacks, spares, high, low = -1, -1, -1.0, np.inf
        for s in plan.teams:
            if st.people[s] > 0 and load(st, s) / st.people[s] > high:
                lacks, high = s, load(st, s) / st.people[s]
        for s in plan.teams:
            if st.people[s] > 1 and load(st, s) / (st.people[s] - 1) < low:
                spares, low = s, load(st, s) / (st.people[s] - 1)
        n = st.tally[MOVES]
        if lacks == spares or low * plan.hysteresis >= high or n == len(st.moved):
            return
        st.capacity[spares] -= 1
        st.people[spares] -= 1
        st.people[lacks] += 1
        st.moved[n, 0], st.moved[n, 1], st.moved[n, 2] = now, spares, lacks
        st.tally[MOVES] = n + 1
        push(st, now + plan.onboarding, turn(st, len(st.work) + lacks))


@compiled
def run(plan, st):
    """Run until nothing happens any more, or `until`, or enough is done.

    The state holds what came.
    """
    n, steps, coming, shift, review = len(plan.arrival), len(st.work), 0, 0, plan.first
    while True:
        arrives = plan.arrival[coming] if coming < n else np.inf
        ends = st.time[0] if st.tally[SIZE] else np.inf
        now = min(arrives, ends)
        shifts = plan.shift_time[shift] if shift < len(plan.shift_time) else np.inf
        if min(now, shifts) == np.inf or min(now, shifts, review) > plan.until:
            return
        if st.tally[LEFT] == 0 and min(now, shifts, review) >= plan.enough:
            return
        st.tally[EVENTS] += 1
        if shifts <= now and shifts <= review:
            s, people = plan.shift_station[shift], plan.shift_people[shift]
            shift += 1
            st.capacity[s] += people
            st.people[s] += people
            serve(st, s, shifts)
        elif review <= now:
            share(plan, st, review)
            review += plan.period
        elif arrives <= ends:
            if plan.start[coming] < plan.start[coming + 1]:
                enter(plan, st, plan.start[coming], now)
            coming += 1
        else:
            item = pop(st)
            if item < steps:
                leave(plan, st, item, now)
            else:
                st.capacity[item - steps] += 1
                serve(st, item - steps, now)
