"""The tables that the bound works on: lean, for it looks at all options there are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from weft.engines.allocation.problem import Ints, Problem
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
    """Give the tables of some options: positions by person, mission and need."""
    missions = max(len(problem.missions), 1)
    need = problem.option_need[order]
    key = problem.option_person[order] * missions + problem.need_mission[need]
    start = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else key
    pairs = key[start]
    holds = np.append(0, np.cumsum(problem.key[need]))
    options = np.append(start, len(order))
    return Years(
        pairs=np.searchsorted(pairs, np.arange(len(problem.people) + 1) * missions),
        options=_lean(options),
        need=_lean(need),
        misfit=_lean(problem.misfit[order]),
        today=_lean(today(problem, pairs)),
        keys=_lean(holds[options]),
        key_need=_lean(need[problem.key[need]]),
        capacity=np.ascontiguousarray(problem.capacity, np.int64),
        weight=np.ascontiguousarray(problem.weight, np.int64),
        join=float(problem.join),
        most=problem.most_missions,
        least=problem.least_units,
    )


def _lean(values: Ints) -> Lean:
    return np.ascontiguousarray(values, np.int32)
