"""Run the changes of a firm through its stations, and keep when each step happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from weft.engines.simulation.kernel.draws import Floats
from weft.engines.simulation.kernel.routes import Routes, Sharing, Shift, Station
from weft.errors import InputError

if TYPE_CHECKING:
    from weft.engines.simulation.kernel.loop import Plan, State

KINDS: Final = ("queue", "delay", "gate")
_MOVES: Final = 1_000_000


class Run(NamedTuple):
    """When everything happened. What did not happen is NaN.

    Step k of `routes` was waited for from entered[k] to started[k], and then took
    service[k] (nothing at a gate); the next one of the same change is entered then.
    """

    stations: tuple[Station, ...]
    routes: Routes
    entered: Floats
    """[K]"""
    started: Floats
    """[K] when work began, the delay did, or the gate opened."""
    done: Floats
    """[N]"""
    moves: Floats
    """[M, 3] when somebody moved, from which station, to which."""
    events: int

    @property
    def lead(self) -> Floats:
        """Give the time from arrival to the end, of each change."""
        return np.asarray(self.done - self.routes.arrival)

    @property
    def wait(self) -> Floats:
        """Give the wait before each step."""
        return np.asarray(self.started - self.entered)

    def by_change(self, steps: NDArray[np.generic]) -> Floats:
        """Add a figure of each step up, for each change."""
        start = self.routes.start
        sums = np.zeros(len(steps) + 1)
        np.cumsum(steps, out=sums[1:])
        return np.asarray(sums[start[1:]] - sums[start[:-1]])


def simulate(
    stations: Sequence[Station],
    routes: Routes,
    *,
    sharing: Sharing | None = None,
    shifts: Sequence[Shift] = (),
    until: float = np.inf,
) -> Run:
    """Run every change along its route, to the end or until a time.

    All that is random lies in the routes already, so the same input gives the same
    bits, compiled or not. Raises InputError for routes that no station can take.
    """
    from weft.engines.simulation.kernel.loop import (  # noqa: PLC0415, loads Numba
        EVENTS,
        MOVES,
        run,
    )

    _check(stations, routes)
    plan = plan_of(stations, routes, sharing, shifts, until)
    state = state_of(stations, plan, _MOVES if sharing else 0)
    run(plan, state)
    return Run(
        stations=tuple(stations),
        routes=routes,
        entered=state.entered,
        started=state.started,
        done=state.done,
        moves=state.moved[: state.tally[MOVES]].copy(),
        events=int(state.tally[EVENTS]),
    )


def _check(stations: Sequence[Station], routes: Routes) -> None:
    """Refuse what the loop would read past the end of, or turn round in."""
    start, arrival = routes.start, routes.arrival
    shapes = (len(arrival) == len(routes.priority) == len(start) - 1) and (
        len(routes.station) == len(routes.service) == start[-1] and start[0] == 0
    )
    if not shapes or (np.diff(start) < 0).any():
        raise InputError("The routes do not fit together.", do="Give each its steps.")
    if len(arrival) and not (np.diff(arrival, prepend=0.0) >= 0).all():
        raise InputError("Changes do not come in order.", do="Sort them by arrival.")
    known = (routes.station >= 0) & (routes.station < len(stations))
    if not known.all():
        raise InputError("A route leads to no station.", do="Name only stations.")
    if not (np.isfinite(routes.service) & (routes.service >= 0)).all():
        raise InputError("A step takes no time that there is.", do="Give 0 or more.")
    if len(arrival) and not 0 <= routes.priority.min() <= routes.priority.max() < 100:  # noqa: PLR2004
        raise InputError("No class is so low.", do="Use classes from 0 to 99.")


def plan_of(
    stations: Sequence[Station],
    routes: Routes,
    sharing: Sharing | None = None,
    shifts: Sequence[Shift] = (),
    until: float = np.inf,
) -> Plan:
    """Lay everything out in arrays, as the loop reads it."""
    from weft.engines.simulation.kernel.loop import Plan  # noqa: PLC0415

    ordered = sorted(shifts, key=lambda shift: shift.time)
    openings = [np.sort(np.asarray(s.openings, np.float64)) for s in stations]
    share = sharing or Sharing((), np.inf)
    return Plan(
        kind=np.array([KINDS.index(s.kind) for s in stations], np.int8),
        gates=np.cumsum([0, *map(len, openings)], dtype=np.int64),
        openings=np.concatenate([*openings, np.empty(0)]),
        # A copy: what may not be written to would be compiled once more.
        arrival=np.array(routes.arrival, np.float64),
        priority=np.ascontiguousarray(routes.priority, np.int8),
        start=np.ascontiguousarray(routes.start, np.int64),
        station=np.ascontiguousarray(routes.station, np.int32),
        service=np.ascontiguousarray(routes.service, np.float64),
        shift_time=np.array([s.time for s in ordered], np.float64),
        shift_station=np.array([s.station for s in ordered], np.int64),
        shift_people=np.array([s.people for s in ordered], np.int64),
        teams=np.array(share.teams, np.int64),
        first=float(share.first or share.period),
        period=float(share.period),
        onboarding=float(share.onboarding),
        hysteresis=float(share.hysteresis),
        most=share.most,
        until=float(until),
    )


def state_of(stations: Sequence[Station], plan: Plan, moves: int = 0) -> State:
    """Give an empty world in which nothing has happened yet."""
    from weft.engines.simulation.kernel.loop import State  # noqa: PLC0415

    changes, steps, places = len(plan.arrival), len(plan.station), len(stations)
    classes = int(plan.priority.max(initial=0)) + 1
    people = np.array([s.people for s in stations], np.int64)
    return State(
        capacity=people.copy(),
        busy=np.zeros(places, np.int64),
        people=people,
        waiting=np.zeros(places, np.int64),
        opening=plan.gates[:-1].copy(),
        head=np.full((places, classes), -1, np.int32),
        tail=np.full((places, classes), -1, np.int32),
        follows=np.empty(changes, np.int32),
        at=np.zeros(changes, np.int64),
        time=np.empty(changes + moves + 1),
        key=np.empty(changes + moves + 1, np.int64),
        tally=np.zeros(4, np.int64),
        entered=np.full(steps, np.nan),
        started=np.full(steps, np.nan),
        done=np.full(changes, np.nan),
        moved=np.empty((moves, 3)),
    )
