"""The tables that the compiled search works on, made from a problem."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from weft.engines.allocation.problem import Flags, Floats, Ints, Problem

TOGETHER = 3
"""Most people laid anew in one step."""


class Tables(NamedTuple):
    """What stays: K pairs of person and mission, options sorted by pair."""

    pairs: Ints
    """[P + 1] where the pairs of each person start."""
    options: Ints
    """[K + 1] where the options of each pair start."""
    need: Ints
    misfit: Floats
    mission: Ints
    """[K]"""
    today: Ints
    """[K] units in the month before the first."""
    shut: Flags
    """[K, T] refused, or settled by an accepted seat."""
    keys: Ints
    """[K + 1] where the key needs start that the person of a pair could hold."""
    key_need: Ints
    owner: Ints
    """[K] the person of each pair."""
    members: Ints
    """[M + 1] where the pairs of each mission start in `member`."""
    member: Ints
    """[K] pairs by mission."""
    capacity: Ints
    camp: Ints
    demand: Ints
    weight: Floats
    team: Ints
    holders: Ints
    """[N, T] people wanted."""
    mixed: Flags
    """[M, T] whether both camps are wanted."""
    moves: Ints
    join: float
    missing: float
    most: int
    least: int


class Bench(NamedTuple):
    """Room to work in, for the person in hand."""

    cost: Floats
    """[T, pairs, units + 1]"""
    later: Floats
    """[T + 1, pairs, units + 1] the months from one on, after so many units there."""
    option: Ints
    """[T, pairs, units + 1] the cheapest for so many units."""
    least: Ints
    """[T, pairs] the fewest and the most units that may be given; none if 0."""
    most: Ints
    luck: Floats
    """[pairs]"""
    free: Floats
    """[T + 1] the months from one on, when coming from elsewhere."""
    fresh: Ints
    """[T] the pair to begin then, -1 for none, and with how many units."""
    fresh_units: Ints
    old_option: Ints
    """[S, T] the slots as they were."""
    old_pair: Ints
    old_units: Ints
    who: Ints
    """[TOGETHER] people laid anew together, and [., S, T] how they sat."""
    kept_option: Ints
    kept_pair: Ints
    kept_units: Ints


def tables(problem: Problem, keep: Flags) -> Tables:
    """Give the tables of the options to keep, [E]."""
    order = in_order(problem)
    order = order[keep[order]]
    missions, months = len(problem.missions), len(problem.months)
    need = problem.option_need[order]
    key = problem.option_person[order] * missions + problem.option_mission[order]
    pairs, start = np.unique(key, return_index=True)
    pair = np.repeat(np.arange(len(pairs)), np.diff(np.append(start, len(order))))
    key_option, mission = problem.key[need], pairs % max(missions, 1)
    people = np.arange(len(problem.people) + 1)
    free = np.full(months, np.iinfo(np.int64).max)
    return Tables(
        pairs=np.searchsorted(pairs, people * missions),
        options=np.append(start, len(order)),
        need=need,
        misfit=problem.misfit[order].astype(float),
        mission=mission,
        today=today(problem, pairs),
        shut=_shut(problem, pairs),
        keys=np.searchsorted(pair[key_option], np.arange(len(pairs) + 1)),
        key_need=need[key_option],
        owner=pairs // max(missions, 1),
        members=np.searchsorted(np.sort(mission), np.arange(missions + 1)),
        member=np.argsort(mission, kind="stable"),
        capacity=_ints(problem.capacity),
        camp=_ints(problem.camp),
        demand=_ints(problem.demand),
        weight=problem.weight.astype(float),
        team=_ints(problem.team),
        holders=problem.wanted_holders,
        mixed=np.logical_and.reduce(problem.wanted_camps, axis=2),
        moves=_ints(free if problem.moves is None else problem.moves),
        join=float(problem.join),
        missing=float(problem.missing),
        most=problem.most_missions,
        least=problem.least_units,
    )


def in_order(problem: Problem) -> Ints:
    """Give the options by person, mission and need: [E] positions."""
    key = problem.option_person * len(problem.missions) + problem.option_mission
    key *= len(problem.needs)
    key += problem.option_need
    if (key[1:] >= key[:-1]).all():  # as most come: sorting millions takes long
        return np.arange(len(key))
    return np.argsort(key, kind="stable")


def _ints(values: Ints) -> Ints:
    """Give whole numbers as the compiled code knows them."""
    return np.ascontiguousarray(values, np.int64)


def place(pairs: Ints, wanted: Ints) -> tuple[Ints, Flags]:
    """Give where each wanted pair stands among the pairs, and whether it does."""
    if not len(pairs):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
    at = np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)
    return at, pairs[at] == wanted


def today(problem: Problem, pairs: Ints) -> Ints:
    """Give the units of each pair in the month before the first: [K]."""
    seats = problem.seats
    at, there = place(pairs, seats[:, 0] * len(problem.missions) + seats[:, 1])
    units = np.zeros(len(pairs), np.int64)
    units[at[there]] = seats[there, 2]
    return units


def _shut(problem: Problem, pairs: Ints) -> Flags:
    """Tell where a pair may not be laid: refused, or settled."""
    shut = np.zeros((len(pairs), len(problem.months)), np.bool_)
    fixed = problem.fixed
    settled = np.column_stack(
        [fixed[:, 0], problem.need_mission[fixed[:, 1]], fixed[:, 2]]
    )
    for rows in (problem.closed, settled):
        at, there = place(pairs, rows[:, 0] * len(problem.missions) + rows[:, 1])
        shut[at[there], rows[there, 2]] = True
    return shut


def bench(tables: Tables, slots: int) -> Bench:
    """Give room for the person of most pairs."""
    months = tables.demand.shape[1]
    pairs = int(np.diff(tables.pairs).max(initial=1))
    units = int(tables.capacity.max(initial=1)) + 1
    old = np.full((slots, months), -1)
    kept = np.full((TOGETHER, slots, months), -1)
    return Bench(
        cost=np.zeros((months, pairs, units)),
        later=np.zeros((months + 1, pairs, units)),
        option=np.zeros((months, pairs, units), np.int64),
        least=np.zeros((months, pairs), np.int64),
        most=np.zeros((months, pairs), np.int64),
        luck=np.zeros(pairs),
        free=np.zeros(months + 1),
        fresh=np.zeros(months, np.int64),
        fresh_units=np.zeros(months, np.int64),
        old_option=old,
        old_pair=old.copy(),
        old_units=old.copy(),
        who=np.zeros(TOGETHER, np.int64),
        kept_option=kept,
        kept_pair=kept.copy(),
        kept_units=kept.copy(),
    )
