"""What pools and missions have in common: scarce specialists, and a shared platform."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from weft.engines.simulation.kernel import Station
from weft.engines.simulation.models.laying import Flags, Laying, Purpose

POOLED = "specialists"
SPLIT = "specialist of some teams"


def specialists(
    lay: Laying,
    who: Flags,
    team: NDArray[np.int64],
) -> None:
    """Have a scarce specialist do a part: of a pool, or the one of the own team.

    Split over teams, each has a queue of their own, and loses time by each change
    between teams where there are more teams than specialists.
    """
    value, demand = lay.effort.model.value, lay.demand
    who = who & demand.specialist
    if not value("embedded"):
        pool = lay.station(Station(POOLED, people=lay.layout.specialists))
        over = lay.effort.add("handing over", value("handoff") * who)
        lay.step(pool, demand.specialist_days + over, Purpose.SPECIALIST, who)
        lay.effort.add("scarce specialists", demand.specialist_days * who)
        return
    count = min(lay.layout.specialists, max(lay.layout.teams, 1))
    each, more = divmod(lay.layout.specialists, count)
    first = len(lay.stations)
    for i in range(count):
        lay.station(Station(f"{SPLIT} {i + 1}", people=each + (i < more)))
    switches = value("switching") if lay.layout.teams > lay.layout.specialists else 0.0
    lost = lay.effort.add("specialists switching teams", switches * who)
    days = demand.specialist_days + lost
    lay.step(first + team % count, days, Purpose.SPECIALIST, who)
    lay.effort.add("scarce specialists", demand.specialist_days * who)


def platform(lay: Laying, station: int) -> None:
    """Have the shared platform do its part."""
    who = lay.demand.platform
    over = lay.effort.add("handing over", lay.effort.model.value("handoff") * who)
    days = lay.effort.add("platform", lay.demand.platform_days * who)
    lay.step(station, days + over, Purpose.PLATFORM, who)
