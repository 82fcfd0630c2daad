"""The steps of every change in the old way of working, and in the new one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from weft.engines.simulation.kernel import Station
from weft.engines.simulation.kernel.draws import Floats
from weft.engines.simulation.models.compiled import effort_of, lay_out
from weft.engines.simulation.models.demand import Demand
from weft.engines.simulation.models.laying import Laying, Purpose
from weft.engines.simulation.models.model import Model
from weft.engines.simulation.models.setting import MONTH, Setting
from weft.engines.simulation.moving.crews import TEAM, Crews
from weft.engines.simulation.moving.plan import Facts

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
BESIDE = "release of the pools"


class Steps(NamedTuple):
    """Steps of some changes, one after another; those of i begin at start[i]."""

    start: Whole
    station: Whole
    service: Floats
    purpose: Whole

    def of(self, who: Whole, begun: Whole | None = None) -> Steps:
        """Give the steps of some changes. begun: the step that each has come to."""
        first = self.start[who] if begun is None else begun
        long = self.start[who + 1] - first
        start = np.concatenate([[0], np.cumsum(long)])
        index = np.repeat(first - start[:-1], long) + np.arange(start[-1])
        return self._at(start, index)

    def kept(self, keep: Flags) -> Steps:
        """Give the steps without some of them."""
        start = np.concatenate([[0], np.cumsum(keep)])[self.start]
        return self._at(start, np.flatnonzero(keep))

    def _at(self, start: Whole, index: Whole) -> Steps:
        station, service, purpose = self.station, self.service, self.purpose
        return Steps(start, station[index], service[index], purpose[index])

    @property
    def whose(self) -> Whole:
        """Give of each step whose it is."""
        return np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))


def joined(parts: list[Steps]) -> Steps:
    """Put the steps of several lots of changes one after another."""
    ends = np.cumsum([0, *(len(part.station) for part in parts)])
    start = [part.start[:-1] + at for part, at in zip(parts, ends, strict=False)]
    return Steps(
        np.concatenate([*start, ends[-1:]]),
        np.concatenate([part.station for part in parts]),
        np.concatenate([part.service for part in parts]),
        np.concatenate([part.purpose for part in parts]),
    )


class Ways(NamedTuple):
    """Both ways through the same stations.

    old, new: steps of every change. slower: days that each takes more in the new way
    as its mission has just moved. beside: days of work with who has not moved yet.
    """

    stations: tuple[Station, ...]
    old: Steps
    new: Steps
    slower: Floats
    beside: Floats

    def at(self, name: str) -> int:
        """Give the number of a queue by its name, -1 where there is none."""
        names = [s.name if s.kind == "queue" else "" for s in self.stations]
        return names.index(name) if name in names else -1


class Both(NamedTuple):
    """The two models on one firm, who sits where, and the figures of the move."""

    before: Model
    after: Model
    setting: Setting
    crews: Crews
    facts: Facts

    def team(self, demand: Demand) -> Whole:
        """Give the mission of each change."""
        return demand.domain * len(self.crews.teams) // len(self.setting.domains)

    def since(self, demand: Demand) -> Floats:
        """Give the day on which the mission of each change moves; inf for never."""
        day = np.full(len(self.crews.teams), np.inf)
        for wave in self.crews.waves:
            day[list(wave.teams)] = wave.day
        return np.asarray(day[self.team(demand)])


def ways_of(both: Both, demand: Demand, days: float) -> Ways:
    """Lay both ways out for a demand."""
    old = _laying(both, both.before, demand, days)
    new = _laying(both, both.after, demand, days)
    beside = _beside(both, demand, new.lay, days)
    places = _Places()
    return Ways(
        old=places.steps("old", old.lay),
        new=places.steps("new", new.lay),
        stations=tuple(places.stations),
        slower=new.slower,
        beside=beside,
    )


class _Places:
    """The stations of both ways, each once."""

    def __init__(self) -> None:
        self.stations: list[Station] = []
        self._at: dict[tuple[str, str], int] = {}

    def steps(self, side: str, lay: Laying) -> Steps:
        """Give the steps of all changes in one way."""
        laid = lay.laid()
        numbers = np.array([self._number(side, each) for each in lay.stations])
        return Steps(
            laid.routes.start.astype(np.int64),
            numbers[laid.routes.station],
            laid.routes.service,
            laid.purpose.astype(np.int64),
        )

    def _number(self, side: str, station: Station) -> int:
        """Give the place of a station: queues of one name are one for both ways.

        Gates and delays belong to their own.
        """
        key = ("" if station.kind == "queue" else side, station.name)
        if key not in self._at:
            self._at[key] = len(self.stations)
            self.stations.append(station)
        return self._at[key]


class _Laid(NamedTuple):
    lay: Laying
    slower: Floats


def _laying(both: Both, model: Model, demand: Demand, days: float) -> _Laid:
    """Lay a way out; who has just moved is slower in the new one, and ever less so."""
    layout = (both.crews.old if model is both.before else both.crews.new).layout
    effort = effort_of(model, demand, layout, np.inf)
    steady = effort.factor
    if model is both.after:
        lasts = both.facts["dip_months"].value * MONTH
        age = np.maximum(demand.arrival - both.since(demand), 0.0)
        left = np.maximum(1 - age / lasts, 0.0) if lasts else np.zeros(len(age))
        effort.times("what is new", 1 + both.facts["dip"].value * left)
    lay = lay_out(model, both.setting, effort, layout, days)
    return _Laid(lay, np.asarray(effort.base * (effort.factor - steady)))


def _beside(both: Both, demand: Demand, lay: Laying, days: float) -> Floats:
    """Have a mission that has moved agree with who has not, where a change needs both.

    Such a change is handed to development in the pools too, and goes out with their
    next release. Whether it does is the luck of the change: it touches what others own,
    and that has not moved with the share of changes whose missions have not.
    """
    crews = both.crews
    stage = np.searchsorted([wave.day for wave in crews.waves], demand.arrival)
    moved = np.array(crews.moved)[stage]
    after = demand.arrival > both.since(demand)
    who = after & demand.core & (demand.fast >= moved) & (moved < 1)
    value = both.before.value
    cost = np.where(who, value("handoff"), 0.0)
    pool = lay.station(Station("development"), free=True)
    lay.step(pool, cost, Purpose.ASKING, who)
    if value("release_period"):
        period = value("release_period")
        times = tuple(np.arange(0, int(4 * days / period) + 2) * period)
        gate = lay.station(Station(BESIDE, "gate", openings=times))
        lay.step(gate, 0.0, Purpose.RELEASE, who)
    return cost


def names_of(teams: int) -> list[str]:
    """Give the names of the queues of missions."""
    return [f"{TEAM}{i + 1}" for i in range(teams)]
