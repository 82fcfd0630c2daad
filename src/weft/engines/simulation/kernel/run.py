"""Run the changes of a firm through its stations, and keep when each step happened."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType
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
    started: Floats
    """[K] when work began, the delay did, or the gate opened."""
    done: Floats
    """[N]"""
    moves: Floats
    """[M, 3] when somebody moved, from which station, to which."""
    events: int
    until: float = np.inf
    """What happened later is not told."""

    @property
    def entered(self) -> Floats:
        """Give when each step was waited for: [K] as the one before it ended."""
        came = np.empty_like(self.started)
        np.add(self.started[:-1], self.routes.service[:-1], out=came[1:])
        first = self.routes.start[:-1][np.diff(self.routes.start) > 0]
        came[first] = self.routes.arrival[np.diff(self.routes.start) > 0]
        if np.isfinite(self.until):
            came[came > self.until] = np.nan
        return came

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
    enough: float = np.inf,
) -> Run:
    """Run every change along its route, to the end or until a time.

    enough: it ends too once all who came before this time are done, but not before it.
    All that is random lies in the routes already, so the same input gives the same
    bits, compiled or not. Raises InputError for routes that no station can take.
    """
    from weft.engines.simulation.kernel.loop import (  # noqa: PLC0415, loads Numba
        EVENTS,
        MOVES,
        run,
    )

    _check(stations, routes)
    plan = plan_of(stations, routes, sharing, shifts, until=until, enough=enough)
    state = state_of(stations, routes, plan, _MOVES if sharing else 0)
    run(plan, state)
    started = started_of(state)
    moves = state.moved[: state.tally[MOVES]].copy()
    events = int(state.tally[EVENTS])
    del state  # the largest of all that is there
    return Run(
        stations=tuple(stations),
        routes=routes,
        started=started,
        done=_done(routes, started, until),
        moves=moves,
        events=events,
        until=until,
    )


def started_of(state: State) -> Floats:
    """Give when each step began; NaN for those that did not."""
    began = state.work[:, 0]
    return np.where(np.signbit(began), np.nan, began)


def _done(routes: Routes, started: Floats, until: float) -> Floats:
    """Give when the last step of each change ended; with none, it came and was done."""
    done = np.array(routes.arrival, np.float64)
    some = np.diff(routes.start) > 0
    last = routes.start[1:][some] - 1
    done[some] = started[last] + routes.service[last]
    done[done > until] = np.nan
    return done


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
    gates = np.array([station.kind == "gate" for station in stations], np.bool_)
    if gates.any() and routes.service[gates[routes.station]].any():
        raise InputError("A gate takes no time.", do="Give 0 for what it lets through.")
    if len(arrival) and not 0 <= routes.priority.min() <= routes.priority.max() < 100:  # noqa: PLR2004
        raise InputError("No class is so low.", do="Use classes from 0 to 99.")


def plan_of(
    stations: Sequence[Station],
    routes: Routes,
    sharing: Sharing | None = None,
    shifts: Sequence[Shift] = (),
    *,
    until: float = np.inf,
    enough: float = np.inf,
) -> Plan:
    """Lay everything out in arrays, as the loop reads it."""
    from weft.engines.simulation.kernel.loop import Plan  # noqa: PLC0415

    ordered = sorted(shifts, key=lambda shift: shift.time)
    openings = [np.sort(np.asarray(s.openings, np.float64)) for s in stations]
    share = sharing or Sharing((), np.inf)
    start = np.ascontiguousarray(routes.start, np.int64)
    before = int(np.searchsorted(routes.arrival, enough))
    return Plan(
        kind=np.array([KINDS.index(s.kind) for s in stations], np.int8),
        gates=np.cumsum([0, *map(len, openings)], dtype=np.int64),
        openings=np.concatenate([*openings, np.empty(0)]),
        # A copy: what may not be written to would be compiled once more.
        arrival=np.array(routes.arrival, np.float64),
        start=start,
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
        enough=float(enough),
        counted=int(start[before]),
    )


def state_of(
    stations: Sequence[Station], routes: Routes, plan: Plan, moves: int = 0
) -> State:
    """Give a world in which nothing has happened yet."""
    from weft.engines.simulation.kernel import loop  # noqa: PLC0415

    changes, places = len(plan.arrival), len(stations)
    classes = int(routes.priority.max(initial=0)) + 1
    people = np.array([s.people for s in stations], np.int64)
    work = _work(routes, loop)
    lasts = work.view(np.int32)[: plan.counted, loop.WHAT] & loop.LAST
    tally = np.zeros(5, np.int64)
    tally[loop.LEFT] = lasts.sum()
    return loop.State(
        capacity=people.copy(),
        busy=np.zeros(places, np.int64),
        people=people,
        waiting=np.zeros(places, np.int64),
        opening=plan.gates[:-1].copy(),
        head=np.full((places, classes), -1, np.int32),
        tail=np.full((places, classes), -1, np.int32),
        work=work,
        links=work.view(np.int32),
        time=np.full(changes + moves + 5, np.inf),
        key=np.full(changes + moves + 5, loop.NEVER),
        tally=tally,
        moved=np.empty((moves, 3)),
    )


def _work(routes: Routes, loop: ModuleType) -> Floats:
    """Lay all steps out, with what each is and takes, as the loop reads it."""
    work = np.empty((len(routes.station), 2))
    np.negative(routes.service, out=work[:, 0])
    what = work.view(np.int32)[:, loop.WHAT]
    lengths = np.diff(routes.start)
    classes = np.asarray(routes.priority, np.int32) << loop.CLASS
    what[:] = np.repeat(classes, lengths)
    what |= np.asarray(routes.station, np.int32) << loop.PLACE
    what[routes.start[1:][lengths > 0] - 1] |= loop.LAST
    return work
