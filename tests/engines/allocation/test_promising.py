"""Of a large firm the search looks at the options worth trying, told here in sets."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from tests.engines.allocation.conftest import Tiny

from weft.engines.allocation import Problem
from weft.engines.allocation.problem import Flags, Floats
from weft.engines.allocation.solving.bound import Bound
from weft.engines.allocation.solving.promising import ABLE, PROMISING, promising


def in_words(problem: Problem, used: Flags, prices: Floats) -> set[int]:
    """Give the options to keep as the docstrings say, one after another."""
    person, need = problem.option_person.tolist(), problem.option_need.tolist()
    misfit = problem.misfit.tolist()
    by_person: dict[int, list[tuple[float, int]]] = defaultdict(list)
    by_need: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for o, (p, n) in enumerate(zip(person, need, strict=True)):
        earned = sum(max(price - misfit[o], 0.0) for price in prices[n].tolist())
        by_person[p].append((-earned, o))
        by_need[n].append((misfit[o], o))
    keep = set(np.flatnonzero(used).tolist())
    for mine in by_person.values():
        keep |= {o for _, o in sorted(mine)[:PROMISING]}
    for n, able in by_need.items():
        if problem.key[n]:
            keep |= {o for _, o in sorted(able)[:ABLE]}
    mission = problem.need_mission.tolist()
    sits = {(person[o], mission[need[o]]) for o in keep}
    sits |= {(p, m) for p, m, _ in problem.seats.tolist()}
    sits |= {(p, mission[n]) for p, n, _, _ in problem.fixed.tolist()}
    return {o for o in range(len(need)) if (person[o], mission[need[o]]) in sits}


@pytest.mark.parametrize("seed", range(60))
def test_what_is_kept_is_what_is_said(tiny: Tiny, seed: int) -> None:
    problem = tiny(seed, people=6, missions=25)
    draw = np.random.default_rng(seed)
    shape, options = problem.demand.shape, len(problem.misfit)
    prices: Floats = draw.integers(0, 4, shape).astype(np.float64) * 4  # many alike
    used = draw.random(options) < 0.02
    kept = promising(problem, Bound(0.0, prices, used))
    assert set(np.flatnonzero(kept).tolist()) == in_words(problem, used, prices)
    assert kept.sum() < options


def test_of_a_small_firm_all_are_kept(tiny: Tiny) -> None:
    problem = tiny(1)
    none = np.zeros(len(problem.misfit), np.bool_)
    assert promising(problem, Bound(0.0, np.zeros(problem.demand.shape), none)).all()
