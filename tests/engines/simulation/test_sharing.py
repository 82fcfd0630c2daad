"""People who are shared anew: every move is the one that the rule says, and no other.

Each run is told again from when its steps began, by other code than that of the kernel.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pytest

from weft.engines.simulation.kernel import (
    Routes,
    Run,
    Sharing,
    Shift,
    Station,
    simulate,
)

JOBS: Final = 260
START: Final = (4, 3, 2)
SHIFTS: Final = (Shift(36.0, 1, 2), Shift(61.5, 0, 1))
"""The first comes as people are shared: it counts already."""


def shared(seed: int, sharing: Sharing) -> Run:
    """Run work that goes to one team for a while and then to another."""
    draw = np.random.default_rng(seed)
    arrival = np.cumsum(draw.exponential(0.4, JOBS))
    busy = (arrival // 25).astype(int) % 3
    team = np.where(draw.random(JOBS) < 0.7, busy, draw.integers(0, 3, JOBS))
    routes = Routes(
        arrival,
        np.zeros(JOBS, int),
        np.arange(JOBS + 1),
        team,
        draw.exponential(2.6, JOBS),
    )
    stations = [Station(f"team {i}", people=n) for i, n in enumerate(START)]
    return simulate(stations, routes, sharing=sharing, shifts=SHIFTS)


class Watched:
    """A run as somebody beside it sees it, at any time."""

    def __init__(self, run: Run) -> None:
        self.run, self.team = run, run.routes.station
        self.ended = run.started + run.routes.service

    def waiting(self, team: int, now: float) -> int:
        """Count who waits for a team."""
        there = (self.run.entered <= now) & (self.run.started > now)
        return int((there & (self.team == team)).sum())

    def busy(self, team: int, now: float) -> int:
        """Count whom a team works for."""
        there = (self.run.started <= now) & (self.ended > now)
        return int((there & (self.team == team)).sum())

    def people(self, team: int, now: float, onboarding: float) -> int:
        """Count who works in a team; who moves is there after so long."""
        here = sum(s.people for s in SHIFTS if s.station == team and s.time <= now)
        gone = sum(
            1 for at, source, _ in self.run.moves if source == team and at <= now
        )
        come = sum(
            1 for at, _, to in self.run.moves if to == team and at + onboarding <= now
        )
        return START[team] + here - gone + come


def moves_by_rule(
    work: list[float], people: list[int], hysteresis: float, most: int
) -> list[tuple[int, int]]:
    """Move one after another from who would have least a head to who has most."""
    people = list(people)
    moves: list[tuple[int, int]] = []
    while len(moves) < most:
        has = [w / n if n else -1.0 for w, n in zip(work, people, strict=True)]
        would = [
            w / (n - 1) if n > 1 else np.inf for w, n in zip(work, people, strict=True)
        ]
        to, source = int(np.argmax(has)), int(np.argmin(would))
        if to == source or would[source] * hysteresis >= has[to]:
            break
        people[source] -= 1
        people[to] += 1
        moves.append((source, to))
    return moves


@pytest.mark.parametrize(
    ("period", "onboarding", "hysteresis", "most"),
    [(12.0, 0.0, 1.0, 9), (12.0, 5.0, 1.2, 2), (9.0, 3.0, 1.6, 9)],
)
def test_every_move_is_the_one_that_the_rule_says(
    period: float, onboarding: float, hysteresis: float, most: int
) -> None:
    run = shared(3, Sharing((0, 1, 2), period, onboarding, hysteresis, most))
    seen = Watched(run)
    expected = []
    people = list(START)
    shifts = list(SHIFTS)
    for now in np.arange(period, run.done.max(), period):
        while shifts and shifts[0].time <= now:
            people[shifts[0].station] += shifts.pop(0).people
        work = [seen.waiting(s, now) + seen.busy(s, now) + 0.5 for s in range(3)]
        for source, to in moves_by_rule(work, people, hysteresis, most):
            people[source] -= 1
            people[to] += 1
            expected.append((now, source, to))
    assert len(expected) > 5
    assert run.moves.tolist() == [list(move) for move in expected]


@pytest.mark.parametrize("onboarding", [0.0, 5.0])
def test_nobody_idles_and_nobody_works_in_two_teams(onboarding: float) -> None:
    run = shared(3, Sharing((0, 1, 2), 12.0, onboarding))
    seen = Watched(run)
    assert len(run.moves) > 5
    arrived = run.moves[:, 0] + onboarding
    for now in np.unique(np.concatenate([run.entered, seen.ended, arrived])):
        for team in range(3):
            people, busy = seen.people(team, now, onboarding), seen.busy(team, now)
            assert busy >= people or not seen.waiting(team, now)
    for now, team in zip(run.started, run.routes.station, strict=True):
        assert seen.busy(team, now) <= seen.people(team, now, onboarding)


def test_a_team_that_all_have_left_is_no_team_any_more() -> None:
    routes = Routes(
        np.array([0.0, 0.0, 0.0, 6.0]),
        np.zeros(4, int),
        np.arange(5),
        np.array([0, 0, 0, 1]),
        np.ones(4),
    )
    teams = [Station("left"), Station("there", people=2)]
    shifts = [Shift(0.5, 0, -1), Shift(32.0, 0, 1)]
    run = simulate(teams, routes, sharing=Sharing((0, 1), 5.0), shifts=shifts)
    assert run.moves.tolist() == []
    assert run.started.tolist() == [0.0, 32.0, 33.0, 6.0]
