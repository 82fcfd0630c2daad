"""What a run is fed with: stations, and the route of every change through them."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from weft.engines.simulation.kernel.draws import Floats

Ints = NDArray[np.integer[Any]]
Kind = Literal["queue", "delay", "gate"]


class Station(NamedTuple):
    """Where a change can wait, be worked on, or both.

    queue: `people` serve, first come first served inside a class, the highest class
    first, and finish what they began. delay: everybody at once, for the time on the
    route. gate: waits for the next of the `openings`, in order; who comes at an
    opening is let through, and who comes after the last one stays.
    """

    name: str
    kind: Kind = "queue"
    people: int = 1
    openings: tuple[float, ...] = ()


class Routes(NamedTuple):
    """N changes in the order in which they come, and their steps one after another.

    The steps of change i are those from start[i] to start[i + 1].
    """

    arrival: Floats
    """[N] when it comes, never before the one ahead."""
    priority: Ints
    """[N] its class; 0 is served first."""
    start: Ints
    """[N + 1]"""
    station: Ints
    """[K] where each step is taken."""
    service: Floats
    """[K] the time it takes there once begun; 0 at a gate."""


class Sharing(NamedTuple):
    """Teams that share their people anew every `period`, at least one person each.

    A person goes from the team with the least work a head to the one with the most, as
    long as it would still have less than 1 / `hysteresis` of the other's after the
    move; `most` of them at one time. Who moves is lost to both for `onboarding`. A team
    with nobody takes no part. first: when they do so first; after one period if 0.
    """

    teams: tuple[int, ...]
    period: float
    onboarding: float = 0.0
    hysteresis: float = 1.0
    most: int = 1_000_000
    first: float = 0.0


class Shift(NamedTuple):
    """People who come to a station, or leave it, at a time that is known before."""

    time: float
    station: int
    people: int
