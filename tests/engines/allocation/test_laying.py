"""The path that is laid is the cheapest of all, months tried one by one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from tests.engines.allocation.conftest import Tiny

from weft.engines.allocation import Problem
from weft.engines.allocation.solving import tables as made
from weft.engines.allocation.solving.laying import lay
from weft.engines.allocation.solving.states import Sitting, sitting
from weft.engines.allocation.solving.tables import Tables
from weft.engines.compiling import compiled

IDLE = (-1, 0)
Path = tuple[tuple[int, int], ...]


@compiled
def laid(tb, st, bench, p, months):  # type: ignore[no-untyped-def]
    """Lay some months of a person's first slot anew; whether there is a path."""
    start, end = months
    for s in range(st.option.shape[1]):
        for t in range(st.option.shape[2]):
            bench.old_option[s, t] = st.option[p, s, t]
            bench.old_pair[s, t] = st.pair[p, s, t]
            bench.old_units[s, t] = st.units[p, s, t]
    for t in range(start, end):
        st.option[p, 0, t], st.pair[p, 0, t], st.units[p, 0, t] = -1, -1, 0
    return lay(tb, st, bench, p, 0, 10, start, end)


def seat_points(tab: Tables, pair: int, t: int) -> float:
    """Give what a seat mends or opens where nobody else sits."""
    points = tab.missing * bool(tab.mixed[tab.mission[pair], t])
    for need in tab.key_need[tab.keys[pair] : tab.keys[pair + 1]]:
        points -= tab.missing * bool(tab.holders[need, t] > 0)
    return float(points)


def points(tab: Tables, state: Sitting, path: Path) -> float:
    """Give what a path of (pair, units) costs beside idling, alone in the firm."""
    total = 0.0
    for t, (pair, units) in enumerate(path):
        if pair < 0:
            continue
        ways = []
        for o in range(tab.options[pair], tab.options[pair + 1]):
            n = tab.need[o]
            short = tab.demand[n, t] - np.arange(units)
            beyond = np.minimum(short - 0.5, 0)
            worth = state.price[n, t] + state.slope[0] * beyond
            ways.append((tab.misfit[o] - worth).sum())
        before = path[t - 1] if t else (pair, tab.today[pair])
        held = before[1] if before[0] == pair else 0
        total += min(ways) + tab.join * max(units - held, 0)
        total += seat_points(tab, pair, t)
    return total


def chosen(state: Sitting, person: int) -> Path:
    return tuple(
        (int(pair), int(units))
        for pair, units in zip(
            state.pair[person, 0], state.units[person, 0], strict=True
        )
    )


def all_paths(problem: Problem, tab: Tables, person: int) -> list[Path]:
    """Give every path of one slot that keeps the rules of the person."""
    months = []
    for t in range(len(problem.months)):
        most = int(problem.capacity[person, t])
        pairs = range(tab.pairs[person], tab.pairs[person + 1])
        open_pairs = [k for k in pairs if not tab.shut[k, t]]
        some = product(open_pairs, range(problem.least_units, most + 1))
        months.append([IDLE, *some])
    return list(product(*months))


@pytest.mark.parametrize("seed", range(6))
def test_the_path_laid_is_the_cheapest_of_all(seed: int, tiny: Tiny) -> None:
    problem = tiny(seed, people=2, missions=2)
    tab = made.tables(problem, np.ones(len(problem.misfit), np.bool_))
    draw = np.random.default_rng(seed)
    prices = draw.uniform(0, 60, problem.demand.shape)
    for person in range(len(problem.people)):
        state = sitting(problem, tab, problem.fixed, prices, seed)
        state.slope[0], state.over[:] = 4.0, 100
        room = made.bench(tab, state.option.shape[1])
        assert laid(tab, state, room, person, (0, len(problem.months)))
        found = points(tab, state, chosen(state, person))
        every = all_paths(problem, tab, person)
        least = min(points(tab, state, path) for path in every)
        assert found == pytest.approx(least)


@pytest.mark.parametrize("seed", range(6))
def test_a_part_laid_anew_is_the_cheapest_beside_the_rest(
    seed: int, tiny: Tiny
) -> None:
    problem = tiny(seed, people=2, missions=2)
    tab = made.tables(problem, np.ones(len(problem.misfit), np.bool_))
    draw = np.random.default_rng(seed)
    state = sitting(problem, tab, problem.fixed, np.zeros(problem.demand.shape), seed)
    state.slope[0], state.over[:] = 4.0, 100
    room = made.bench(tab, state.option.shape[1])
    for start, end in ((0, 3), (1, 2), (0, 1), (2, 3), (1, 3)):
        state.price[:] = draw.uniform(0, 60, problem.demand.shape)
        for person in range(len(problem.people)):
            stays = chosen(state, person)
            assert laid(tab, state, room, person, (start, end))
            path = chosen(state, person)
            found = points(tab, state, path)
            others = [
                points(tab, state, other)
                for other in all_paths(problem, tab, person)
                if other[:start] == stays[:start] and other[end:] == stays[end:]
            ]
            assert path[:start] == stays[:start]
            assert path[end:] == stays[end:]
            assert found == pytest.approx(min(others))
