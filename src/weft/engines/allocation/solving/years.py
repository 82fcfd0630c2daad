"""The tables that the bound works on: lean, for it looks at all options there are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from weft.engines.allocation.problem import Flags, Ints, Problem
from weft.engines.allocation.solving.tables import today

Lean = NDArray[np.int32]


class Years(NamedTuple):
    """K pairs of person and mission, E options sorted by pair."""

    pairs: Ints
    """[P + 1] where the pairs of each person start."""
    options: Lean
    """[K + 1] where the options of each pair start."""
    need: Lean
    """[E]"""
    misfit: Lean
    """[E]"""
    today: Lean
    """[K] units in the month before the first."""
    keys: Lean
    """[K + 1] where the key needs start that the person of a pair could hold."""
    key_need: Lean
    capacity: Ints
    weight: Ints
    join: float
    most: int
    least: int


def years(problem: Problem, order: Ints) -> Years:
    """Give the tables of some options: positions by person, mission and need.

    There may be fifty million options: no more than one column of them is held in full
    width at a time.
    """
    missions = max(len(problem.missions), 1)
    need = _lean(problem.option_need[order])
    start = _begins(problem.option_person[order])
    start |= _begins(_lean(problem.need_mission)[need])
    options = np.append(np.flatnonzero(start), len(order))
    first = order[options[:-1]]
    pairs = problem.option_person[first] * missions
    pairs += problem.need_mission[need[options[:-1]]]
    key = problem.key[need]
    held = np.cumsum(key, dtype=np.int32)
    return Years(
        pairs=np.searchsorted(pairs, np.arange(len(problem.people) + 1) * missions),
        options=_lean(options),
        need=need,
        misfit=_lean(problem.misfit[order]),
        today=_lean(today(problem, pairs)),
        keys=np.append(_lean(np.zeros(1, np.int64)), held[options[1:] - 1]),
        key_need=need[key],
        capacity=np.ascontiguousarray(problem.capacity, np.int64),
        weight=np.ascontiguousarray(problem.weight, np.int64),
        join=float(problem.join),
        most=problem.most_missions,
        least=problem.least_units,
    )


def _begins(values: NDArray[np.int32 | np.int64]) -> Flags:
    """Tell where another value begins than stood before."""
    return np.append(np.ones(min(len(values), 1), np.bool_), values[1:] != values[:-1])


def _lean(values: Ints) -> Lean:
    return np.ascontiguousarray(values, np.int32)
