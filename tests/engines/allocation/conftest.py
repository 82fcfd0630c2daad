"""Tiny invented rounds, seeded, with every kind of rule somewhere in them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from weft.engines.allocation import Problem, empty

Tiny = Callable[..., Problem]


def _tiny(
    seed: int,
    *,
    people: int = 4,
    missions: int = 3,
    months: int = 3,
    part_months: bool = True,
    moves: int | None = None,
) -> Problem:
    """Give a round of a few people: scarce skills, split seats, leave, small teams."""
    draw = np.random.default_rng(seed)
    needs = [
        (mission, f"skill-{need}", 1)
        for mission in range(missions)
        for need in range(int(draw.integers(1, 3)))
    ]
    able = draw.random((people, len(needs))) < 0.6
    person, need = np.nonzero(able)
    capacity = np.repeat(draw.choice([10, 8, 5, 4], size=(people, 1)), months, axis=1)
    if part_months:
        some = draw.random((people, months)) < 0.25
        capacity = np.where(some, draw.integers(0, 11, (people, months)), capacity)
    demand = draw.integers(0, 10, (len(needs), months))
    seats = [
        (p, m, units)
        for p in range(people)
        for m, units in zip(
            draw.permutation(missions)[:2], draw.integers(0, 6, 2), strict=False
        )
        if units
    ]
    closed = draw.integers(0, (people, missions, months), (2, 3))
    return Problem(
        people=tuple(f"person-{p}" for p in range(people)),
        missions=tuple(f"mission-{m}" for m in range(missions)),
        months=tuple(f"2027-{t + 1:02}" for t in range(months)),
        needs=tuple(needs),
        capacity=capacity.astype(np.int64),
        camp=draw.integers(0, 2, people),
        demand=demand,
        weight=draw.integers(20, 200, len(needs)),
        key=draw.random(len(needs)) < 0.5,
        mixed=draw.random(missions) < 0.5,
        team=draw.integers(1, 4, missions),
        option_start=np.searchsorted(person, np.arange(people + 1)),
        option_need=need,
        misfit=draw.integers(1, 12, len(need)),
        seats=np.array(seats, np.int64).reshape(-1, 3),
        closed=closed,
        fixed=empty(4),
        join=int(draw.integers(0, 40)),
        missing=int(draw.integers(0, 120)),
        moves=None if moves is None else np.full(months, moves),
    )


@pytest.fixture(scope="session")
def tiny() -> Tiny:
    return _tiny
