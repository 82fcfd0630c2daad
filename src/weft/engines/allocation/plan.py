"""The answer of a round: who sits where, what it costs, how far from the best it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from weft.engines.allocation.problem import Floats, Ints, Problem

Ended = Literal["proven", "done", "time", "cancelled"]
"""proven: no plan is better. done: all that was to be tried was tried. time, cancelled:
the best plan there was until then."""


@dataclass(frozen=True)
class Cost:
    """Points by cause."""

    open: int
    """Units that nobody gives, by the weight of their need."""
    misfit: int
    joining: int
    missing: int
    """Second holders and camps that are missing."""

    @property
    def total(self) -> int:
        """What a round makes as small as it can."""
        return self.open + self.misfit + self.joining + self.missing


@dataclass(frozen=True, eq=False)
class Plan:
    """Who gives how much to which need in which month."""

    given: Ints
    """[., 4] (person, need, month, units), in this order, each triple once."""
    open: Ints
    """[N, T] units that nobody gives."""
    missing_holders: Ints
    """[N, T] people missing on critical needs."""
    missing_camps: Ints
    """[M, T] camps missing in missions where people sit."""
    begun: Ints
    """[T] seats of people who did not sit in that mission the month before."""
    joined: int
    """Units in a mission beyond those a person had there the month before."""
    cost: Cost
    bound: float
    """No plan that keeps the rules costs fewer points than this: for all options."""
    prices: Floats
    """[N, T] points one more unit of a need would save, about; at most its weight. A
    need that is open below its weight was left open by the search, not by want."""
    ended: Ended

    @property
    def gap(self) -> float:
        """How much dearer than the best possible the plan is at most: 0.03 for 3 %."""
        over = max(self.cost.total - self.bound, 0.0)
        return over / self.cost.total if over else 0.0


@dataclass(frozen=True, eq=False)
class Seats:
    """Units by pair of person and mission and by month, of all pairs that ever sit."""

    problem: Problem
    given: Ints

    @cached_property
    def pairs(self) -> Ints:
        """[K] person times M plus mission, rising: of all seats, today's too."""
        seats = self.problem.seats
        return np.unique(
            np.concatenate([self._pair, self._key(seats[:, 0], seats[:, 1])])
        )

    @cached_property
    def units(self) -> Ints:
        """[K, T + 1] units of each pair, today's first."""
        seats = self.problem.seats
        units = np.zeros((len(self.pairs), len(self.problem.months) + 1), np.int64)
        today = np.searchsorted(self.pairs, self._key(seats[:, 0], seats[:, 1]))
        units[today, 0] = seats[:, 2]
        row = np.searchsorted(self.pairs, self._pair)
        np.add.at(units, (row, self.given[:, 2] + 1), self.given[:, 3])
        return units

    @property
    def person(self) -> Ints:
        """[K] the person of each pair."""
        return self.pairs // max(len(self.problem.missions), 1)

    @property
    def mission(self) -> Ints:
        """[K] the mission of each pair."""
        return self.pairs % max(len(self.problem.missions), 1)

    @property
    def _pair(self) -> Ints:
        return self._key(self.given[:, 0], self.problem.need_mission[self.given[:, 1]])

    def _key(self, person: Ints, mission: Ints) -> Ints:
        return person * len(self.problem.missions) + mission


def plan_of(
    problem: Problem, given: Ints, bound: float, prices: Floats, ended: Ended
) -> Plan:
    """Give the plan of what each gives, with its cost and what it leaves open.

    given: [., 4] (person, need, month, units) in any order, units of one triple are
    added up. Not checked: see `checking.check`.
    """
    given = _tidy(problem, given)
    left = problem.demand.copy()
    np.subtract.at(left, (given[:, 1], given[:, 2]), given[:, 3])
    seats = Seats(problem, given)
    rise = np.maximum(np.diff(seats.units, axis=1), 0)
    began = (seats.units[:, 1:] > 0) & (seats.units[:, :-1] == 0)
    holders = _missing_holders(problem, seats)
    camps = _missing_camps(problem, seats)
    cost = Cost(
        open=int((left * problem.weight[:, None]).sum()),
        misfit=int((_misfit(problem, given) * given[:, 3]).sum()),
        joining=int(rise.sum()) * problem.join,
        missing=int(holders.sum() + camps.sum()) * problem.missing,
    )
    return Plan(
        given=given,
        open=left,
        missing_holders=holders,
        missing_camps=camps,
        begun=began.sum(axis=0),
        joined=int(rise.sum()),
        cost=cost,
        bound=bound,
        prices=prices,
        ended=ended,
    )


def _tidy(problem: Problem, given: Ints) -> Ints:
    """Add up what is given twice, leave out what is nothing, and put it in order."""
    needs, months = problem.demand.shape
    key = (given[:, 0] * needs + given[:, 1]) * months + given[:, 2]
    keys, at = np.unique(key, return_inverse=True)
    units = np.zeros(len(keys), np.int64)
    np.add.at(units, at, given[:, 3])
    parts = (keys // (needs * months), keys // months % needs, keys % months, units)
    return np.column_stack(parts)[units > 0]


def _misfit(problem: Problem, given: Ints) -> Ints:
    """Give the points of one unit of each row."""
    needs = len(problem.needs)
    keys = problem.option_person * needs + problem.option_need
    order = np.argsort(keys)
    wanted = given[:, 0] * needs + given[:, 1]
    return problem.misfit[order[np.searchsorted(keys[order], wanted)]]


def _missing_holders(problem: Problem, seats: Seats) -> Ints:
    """Count people on the mission who could do a key need, seated for it or not."""
    there = np.zeros(problem.demand.shape, np.int64)
    key = problem.key[problem.option_need]
    need = problem.option_need[key]
    pair = problem.option_person[key] * len(problem.missions)
    pair += problem.option_mission[key]
    row = np.searchsorted(seats.pairs, pair)
    sits = row < len(seats.pairs)
    sits[sits] = seats.pairs[row[sits]] == pair[sits]
    np.add.at(there, need[sits], seats.units[row[sits], 1:] > 0)
    lacking: Ints = np.maximum(problem.wanted_holders - there, 0)
    return lacking


def _missing_camps(problem: Problem, seats: Seats) -> Ints:
    shape = (len(problem.missions), len(problem.months), 2)
    there = np.zeros(shape, np.bool_)
    camp = problem.camp[seats.person]
    for side in (0, 1):
        mine = camp == side
        np.logical_or.at(
            there[:, :, side], seats.mission[mine], seats.units[mine, 1:] > 0
        )
    anyone = there[:, :, 0] | there[:, :, 1]
    lacking: Ints = (problem.wanted_camps & ~there).sum(axis=2)
    return np.where(anyone, lacking, 0)
