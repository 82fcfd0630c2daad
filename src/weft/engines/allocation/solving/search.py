"""Search for a plan: everybody again and again takes the best year the prices offer.

At first a need may get too much at little cost, so that people pass each other freely
and with some chance; then that becomes dear, and at last nothing but the true cost
counts, and some people of one mission are laid anew together, too. The prices follow:
they rise where too little is given. Up to what a need asks a unit is worth its price,
no more where much is missing: whoever is dear would be drawn to the emptiest need.
Rules of single people and of teams hold all the time.

Source: augmented Lagrangian and simulated annealing, person by person; ruin and
recreate.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from weft.engines.allocation.problem import Ints, Problem
from weft.engines.allocation.solving import tables as made
from weft.engines.allocation.solving.bound import LEAST, NOTHING, Bound
from weft.engines.allocation.solving.counting import OVER
from weft.engines.allocation.solving.kernel import sweep
from weft.engines.allocation.solving.promising import promising
from weft.engines.allocation.solving.states import Sitting, sitting
from weft.engines.allocation.solving.tables import Bench, Tables
from weft.engines.allocation.solving.together import regroup
from weft.engines.allocation.solving.tuning import tune

SOFT = 0.7
"""Share of the sweeps in which too much may be given."""
SELDOM = 4
"""Sweeps at true prices of which one lays each person anew alone, too: it hardly pays
there."""
SLOPE = (0.5, 60.0)
"""Points by which a price falls with each unit beyond what is asked: first and last."""
WALL = 10
"""Points for a seat begun above the cap, for each point of slope."""
NOISE = (8.0, 0.3)
"""Points of chance in the price of a seat a month: first and last."""
LATE_NOISE = (1.5, 0.1)
HEAT, LATE_HEAT = 4, 3
"""Points that a step may be dearer, for each point of noise."""
GROUP_HEAT = 0.3
"""Share of the heat of single steps that steps of several people have."""
SWAPS = 8
"""Small steps for each path laid anew."""
LAST = 10
"""Sweeps without chance at the end."""


def search(
    problem: Problem,
    bound: Bound,
    *,
    seed: int,
    sweeps: int,
    share: Callable[[float], float],
    settle: Callable[[Ints], Ints | None],
) -> Ints:
    """Give who sits where: [., 4] (person, need, month, units).

    share: is given the share of the sweeps that is done and gives the share to go by,
    more if time is short; 1 ends the search. What one gives that was cut short may give
    needs too much: see `mending.mend`.
    settle: is given the plan before true prices begin, which may give needs too much,
    and gives a better one to go on from, if it has one.
    """
    tab = made.tables(problem, promising(problem, bound))
    state = sitting(problem, tab, problem.fixed, bound.prices, seed)
    room = made.bench(tab, state.option.shape[1])
    order = np.arange(len(problem.people))
    done, turn = 0.0, 0
    while (done := max(share(turn / sweeps), done)) < SOFT:
        heat = _soften(problem, state, done / SOFT, turn)
        sweep(tab, state, room, order, heat)
        tune(tab, state, order, SWAPS, 0.3 * heat)
        _toll(problem, state)
        turn += 1
    better = settle(given(tab, state)) if done < 1 else None
    if better is not None:
        state = _taken_up(problem, tab, state, better)
    while (done := max(share(turn / sweeps), done)) < 1:
        heat = harden(problem, state, (done - SOFT) / (1 - SOFT))
        regroup(tab, state, room, len(order), GROUP_HEAT * heat)
        if turn % SELDOM == 0:
            sweep(tab, state, room, order, heat)
            tune(tab, state, order, SWAPS, 0.3 * heat)
        _toll(problem, state)
        turn += 1
    _finish(problem, tab, state, room, order)
    return given(tab, state)


def _taken_up(problem: Problem, tab: Tables, state: Sitting, rows: Ints) -> Sitting:
    """Give the state with a plan in it, and chance and tolls going on."""
    other = sitting(problem, tab, rows, state.price, int(state.random[0]))
    other.toll[:] = state.toll
    return other


def _between(ends: tuple[float, float], share: float) -> float:
    first, last = ends
    return float(first * (last / first) ** share)


def _soften(problem: Problem, state: Sitting, share: float, turn: int) -> float:
    """Set the prices of a sweep in which needs may get too much; give the heat."""
    slope = _between(SLOPE, share)
    if turn:
        short = problem.demand - state.filled
        state.price[:] += 0.1 * slope / (1 + 0.02 * turn) * short
    np.clip(state.price, LEAST, problem.weight[:, None], out=state.price)
    state.price[problem.demand == 0] = NOTHING
    state.slope[0], state.wall[0] = slope, WALL * slope
    state.over[:] = np.where(problem.demand > 0, 100, 0)
    state.noise[0] = _between(NOISE, share)
    return HEAT * float(state.noise[0])


def harden(problem: Problem, state: Sitting, share: float) -> float:
    """Set the true prices; give the heat."""
    state.price[:] = problem.weight[:, None]
    state.slope[0], state.wall[0] = 0, OVER
    state.over[:] = 0
    state.noise[0] = _between(LATE_NOISE, share)
    return LATE_HEAT * float(state.noise[0])


def _toll(problem: Problem, state: Sitting) -> None:
    """Raise the price of beginning a seat in months where more begin than may."""
    if problem.moves is not None:
        above = (state.begun - problem.moves) / np.maximum(problem.moves, 1)
        rise = problem.join * np.clip(above, -0.5, 0.5)
        state.toll[:] = np.maximum(state.toll + rise, 0)


def _finish(
    problem: Problem, tab: Tables, state: Sitting, room: Bench, order: Ints
) -> None:
    """Take every step that makes the plan cheaper."""
    harden(problem, state, 1)
    state.noise[0], state.toll[:] = 0, 0
    for _ in range(LAST):
        regroup(tab, state, room, len(order), 0.0)
        sweep(tab, state, room, order, 0.0)
        tune(tab, state, order, SWAPS, 0.0)


def given(tab: Tables, state: Sitting) -> Ints:
    """Read off who gives how much."""
    at = np.nonzero(state.option >= 0)
    person, _, month = at
    need = tab.need[state.option[at]]
    return np.column_stack([person, need, month, state.units[at]])
