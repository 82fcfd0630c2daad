"""Each model at its own best: people go where one more shortens waiting most."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import NamedTuple

from weft.engines.simulation.models.laying import Laying


class Offered(NamedTuple):
    """What comes to a station: visits a day, days of work in one, and its variation."""

    visits: float
    work: float
    variation: float

    @property
    def load(self) -> float:
        """Give how many people it keeps busy."""
        return self.visits * self.work


class Shared(NamedTuple):
    """People of each station, and the days that all who come in a day then take."""

    people: list[int]
    days: float


def offered(lay: Laying, days: float) -> list[Offered]:
    """Count what comes to each station in so many days."""
    found = []
    for n, sum_, square in zip(*lay.sums(), strict=True):
        mean = sum_ / n if n else 0.0
        spread = square / n / mean**2 - 1 if mean else 0.0
        found.append(Offered(float(n / days), float(mean), float(max(spread, 0.0))))
    return found


def staffed(loads: Sequence[Offered], people: int) -> Shared | None:
    """Share people over stations; None where there are too few for so many stations.

    Each gets what it needs to keep up, and each further person goes where the waiting
    of all falls most (Erlang C, with Allen and Cunneen's factor for its variation).
    Where all together cannot keep up, the lack is shared in proportion.
    """
    whole = sum(load.load for load in loads)
    if whole >= people:
        return in_proportion(loads, people) if len(loads) <= people else None
    desks = [_Desk(load) for load in loads]
    if sum(desk.people for desk in desks) > people:
        return None
    heap = [(-desk.gain, i) for i, desk in enumerate(desks)]
    heapq.heapify(heap)
    for _ in range(people - sum(desk.people for desk in desks)):
        _, i = heapq.heappop(heap)
        desks[i].one_more()
        heapq.heappush(heap, (-desks[i].gain, i))
    days = sum(desk.wait + desk.load.load for desk in desks)
    return Shared([desk.people for desk in desks], days)


class _Desk:
    """A station with a number of people, and what one more of them would save."""

    def __init__(self, load: Offered) -> None:
        self.load, self.people, self.blocked = load, 0, 1.0
        while self.people < max(1, int(load.load) + 1):
            self._add()
        self.wait = self._wait()
        self._ahead()

    def _add(self) -> None:
        a = self.load.load
        self.people += 1
        self.blocked = a * self.blocked / (self.people + a * self.blocked)

    def _wait(self) -> float:
        """Give the days that all who come in a day wait together."""
        used = self.load.load / self.people
        waits = self.blocked / (1 - used * (1 - self.blocked))
        each = waits * self.load.work / (self.people - self.load.load)
        return self.load.visits * each * (1 + self.load.variation) / 2

    def _ahead(self) -> None:
        """Look one person ahead."""
        self.now = self.people, self.blocked, self.wait
        self._add()
        self.next = self.people, self.blocked, self._wait()
        self.people, self.blocked, self.wait = self.now
        self.gain = self.wait - self.next[2]

    def one_more(self) -> None:
        self.people, self.blocked, self.wait = self.next
        self._ahead()


def in_proportion(loads: Sequence[Offered], people: int) -> Shared:
    """Share in proportion to the load, one at least (largest remainders)."""
    whole = sum(load.load for load in loads)
    rest = people - len(loads)
    exact = [load.load / whole * rest for load in loads]
    found = [int(x) for x in exact]
    order = sorted(range(len(loads)), key=lambda i: (found[i] - exact[i], i))
    for i in order[: rest - sum(found)]:
        found[i] += 1
    return Shared([1 + n for n in found], float("inf"))
