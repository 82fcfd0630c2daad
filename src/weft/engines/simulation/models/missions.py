"""Missions: a team that owns an outcome does all of a change, and asks few others."""

from __future__ import annotations

import numpy as np

from weft.engines.simulation.kernel import Sharing, Station
from weft.engines.simulation.models.laying import Laying, Purpose
from weft.engines.simulation.models.shape import platform, specialists


def lay_missions(lay: Laying, domains: int) -> None:
    """Lay the routes of a firm whose technology people sit in missions."""
    value, demand = lay.effort.model.value, lay.demand
    asks = demand.automatic >= value("automatic")
    if value("exception") and asks.any():
        delay = lay.station(Station("exception from a guardrail", "delay"))
        lay.step(delay, value("exception") * demand.exception, Purpose.DECIDING, asks)
    lay.gate("board", "board_period", Purpose.DECIDING, lay.all)
    team = demand.domain * lay.layout.teams // domains
    first = len(lay.stations)
    for i in range(lay.layout.teams):
        lay.station(Station(f"mission {i + 1}"), free=True)
    own = demand.effort.sum(axis=0) * lay.effort.factor
    alone = value("own_platform")
    if alone:
        own = own + lay.effort.add("platform", demand.platform_days * demand.platform)
    lay.step(first + team, own, Purpose.WORK)
    specialists(lay, lay.all, team)
    if not alone:
        platform(lay, lay.station(Station("platform"), free=True))
        back = demand.platform
        over = lay.effort.add("handing over", value("handoff") * back)
        lay.step(first + team, over, Purpose.WORK, back)
    again = lay.all
    for i in range(len(demand.again)):
        again = again & (demand.again[i] < value("rework"))
        days_again = lay.effort.add("rework", own * value("rework_effort") * again)
        lay.step(first + team, days_again, Purpose.REWORK, again)
    lay.gate("release", "release_period", Purpose.RELEASE, lay.all)


def sharing_of(lay: Laying, people: int) -> Sharing | None:
    """Give how the missions share their people anew, where they do."""
    value = lay.effort.model.value
    teams = [i for i in lay.free if lay.stations[i].name.startswith("mission ")]
    if not value("redeployment") or len(teams) < 2:  # noqa: PLR2004
        return None
    return Sharing(
        teams=tuple(teams),
        period=value("redeployment"),
        onboarding=value("onboarding"),
        hysteresis=value("hysteresis"),
        most=max(1, int(np.floor(value("moves") * people))),
    )
