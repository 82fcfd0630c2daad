"""How people sit while the search goes on: made from a plan, or with nobody seated."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from weft.engines.allocation.problem import Flags, Floats, Ints, Problem
from weft.engines.allocation.solving.mending import accepted
from weft.engines.allocation.solving.tables import Tables, place

SLOTS = 3
"""Paths a person can hold at a time: two missions, or two needs of one, and a rest."""


class Sitting(NamedTuple):
    """What changes. S slots a person: option, its pair and units, -1 and 0 for none."""

    option: Ints
    """[P, S, T]"""
    pair: Ints
    units: Ints
    locked: Flags
    filled: Ints
    """[N, T] units given."""
    sits: Ints
    """[M, T, 2] people of each camp."""
    holds: Ints
    """[N, T] people on the mission who could do the need."""
    begun: Ints
    """[T]"""
    price: Floats
    """[N, T] what a unit is worth up to what the need asks."""
    slope: Floats
    """[1] points by which that falls with each unit more."""
    over: Ints
    """[N, T] units that may be given beyond what is asked, for a while."""
    noise: Floats
    """[1] points of chance in the price of a seat a month."""
    toll: Floats
    """[T] price of beginning a seat."""
    wall: Floats
    """[1] price of beginning one where as many as may have begun."""
    random: NDArray[np.uint64]
    """[1] state of the generator."""


def sitting(
    problem: Problem, tables: Tables, given: Ints, prices: Floats, seed: int
) -> Sitting:
    """Give the state in which what a plan gives is held, accepted seats for good.

    given: [., 4] (person, need, month, units), each accepted seat as it is, the rest of
    options in the tables. Where it gives more needs than a person has slots, the least
    are left out.
    """
    rows = problem.fixed[:, [0, 2]]
    _, locks = np.unique(rows, axis=0, return_counts=True)
    slots, months = max(SLOTS, locks.max(initial=0)), len(problem.months)
    shape = (len(problem.people), slots, months)
    state = Sitting(
        option=np.full(shape, -1),
        pair=np.full(shape, -1),
        units=np.zeros(shape, np.int64),
        locked=np.zeros(shape, np.bool_),
        filled=np.zeros(problem.demand.shape, np.int64),
        sits=np.zeros((len(problem.missions), months, 2), np.int64),
        holds=np.zeros(problem.demand.shape, np.int64),
        begun=np.zeros(months, np.int64),
        price=prices.copy(),
        slope=np.zeros(1),
        over=np.zeros(problem.demand.shape, np.int64),
        noise=np.zeros(1),
        toll=np.zeros(months),
        wall=np.zeros(1),
        random=np.random.SeedSequence(seed).generate_state(1, np.uint64) | np.uint64(1),
    )
    _seat(problem, tables, state, given)
    _count(tables, state)
    return state


def _seat(problem: Problem, tables: Tables, state: Sitting, given: Ints) -> None:
    """Give each row a slot, if one is free: that of the month before if it goes on."""
    locked = accepted(problem, given)
    person, need, month, units = given.T
    order = np.lexsort((-units, ~locked, month, person))
    options = _options(problem, tables, person, need)
    pairs = np.repeat(np.arange(len(tables.mission)), np.diff(tables.options))[options]
    for row in order.tolist():
        p, t, k = person[row], month[row], pairs[row]
        free = np.nonzero(state.option[p, :, t] < 0)[0]
        goes_on = free[state.pair[p, free, t - 1] == k] if t else free[:0]
        for slot in np.append(goes_on, free)[:1]:
            state.option[p, slot, t], state.pair[p, slot, t] = options[row], k
            state.units[p, slot, t] = units[row]
            state.locked[p, slot, t] = locked[row]
            state.filled[need[row], t] += units[row]


def _options(problem: Problem, tables: Tables, person: Ints, need: Ints) -> Ints:
    """Give the options of persons for needs, as the tables number them."""
    owner, mission = (
        np.repeat(of_pair, np.diff(tables.options))
        for of_pair in (tables.owner, tables.mission)
    )
    at, _ = place(
        _key(problem, owner, mission, tables.need),
        _key(problem, person, problem.need_mission[need], need),
    )
    return at


def _key(problem: Problem, person: Ints, mission: Ints, need: Ints) -> Ints:
    """Give numbers that rise as options do in the tables."""
    return (person * len(problem.missions) + mission) * len(problem.needs) + need


def _count(tables: Tables, state: Sitting) -> None:
    """Count in who sits: teams, holders, seats begun."""
    person, _, month = np.nonzero(state.option >= 0)
    pair = state.pair[state.option >= 0]
    seats = {
        (int(k), int(t)): int(p) for p, k, t in zip(person, pair, month, strict=True)
    }
    for (k, t), p in seats.items():
        state.sits[tables.mission[k], t, tables.camp[p]] += 1
        state.holds[tables.key_need[tables.keys[k] : tables.keys[k + 1]], t] += 1
        sat = (k, t - 1) in seats if t else tables.today[k] > 0
        state.begun[t] += not sat
