"""Invented firms for the round: seeded, every purpose drawing from a stream of its own.

People of one main skill and a few others, missions of two to four technology needs and
one or two business needs that change from month to month, a little less asked than
there is to give.
"""

from __future__ import annotations

import numpy as np

from weft.engines.allocation import BUSINESS, TECHNOLOGY, Problem, empty
from weft.engines.allocation.problem import Flags, Ints

MONTHS, FEW = 12, 1_000
JOIN, MISSING = 25, 100
NONE, SEATED = 0.02, 0.85
ASKED = 0.9
"""Share of the capacity that is asked in the first month."""
Purpose = str
PURPOSES = (
    "capacity",
    "skills",
    "people",
    "missions",
    "needs",
    "months",
    "misfit",
    "seats",
)


class _Draws:
    """A stream of random numbers for each purpose, so that none moves another."""

    def __init__(self, seed: int) -> None:
        streams = np.random.SeedSequence(seed).spawn(len(PURPOSES))
        self.of = {
            purpose: np.random.default_rng(stream)
            for purpose, stream in zip(PURPOSES, streams, strict=True)
        }


def firm(people: int, missions: int, *, seed: int, months: int = MONTHS) -> Problem:
    """Give the round of an invented firm."""
    draws = _Draws(seed)
    skills = 30 if people <= FEW else 60
    popular = draws.of["skills"].dirichlet(np.full(skills, 3.0))
    technology = np.arange(skills) < skills * 6 // 10
    kinds = np.array([10, 10, 10, 10, 8, 8, 6, 5])
    capacity = draws.of["capacity"].choice(kinds, people)
    level, main = _levels(draws, people, popular)
    needs, tech = _needs(draws, missions, popular, technology)
    demand = _demand(draws, needs, missions, int(capacity.sum()), months)
    start, need, misfit = _options(draws, level, needs, missions)
    mission = needs[:, 0]
    largest = np.zeros((missions, months), np.int64)
    np.add.at(largest, mission, demand)
    return Problem(
        people=tuple(f"p{n:06}" for n in range(people)),
        missions=tuple(f"m{n:04}" for n in range(missions)),
        months=tuple(f"2027-{n + 1:02}" for n in range(months)),
        needs=tuple((int(m), f"s{k:02}", int(at)) for m, k, at in needs),
        capacity=np.repeat(capacity[:, None], months, axis=1),
        camp=np.where(technology[main], TECHNOLOGY, BUSINESS),
        demand=demand,
        weight=draws.of["needs"].integers(20, 201, len(needs)),
        key=_keys(mission, tech, demand, missions),
        mixed=np.ones(missions, np.bool_),
        team=np.ceil(1.5 * largest.max(axis=1) / 10).astype(np.int64) + 2,
        option_start=start,
        option_need=need,
        misfit=misfit,
        seats=_seats(draws, start, mission[need], capacity),
        closed=empty(3),
        fixed=empty(4),
        join=JOIN,
        missing=MISSING,
    )


def _levels(draws: _Draws, people: int, popular: np.ndarray) -> tuple[Ints, Ints]:
    """Give the level of each person in each skill, 0 for none, and the main skill."""
    draw, skills = draws.of["people"], len(popular)
    level = np.zeros((people, skills), np.int64)
    main = draw.choice(skills, people, p=popular)
    more = np.ones(people, np.bool_)
    for chance in (0.9, 0.6, 0.3):
        more = more & (draw.random(people) < chance)
        skill = draw.choice(skills, people, p=popular)
        at = np.where(more, draw.integers(1, 5, people), 0)
        who = np.arange(people)
        level[who, skill] = np.maximum(level[who, skill], at)
    level[np.arange(people), main] = draw.integers(3, 6, people)
    return level, main


def _needs(
    draws: _Draws, missions: int, popular: np.ndarray, technology: Flags
) -> tuple[Ints, Flags]:
    """Give (mission, skill, level) of each need, and whether it is technology."""
    draw = draws.of["missions"]
    rows, tech = [], []
    for mission in range(missions):
        sides = ((technology, (2, 5)), (~technology, (1, 3)))
        for side, (least, most) in sides:
            chance = np.where(side, popular, 0.0)
            skills = draw.choice(
                len(popular),
                int(draw.integers(least, most)),
                replace=False,
                p=chance / chance.sum(),
            )
            for skill in skills:
                rows.append((mission, skill, draw.choice([2, 2, 3, 3, 4])))
                tech.append(technology[skill])
    return np.array(rows, np.int64), np.array(tech)


def _demand(
    draws: _Draws, needs: Ints, missions: int, capacity: int, months: int
) -> Ints:
    """Give the units each need asks by month: ASKED of what there is, moved about."""
    draw = draws.of["months"]
    size = draw.dirichlet(np.full(missions, 4.0)) * draw.uniform(0.6, 1.4, missions)
    share = draw.gamma(4.0, size=len(needs))
    whole = np.bincount(needs[:, 0], share, missions)
    size *= ASKED * capacity / size.sum()
    level = size[needs[:, 0]] * share / whole[needs[:, 0]]
    demand = np.zeros((len(needs), months), np.int64)
    for month in range(months):
        anew = draw.random(len(needs)) < (0.25 if month else 0)
        level = np.where(anew, level * draw.uniform(0.4, 1.6, len(needs)), level)
        asked = np.where(draw.random(len(needs)) < NONE, 0, level)
        demand[:, month] = np.rint(asked)
    return demand


def _keys(mission: Ints, tech: Flags, demand: Ints, missions: int) -> Flags:
    """Mark the largest technology need and the largest business need of a mission."""
    key = np.zeros(len(mission), np.bool_)
    size = demand.sum(axis=1)
    for at in range(missions):
        for side in (True, False):
            mine = np.nonzero((mission == at) & (tech == side))[0]
            key[mine[np.argmax(size[mine])]] = True
    return key


def _options(
    draws: _Draws, level: Ints, needs: Ints, missions: int
) -> tuple[Ints, Ints, Ints]:
    """Give who may serve what, and the misfit: unit, place, level, wish."""
    draw, people = draws.of["misfit"], len(level)
    units = max(missions // 8, 1)
    places = int(np.clip(people // 100, 2, 40))
    unit_of, place_of = (
        draw.integers(units, size=people),
        draw.integers(places, size=people),
    )
    unit_at, place_at = (
        draw.integers(units, size=missions),
        draw.integers(places, size=missions),
    )
    parts = []
    for first in range(0, people, 1_000):
        mine = level[first : first + 1_000]
        who, need = np.nonzero(mine[:, needs[:, 1]] >= needs[:, 2])
        above = mine[who, needs[need, 1]] - needs[need, 2]
        mission, who = needs[need, 0], who + first
        points = 1 + above + draw.integers(0, 4, len(who))
        points += 2 * (unit_of[who] != unit_at[mission])
        points += 3 * (place_of[who] != place_at[mission])
        parts.append((who, need, points))
    who, need, misfit = (np.concatenate(part) for part in zip(*parts, strict=True))
    start = np.searchsorted(who, np.arange(people + 1))
    return start, need, misfit


def _seats(draws: _Draws, start: Ints, mission: Ints, capacity: Ints) -> Ints:
    """Seat 85 % of people somewhere they are able, with all they have."""
    draw, options = draws.of["seats"], np.diff(start)
    sits = (draw.random(len(capacity)) < SEATED) & (options > 0)
    pick = start[:-1] + (draw.random(len(capacity)) * options).astype(np.int64)
    who = np.nonzero(sits)[0]
    return np.column_stack([who, mission[pick[who]], capacity[who]])
