"""The question of a round: who could sit where, month by month, and what each costs.

A unit is 10 % of a full-time month. A point is the worth of one unit: all prices are
whole points, so that sums are exact and the price of a need reads as money of one
10 % person-month. People, missions, needs and months are positions; what they are
called is in `people`, `missions`, `needs` and `months`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

BUSINESS, TECHNOLOGY = 0, 1
"""The camps that both sit in a mission."""
HOLDERS = 2
"""People wanted on a critical skill, so that it does not hang on one."""


def empty(width: int) -> Ints:
    """Give a table without rows."""
    return np.zeros((0, width), np.int64)


@dataclass(frozen=True, eq=False, kw_only=True)
class Problem:
    """Who could sit where. P people, M missions, N needs, T months, E options.

    An option is a person who may serve a need: able at its level, consenting, cleared
    and not barred. The options of person p are option_start[p] .. option_start[p+1].
    Nothing is checked here; `faults` names what cannot be.
    """

    people: tuple[str, ...]
    missions: tuple[str, ...]
    months: tuple[str, ...]
    needs: tuple[tuple[int, str, int], ...]
    """N of (mission, skill, least level)."""

    capacity: Ints
    """[P, T] units a person has to give in a month, 0 when away."""
    camp: Ints
    """[P] BUSINESS or TECHNOLOGY."""
    demand: Ints
    """[N, T] units asked."""
    weight: Ints
    """[N] points lost for each unit left open a month."""
    key: Flags
    """[N] whether the need is critical for its mission: wants HOLDERS people."""
    mixed: Flags
    """[M] whether the mission wants both camps."""
    team: Ints
    """[M] most people who sit in the mission in one month."""

    option_start: Ints
    """[P + 1] where the options of each person start."""
    option_need: Ints
    """[E] the need served."""
    misfit: Ints
    """[E] points for each unit a month: distance, level above the need, wishes."""

    seats: Ints
    """[., 3] today's (person, mission, units), each pair once."""
    closed: Ints
    """[., 3] (person, mission, month) that may not be: refused."""
    fixed: Ints
    """[., 4] (person, need, month, units) accepted: that seat in the mission is settled
    as it stands, and takes no other unit."""

    join: int
    """Points for each unit in a mission beyond those a person had there the month
    before: finding one's way in."""
    missing: int
    """Points a month for each second holder, and each camp, that is missing."""
    most_missions: int = 2
    """Missions a person sits in at most, in one month."""
    least_units: int = 2
    """Units of the smallest seat."""
    moves: Ints | None = None
    """[T] seats that may begin in each month, of people who did not sit in that mission
    the month before. None: as many as it takes."""

    @cached_property
    def need_mission(self) -> Ints:
        """[N] the mission of each need."""
        return np.array([mission for mission, _, _ in self.needs], np.int64)

    @cached_property
    def option_person(self) -> Ints:
        """[E] the person of each option."""
        return np.repeat(np.arange(len(self.people)), np.diff(self.option_start))

    @cached_property
    def option_mission(self) -> Ints:
        """[E] the mission of each option."""
        return self.need_mission[self.option_need]

    @cached_property
    def today(self) -> dict[tuple[int, int], int]:
        """Units by (person, mission) in the month before the first."""
        return {(int(p), int(m)): int(units) for p, m, units in self.seats}

    @cached_property
    def wanted_holders(self) -> Ints:
        """[N, T] people wanted on each need: HOLDERS on a key need that asks for units.

        Fewer where the firm has fewer who are there and able.
        """
        able = self._able.sum(axis=0)
        asked = self.key[:, None] & (self.demand > 0)
        return np.where(asked, np.minimum(able, HOLDERS), 0)

    @cached_property
    def wanted_camps(self) -> Flags:
        """[M, T, 2] camps wanted in each mission once anyone sits there.

        Both, where people of both are there and able to do what is asked; else none.
        """
        able = np.zeros((len(self.missions), len(self.months), 2), np.bool_)
        for side in (BUSINESS, TECHNOLOGY):
            there = (self._able[side] > 0) & (self.demand > 0)
            np.logical_or.at(able[:, :, side], self.need_mission, there)
        return able & (able.all(axis=2) & self.mixed[:, None])[:, :, None]

    @cached_property
    def _able(self) -> Ints:
        """[2, N, T] people of each camp who are there and able to serve each need."""
        needs = len(self.needs)
        group = self.camp[self.option_person] * needs + self.option_need
        able = np.zeros((2 * needs, len(self.months)), np.int64)
        for month, there in enumerate((self.capacity > 0).T):
            mine = group if there.all() else group[there[self.option_person]]
            able[:, month] = np.bincount(mine, minlength=2 * needs)
        return able.reshape(2, needs, len(self.months))


