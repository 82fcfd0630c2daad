"""Lay the steps of all changes at once, column by column, and make routes of them."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from weft.engines.simulation.kernel import Routes, Station
from weft.engines.simulation.models.effort import Effort

Flags = NDArray[np.bool_]
Sums = NDArray[np.float64]


class Purpose(IntEnum):
    """What a step is for; up to LIAISON it is not yet decided."""

    DECIDING = 0
    LIAISON = 1
    WORK = 2
    REWORK = 3
    SPECIALIST = 4
    PLATFORM = 5
    ASKING = 6
    RELEASE = 7


class Layout(NamedTuple):
    """How few people are laid out: folded pools, the number of teams, specialists."""

    folded: tuple[str, ...] = ()
    teams: int = 1
    specialists: int = 1


class Column(NamedTuple):
    """A step that some changes take: where, for how long, and what for."""

    who: Flags
    """[N] which ones; W of them."""
    station: NDArray[np.int32]
    """[W]"""
    days: NDArray[np.float64]
    """[W]"""
    purpose: Purpose


class Laid(NamedTuple):
    """Routes, and what each of their steps is for."""

    routes: Routes
    purpose: NDArray[np.int8]


class Laying:
    """Stations by name, and columns in the order in which a change takes them."""

    def __init__(self, effort: Effort, layout: Layout, days: float) -> None:
        """Begin with no station. days: so long do changes come."""
        self.effort, self.layout, self.days = effort, layout, days
        self.demand = effort.demand
        self.count = len(self.demand.arrival)
        self.all = np.ones(self.count, np.bool_)
        self.stations: list[Station] = []
        self._numbers: dict[str, int] = {}
        self.columns: list[Column] = []
        self.free: list[int] = []
        """Stations whose number of people is not given: they are staffed at best."""

    def station(self, station: Station, *, free: bool = False) -> int:
        """Put a station up, once, and give its number."""
        number = self._numbers.setdefault(station.name, len(self.stations))
        if number == len(self.stations):
            self.stations.append(station)
            if free:
                self.free.append(number)
        return number

    def step(
        self,
        station: ArrayLike,
        days: ArrayLike,
        purpose: Purpose,
        who: Flags | None = None,
    ) -> None:
        """Have some changes, or all, take a step next."""
        who = self.all if who is None else who
        count = self.count if who is self.all else int(who.sum())

        def theirs(found: NDArray[Any]) -> NDArray[Any]:
            if found.ndim and who is not self.all:
                found = found[who]
            return np.broadcast_to(found, count)

        at, each = np.asarray(station, np.int32), np.asarray(days, np.float64)
        self.columns.append(Column(who, theirs(at), theirs(each), purpose))

    def laid(self) -> Laid:
        """Give the routes of all changes."""
        start = np.zeros(self.count + 1, np.int64)
        for column in self.columns:
            start[1:] += column.who
        np.cumsum(start, out=start)
        station = np.empty(start[-1], np.int32)
        service = np.empty(start[-1], np.float64)
        purpose = np.empty(start[-1], np.int8)
        at = start[:-1].copy()
        for column in self.columns:
            who = np.flatnonzero(column.who)
            here = at[who]
            station[here] = column.station
            service[here] = column.days
            purpose[here] = column.purpose
            at[who] += 1
        arrival, priority = self.demand.arrival, self.demand.urgent
        return Laid(Routes(arrival, priority, start, station, service), purpose)

    def sums(self) -> tuple[Sums, Sums, Sums]:
        """Give of each station how often it is visited, its days, and their squares."""
        visits, days, squares = np.zeros((3, len(self.stations)))
        for column in self.columns:
            at, each = column.station, column.days
            visits += np.bincount(at, minlength=len(visits))
            days += np.bincount(at, each, len(visits))
            squares += np.bincount(at, each * each, len(visits))
        return visits, days, squares

    def gate(self, name: str, period: str, purpose: Purpose, who: Flags) -> None:
        """Have some changes wait for what opens once in a period, where it is not 0.

        It opens for as long as anybody could still wait.
        """
        each = self.effort.model.value(period)
        if each:
            times = tuple(np.arange(0, int(4 * self.days / each) + 2) * each)
            gate = self.station(Station(name, "gate", openings=times))
            self.step(gate, 0.0, purpose, who)
