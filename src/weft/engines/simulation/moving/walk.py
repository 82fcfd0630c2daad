"""One way through the move: the changes of one demand, from wave to wave.

Between two waves nothing but the changes themselves moves, so each part is one run of
the kernel. At a wave it is stopped, people and what is under way take their new
places, and the next part goes on from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np

from weft.engines.simulation.kernel import Run, Sharing, Shift, Station, simulate
from weft.engines.simulation.kernel.draws import Floats
from weft.engines.simulation.kernel.routes import Routes
from weft.engines.simulation.models.demand import Demand
from weft.engines.simulation.models.laying import Purpose
from weft.engines.simulation.models.shape import POOLED
from weft.engines.simulation.moving.ways import (
    BESIDE,
    Both,
    Steps,
    Whole,
    joined,
    names_of,
    ways_of,
)


class Walked(NamedTuple):
    """When each change was done; and what the move took in days of people, by cause."""

    done: Floats
    took: Mapping[str, float]


def walk(both: Both, demand: Demand, days: float) -> Walked:
    """Run the changes of a demand through the move, to the end of the last."""
    walker = _Walker(both, demand, days)
    walker.part(0, _until(both, 0))
    for stage in range(1, len(both.crews.pools)):
        walker.wave(stage)
        walker.part(stage, _until(both, stage))
    return walker.walked()


def _until(both: Both, stage: int) -> float:
    waves = both.crews.waves
    return waves[stage].day if stage < len(waves) else np.inf


class _Walker:
    """The changes under way, and the people of each mission that has moved."""

    def __init__(self, both: Both, demand: Demand, days: float) -> None:
        self.both, self.demand = both, demand
        self.ways = ways_of(both, demand, days)
        self.team = both.team(demand)
        self.queues = [self.ways.at(n) for n in names_of(len(both.crews.teams))]
        self.done = np.full(len(demand.arrival), np.nan)
        self.new = np.zeros(len(demand.arrival), np.bool_)
        """Which changes have taken the new way."""
        self.now = -1.0
        self.people: dict[int, int] = {}
        """Who is in each mission that has moved."""
        self.coming: list[Shift] = []
        """Who is on the way to one."""
        self.under: Whole = np.empty(0, np.int64)
        """Changes under way, in the order in which they are taken up again."""
        self.left = self.ways.old.of(self.under)
        """What is still to do of each."""
        self.slower = self.handed = 0.0

    def wave(self, stage: int) -> None:
        """Have missions move: their people leave the pools, and begin once onboarded.

        What is under way for them goes along.
        """
        facts, crews = self.both.facts, self.both.crews
        teams = crews.waves[stage - 1].teams
        day = self.now + facts["onboarding"].value
        for team in teams:
            here = crews.teams[team] if day <= self.now else 0
            self.people[team] = here
            if not here:
                shift = Shift(day, self.queues[team], crews.teams[team])
                self.coming.append(shift)
        goes = np.isin(self.team[self.under], teams) & ~self.new[self.under]
        stay, go = np.flatnonzero(~goes), np.flatnonzero(goes)
        who = self.under[go]
        over = taken_over(
            self.ways.old.of(who),
            self.left.of(go),
            self.ways.new.of(who),
            facts["takeover"].value,
        )
        self.new[who] = True
        self.handed += over.handed
        self.slower += float((over.share * self.ways.slower[who]).sum())
        self.under = np.concatenate([self.under[stay], who])
        self.left = joined([self.left.of(stay), over.steps])
        if crews.moved[stage] == 1.0:
            self.left = self.left.kept(~np.isin(self.left.station, self._gone()))

    def _gone(self) -> list[int]:
        """Give what is no more once all have moved: pools, and what went with them."""
        names = [s.name for s in self.ways.stations]
        pools = set(self.both.crews.pools[0]) - set(self.both.crews.pools[-1])
        return [
            i
            for i, name in enumerate(names)
            if name == BESIDE or (name in pools and i not in self.queues)
        ]

    def part(self, stage: int, until: float) -> None:
        """Run up to the next wave."""
        came, now = self.demand.arrival, self.now
        fresh = np.flatnonzero((came > now) & (came <= until))
        moved = np.isin(self.team[fresh], list(self.people))
        self.new[fresh] = moved
        self.slower += float(self.ways.slower[fresh[moved]].sum())
        both = joined([self.ways.old, self.ways.new])
        steps = both.of(fresh + moved * len(came))
        who = np.concatenate([self.under, fresh])
        whole = joined([self.left, steps])
        arrival = np.concatenate([np.full(len(self.under), max(now, 0.0)), came[fresh]])
        run = simulate(
            self._stations(stage),
            Routes(arrival, self.demand.urgent[who], *whole[:3]),
            sharing=self._sharing(),
            shifts=self.coming,
            until=until,
        )
        self.done[who] = run.done
        if np.isfinite(until):
            self._stop(run, who, whole, until)

    def _stop(self, run: Run, who: Whole, whole: Steps, now: float) -> None:
        """Keep what is under way, how far it is, and who sits where."""
        self.now = now
        under = np.flatnonzero(np.isnan(run.done))
        entered = np.concatenate([[0], np.cumsum(~np.isnan(run.entered))])
        seen = entered[whole.start[1:]] - entered[whole.start[:-1]]
        at = (whole.start[:-1] + seen - 1)[under]
        gates = np.array([s.kind == "gate" for s in self.ways.stations])
        waits = np.isnan(run.started[at]) & ~gates[whole.station[at]]
        # In queues the urgent come first; then who came first, to the step before it
        # where a gate let many in at once.
        urgent = np.where(waits, self.demand.urgent[who[under]], 0)
        before = run.entered[np.maximum(at - 1, whole.start[under])]
        order = np.lexsort((before, run.entered[at], urgent, waits))
        under, at, waits = under[order], at[order], waits[order]
        left = whole.of(under, at)
        ends = run.started[at] + whole.service[at]
        rest = np.where(waits, whole.service[at], np.maximum(ends - now, 0.0))
        left.service[left.start[:-1]] = np.where(gates[whole.station[at]], 0.0, rest)
        self.under, self.left = who[under], left
        self._seats(run, now)

    def _seats(self, run: Run, now: float) -> None:
        """Keep how many people each mission has, and who is on the way to it."""
        onboarding = self.both.after.value("onboarding")
        team = {queue: i for i, queue in enumerate(self.queues)}
        for _, off, _to in run.moves:
            self.people[team[int(off)]] -= 1
        sent = [Shift(float(day) + onboarding, int(to), 1) for day, _, to in run.moves]
        every, self.coming = [*self.coming, *sent], []
        for shift in every:
            if shift.time <= now:
                self.people[team[shift.station]] += shift.people
            else:
                self.coming.append(shift)

    def _stations(self, stage: int) -> list[Station]:
        """Give every place with the people who are there now."""
        people = dict(self.both.crews.pools[stage])
        people[POOLED] = self.both.crews.new.layout.specialists
        for team, here in self.people.items():
            people[self.ways.stations[self.queues[team]].name] = here
        return [
            station._replace(people=people.get(station.name, 0))
            if station.kind == "queue"
            else station
            for station in self.ways.stations
        ]

    def _sharing(self) -> Sharing | None:
        """Give how the missions that have moved share their people anew."""
        value = self.both.after.value
        period = value("redeployment")
        if not period or len(self.people) < 2:  # noqa: PLR2004
            return None
        return Sharing(
            teams=tuple(self.queues[team] for team in sorted(self.people)),
            period=period,
            onboarding=value("onboarding"),
            hysteresis=value("hysteresis"),
            most=max(1, int(np.floor(value("moves") * self.both.setting.people))),
            first=float(np.floor(max(self.now, 0.0) / period) + 1) * period,
        )

    def walked(self) -> Walked:
        """Give what came of it all."""
        crews, facts = self.both.crews, self.both.facts
        movers = sum(crews.teams[i] for wave in crews.waves for i in wave.teams)
        return Walked(
            self.done,
            {
                "onboarding": movers * facts["onboarding"].value,
                "more effort while much is new": self.slower,
                "taking over what others had begun": self.handed,
                "agreeing with who has not moved": float(
                    self.ways.beside[self.new].sum()
                ),
            },
        )


_GROUPS: Final = {
    Purpose.WORK: 1,
    Purpose.REWORK: 1,
    Purpose.SPECIALIST: 2,
    Purpose.PLATFORM: 3,
}
_GROUP: Final = np.array([_GROUPS.get(purpose, 0) for purpose in Purpose])
"""Kinds of work, of which each is handed over by itself; 0 is no work on a change."""


class Over(NamedTuple):
    """The new steps of changes, what was left of each, and the days of handing over."""

    steps: Steps
    share: Floats
    handed: float


def taken_over(old: Steps, left: Steps, new: Steps, takeover: float) -> Over:
    """Give the new steps of changes that move while they are under way.

    old, left: all steps in the old way, and those still to do. Of each kind of work
    the share stays to do that was left. A mission that takes a change over that was
    begun works itself in first, `takeover` days, and does not decide on it again.
    """
    had, rest = _days(old), _days(left)
    share = np.clip(rest / np.where(had > 0, had, 1.0), 0.0, 1.0)
    share[had == 0] = 1.0
    share[:, 0] = 1.0
    begun = rest[:, 1] < had[:, 1] * (1 - 1e-9)
    whose, kind = new.whose, _GROUP[new.purpose]
    service = new.service * share[whose, kind]
    first = np.zeros(len(service), np.bool_)
    mine = np.flatnonzero(kind == 1)
    first[mine[np.unique(whose[mine], return_index=True)[1]]] = True
    service = service + takeover * (first & begun[whose])
    decided = (new.purpose <= Purpose.LIAISON) & begun[whose]
    keep = ~decided & ((kind == 0) | (service > 0))
    steps = new._replace(service=service).kept(keep)
    return Over(steps, share[:, 1], float(begun.sum()) * takeover)


def _days(steps: Steps) -> Floats:
    """Give the days of work of each change, by kind."""
    count = len(steps.start) - 1
    cell = steps.whose * 4 + _GROUP[steps.purpose]
    days = np.bincount(cell, steps.service, count * 4).astype(np.float64)
    return np.asarray(days.reshape(count, 4))