def faults(problem: Problem) -> Iterator[str]:
    """Name what makes a problem impossible or senseless, in words for its maker."""
    sizes = _sizes(problem)
    yield from (f"{name} is {has}, not {want}" for name, has, want in sizes)
    if sizes:
        return
    for name in ("capacity", "demand", "weight", "team", "misfit", "seats"):
        if (getattr(problem, name) < 0).any():
            yield f"{name} is below zero"
    if problem.join < 0 or problem.missing < 0:
        yield "join or missing is below zero"
    if not 1 <= problem.most_missions <= HOLDERS or problem.least_units < 1:
        yield "most_missions is not 1 or 2, or least_units is below 1"
    yield from _fixed_faults(problem)


def _sizes(problem: Problem) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    people, missions, needs, months, options = (
        len(problem.people),
        len(problem.missions),
        len(problem.needs),
        len(problem.months),
        len(problem.option_need),
    )
    wanted = {
        "capacity": (people, months),
        "camp": (people,),
        "demand": (needs, months),
        "weight": (needs,),
        "key": (needs,),
        "mixed": (missions,),
        "team": (missions,),
        "option_start": (people + 1,),
        "misfit": (options,),
        "seats": (len(problem.seats), 3),
        "closed": (len(problem.closed), 3),
        "fixed": (len(problem.fixed), 4),
    }
    if problem.moves is not None:
        wanted["moves"] = (months,)
    shapes = ((name, getattr(problem, name).shape, at) for name, at in wanted.items())
    return [(name, has, at) for name, has, at in shapes if has != at]


def _fixed_faults(problem: Problem) -> Iterator[str]:
    """Name the accepted seats that break a rule by themselves."""
    given = np.zeros_like(problem.capacity)
    filled = np.zeros_like(problem.demand)
    seats: dict[tuple[int, int, int], int] = {}
    pairs = zip(problem.option_person, problem.option_need, strict=True)
    options = {(int(person), int(need)) for person, need in pairs}
    for person, need, month, units in problem.fixed.tolist():
        where = f"{problem.people[person]} in {problem.months[month]}"
        if units < 1 or (person, need) not in options:
            yield f"fixed: {where} has no such option, or no units"
        given[person, month] += units
        filled[need, month] += units
        seat = (person, int(problem.need_mission[need]), month)
        seats[seat] = seats.get(seat, 0) + units
    closed = set(map(tuple, problem.closed.tolist()))
    held = np.zeros_like(problem.capacity)
    teams = np.zeros((len(problem.missions), len(problem.months)), np.int64)
    for (person, mission, month), units in seats.items():
        held[person, month] += 1
        teams[mission, month] += 1
        where = f"{problem.people[person]} in {problem.months[month]}"
        if units < problem.least_units:
            yield f"fixed: {where} has a seat below the smallest"
        if (person, mission, month) in closed:
            yield f"fixed: {where} sits where it is closed"
    for person, month in np.argwhere(
        (given > problem.capacity) | (held > problem.most_missions)
    ):
        where = f"{problem.people[person]} in {problem.months[month]}"
        yield f"fixed: {where} gives too much or sits in too many missions"
    for need, month in np.argwhere(filled > problem.demand):
        mission, skill, _ = problem.needs[need]
        where = f"{problem.missions[mission]}, {skill} in {problem.months[month]}"
        yield f"fixed: {where} gets more than it asks"
    for mission, month in np.argwhere(teams > problem.team[:, None]):
        where = f"{problem.missions[mission]} in {problem.months[month]}"
        yield f"fixed: {where} has more people than its team holds"
