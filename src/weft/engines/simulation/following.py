"""One request of a firm under several models: the same request, the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from weft.engines.simulation.kernel import Run
from weft.engines.simulation.models import Compiled, Model, Setting
from weft.engines.simulation.models.compiled import compile_model, staffing_of
from weft.engines.simulation.models.demand import draw_demand
from weft.engines.simulation.models.laying import Purpose
from weft.engines.simulation.models.setting import YEAR
from weft.engines.work.lane import Lane, Piece, Tone, lane_of
from weft.errors import InputError

CALENDAR: Final = 365 / YEAR
"""Days of the calendar for each working day: a log and a model have one scale."""
_YEARS: Final = 3
_WAITS: Final = {
    Purpose.DECIDING: "waits for a decision",
    Purpose.LIAISON: "is passed on by a liaison",
    Purpose.ASKING: "asks back what is meant",
    Purpose.RELEASE: "waits for a release",
}
_WORKS: Final = {
    Purpose.WORK: "is worked on",
    Purpose.REWORK: "is done again",
    Purpose.SPECIALIST: "is worked on by a specialist",
    Purpose.PLATFORM: "is worked on at the platform",
}
_LEAST: Final = 1e-6


def follow(models: Sequence[Model], setting: Setting, seed: int) -> tuple[Lane, ...]:
    """Follow the request that is the median one under the first model, under each.

    One demand is drawn for the firm, and every model gets it. Raises InputError where
    no request is done under all of them.
    """
    days = float(_YEARS * YEAR)
    demand = draw_demand(setting, seed, days)
    made = [
        compile_model(m, setting, demand, staffing_of(m, setting, days), days=days)
        for m in models
    ]
    runs = [each.run() for each in made]
    came = demand.arrival
    usable = (came >= YEAR) & (came < (_YEARS - 0.5) * YEAR)
    for run in runs:
        usable &= np.isfinite(run.done)
    there = np.flatnonzero(usable)
    if not len(there):
        raise InputError(
            "No request is done under all of these models.",
            do="Name others, or fewer: --models partnership,pervasive.",
        )
    ordered = there[np.argsort(runs[0].lead[there], kind="stable")]
    one = int(ordered[len(ordered) // 2])
    return tuple(_lane(c, run, one) for c, run in zip(made, runs, strict=True))


def _lane(made: Compiled, run: Run, one: int) -> Lane:
    """Lay out one request: a wait and then what is done, for each step."""
    routes = run.routes
    came = float(routes.arrival[one])
    pieces: list[Piece] = []
    groups: list[int] = []
    for k in range(int(routes.start[one]), int(routes.start[one + 1])):
        station = run.stations[int(routes.station[k])]
        purpose = Purpose(int(made.purpose[k]))
        if station.kind == "queue":
            groups.append(int(routes.station[k]))
        begun, began = float(run.entered[k]), float(run.started[k])
        turn = "waits for its turn"
        says = _WAITS.get(purpose, turn)
        works: Tone = "work" if purpose in _WORKS else "wait"
        ended = began + float(routes.service[k])
        parts: tuple[tuple[float, float, str, Tone], ...] = (
            (begun, began, turn if station.kind == "queue" else says, "wait"),
            (began, ended, _WORKS.get(purpose, says), works),
        )
        pieces += [
            Piece(
                who=station.name[:1].upper() + station.name[1:],
                what=what,
                state=purpose.name.lower(),
                tone=tone,
                since=(since - came) * CALENDAR,
                days=(until - since) * CALENDAR,
            )
            for since, until, what, tone in parts
            if until - since > _LEAST
        ]
    return lane_of(
        f"Simulated: {made.model.title}",
        "a simulation with the model's parameters, which are not fitted to your log;"
        " one request of the firm's demand, the same under each model; working days"
        " told as days of the calendar",
        pieces,
        done=True,
        handoffs=sum(a != b for a, b in pairwise(groups)),
    )
