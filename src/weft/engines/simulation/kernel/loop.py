"""The loop of events, compiled: what happens next, until nothing does.

Ties: people who come and leave, then the sharing of people, then arrivals, then what
ends, in the order in which it began. A compiled function that is kept does not notice
a change in another file: this one stands alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from weft.engines.compiling import compiled, inner, leaf

QUEUE, DELAY, GATE = 0, 1, 2
EVENTS, SIZE, TOLD, MOVES = 0, 1, 2, 3
"""Places in `tally`: events so far, size of the heap, sequence, moves of people."""


class Plan(NamedTuple):
    """What stays in a run: S stations, N changes, K steps, T teams."""

    kind: NDArray[np.int8]
    gates: NDArray[np.int64]
    """[S + 1] where the openings of each station start."""
    openings: NDArray[np.float64]
    arrival: NDArray[np.float64]
    priority: NDArray[np.int8]
    start: NDArray[np.int64]
    station: NDArray[np.int32]
    service: NDArray[np.float64]
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


class State(NamedTuple):
    """What changes in a run, and what is kept of it."""

    capacity: NDArray[np.int64]
    busy: NDArray[np.int64]
    people: NDArray[np.int64]
    """[S] capacity, and those who are on their way to it."""
    waiting: NDArray[np.int64]
    opening: NDArray[np.int64]
    head: NDArray[np.int32]
    """[S, C] the first in each queue, -1 for none."""
    tail: NDArray[np.int32]
    follows: NDArray[np.int32]
    at: NDArray[np.int64]
    time: NDArray[np.float64]
    key: NDArray[np.int64]
    tally: NDArray[np.int64]
    entered: NDArray[np.float64]
    """[K]"""
    started: NDArray[np.float64]
    done: NDArray[np.float64]
    moved: NDArray[np.float64]
    """[M, 3] when, from which station, to which."""


@leaf
def push(st, time, item):
    """Put what happens at a time into the heap; equal times leave as they came."""
    key = (st.tally[TOLD] << 32) | item
    st.tally[TOLD] += 1
    i = st.tally[SIZE]
    st.tally[SIZE] = i + 1
    while i > 0:
        up = (i - 1) >> 1
        if st.time[up] <= time:
            break
        st.time[i], st.key[i] = st.time[up], st.key[up]
        i = up
    st.time[i], st.key[i] = time, key


@leaf
def pop(st):
    """Take the next event out of the heap, and give whose it is."""
    item = st.key[0] & 0xFFFFFFFF
    size = st.tally[SIZE] - 1
    st.tally[SIZE] = size
    time, key = st.time[size], st.key[size]
    i, below = 0, 1
    while below < size:
        right = below + 1
        if right < size and (
            st.time[right] < st.time[below]
            or (st.time[right] == st.time[below] and st.key[right] < st.key[below])
        ):
            below = right
        if time < st.time[below] or (time == st.time[below] and key < st.key[below]):
            break
        st.time[i], st.key[i] = st.time[below], st.key[below]
        i, below = below, 2 * below + 1
    st.time[i], st.key[i] = time, key
    return item


@leaf
def begin(plan, st, change, s, now):
    """Begin a step of work."""
    step = st.at[change]
    st.started[step] = now
    st.busy[s] += 1
    push(st, now + plan.service[step], change)


@leaf
def serve(plan, st, s, now):
    """Have free people take up who waits, the highest class first."""
    while st.waiting[s] > 0 and st.busy[s] < st.capacity[s]:
        c = 0
        while st.head[s, c] < 0:
            c += 1
        change = st.head[s, c]
        st.head[s, c] = st.follows[change]
        st.waiting[s] -= 1
        begin(plan, st, change, s, now)


@leaf
def join(plan, st, change, s, now):
    """Come to a queue: begin at once where somebody is free, else wait."""
    if st.busy[s] < st.capacity[s]:
        begin(plan, st, change, s, now)
        return
    c = plan.priority[change]
    if st.head[s, c] < 0:
        st.head[s, c] = change
    else:
        st.follows[st.tail[s, c]] = change
    st.tail[s, c] = change
    st.follows[change] = -1
    st.waiting[s] += 1


@leaf
def enter(plan, st, change, now):
    """Take the step that a change stands before, or be done."""
    step = st.at[change]
    if step == plan.start[change + 1]:
        st.done[change] = now
        return
    s = plan.station[step]
    st.entered[step] = now
    if plan.kind[s] == QUEUE:
        join(plan, st, change, s, now)
    elif plan.kind[s] == DELAY:
        st.started[step] = now
        push(st, now + plan.service[step], change)
    else:
        gate = st.opening[s]
        while gate < plan.gates[s + 1] and plan.openings[gate] < now:
            gate += 1
        st.opening[s] = gate
        if gate < plan.gates[s + 1]:
            st.started[step] = plan.openings[gate]
            push(st, plan.openings[gate], change)


@leaf
def leave(plan, st, change, now):
    """End a step, hand the place to who waits, and go on."""
    step = st.at[change]
    s = plan.station[step]
    if plan.kind[s] == QUEUE:
        st.busy[s] -= 1
        serve(plan, st, s, now)
    st.at[change] = step + 1
    enter(plan, st, change, now)


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
        push(st, now + plan.onboarding, len(plan.arrival) + lacks)


@compiled
def run(plan, st):
    """Run until nothing happens any more, or `until`; the state holds what came."""
    n, coming, shift, review = len(plan.arrival), 0, 0, plan.first
    while True:
        arrives = plan.arrival[coming] if coming < n else np.inf
        ends = st.time[0] if st.tally[SIZE] else np.inf
        now = min(arrives, ends)
        shifts = plan.shift_time[shift] if shift < len(plan.shift_time) else np.inf
        if min(now, shifts) == np.inf or min(now, shifts, review) > plan.until:
            return
        st.tally[EVENTS] += 1
        if shifts <= now and shifts <= review:
            s, people = plan.shift_station[shift], plan.shift_people[shift]
            shift += 1
            st.capacity[s] += people
            st.people[s] += people
            serve(plan, st, s, shifts)
        elif review <= now:
            share(plan, st, review)
            review += plan.period
        elif arrives <= ends:
            st.at[coming] = plan.start[coming]
            enter(plan, st, coming, now)
            coming += 1
        else:
            item = pop(st)
            if item < n:
                leave(plan, st, item, now)
            else:
                st.capacity[item - n] += 1
                serve(plan, st, item - n, now)
