"""Pools of specialists: a change is decided on, and handed from one to the next."""

from __future__ import annotations

import numpy as np

from weft.engines.simulation.kernel import Station
from weft.engines.simulation.models.effort import Floats
from weft.engines.simulation.models.laying import Flags, Laying, Purpose
from weft.engines.simulation.models.shape import platform, specialists

STAGES = ("analysis", "development", "test", "operations")
FOLDS = ("operations", "test", "analysis", "liaison", "platform")
"""Pools that go into development where there are too few people, in this order."""


def lay_pools(lay: Laying) -> None:
    """Lay the routes of a firm whose technology people sit in pools."""
    fast = lay.demand.fast < lay.effort.model.value("fast")
    slow = ~fast
    _decide(lay, slow)
    if fast.any():
        _fast(lay, fast)
    for part, stage in enumerate(STAGES[:3]):
        _stage(lay, stage, part, slow)
    _rework(lay, slow)
    specialists(lay, lay.all, np.zeros(lay.count, np.int64))
    platform(lay, _pool(lay, "platform"))
    _stage(lay, "operations", 3, slow)
    bound = slow | (fast & lay.demand.core)
    lay.gate("release", "release_period", Purpose.RELEASE, bound)


def _pool(lay: Laying, name: str) -> int:
    name = "development" if name in lay.layout.folded else name
    return lay.station(Station(name), free=True)


def _stage(lay: Laying, name: str, part: int, who: Flags) -> None:
    """Have a pool take a change over and do its part."""
    days = lay.demand.effort[part] * lay.effort.factor
    lay.step(_pool(lay, name), days + _over(lay, who), Purpose.WORK, who)


def _over(lay: Laying, who: Flags) -> Floats:
    """Give the days to take a change over, also from another of the same pool."""
    return lay.effort.add("handing over", lay.effort.model.value("handoff") * who)


def _decide(lay: Laying, who: Flags) -> None:
    """Lay what comes before anybody works on a change."""
    value, demand = lay.effort.model.value, lay.demand
    talk = lay.effort.add("liaison", value("liaison") * who)
    papers = lay.effort.add("charging", value("paperwork") * who)
    if value("liaison") or value("paperwork"):
        pool = _pool(lay, "liaison")
        lay.step(pool, talk + papers, Purpose.LIAISON, who)
    if value("sign_off"):
        signs = lay.station(Station("price signed off", "delay"))
        lay.step(signs, value("sign_off") * demand.sign, Purpose.DECIDING, who)
    if value("budget_period"):
        late = who & lay.effort.unbudgeted
        lay.gate("budget", "budget_period", Purpose.DECIDING, late)
        begins = lay.station(Station("begun after the budget", "delay"))
        spread = value("budget_spread") * demand.spread
        lay.step(begins, spread, Purpose.DECIDING, late)
    lay.gate("board", "board_period", Purpose.DECIDING, who)


def _fast(lay: Laying, who: Flags) -> None:
    """Lay the changes of the fast team; those that touch the core join the slow."""
    value, demand = lay.effort.model.value, lay.demand
    own = demand.effort.sum(axis=0) * lay.effort.factor
    core = who & demand.core
    slow = demand.effort[1] * lay.effort.factor * value("fast_core")
    team = lay.station(Station("fast team"), free=True)
    lay.step(team, own - slow * core, Purpose.WORK, who)
    again = (demand.again[0] < value("rework")) & who
    lay.step(team, own * value("rework_effort"), Purpose.REWORK, again)
    lay.effort.add("rework", own * value("rework_effort") * again)
    lay.gate("board", "board_period", Purpose.DECIDING, core)
    over = lay.effort.add("handing over", value("handoff") * core)
    pool = _pool(lay, "development")
    lay.step(pool, slow + over, Purpose.WORK, core)


def _rework(lay: Laying, who: Flags) -> None:
    """Have what was misunderstood asked back and gone through again."""
    value, demand = lay.effort.model.value, lay.demand
    again = who
    for i in range(len(demand.again)):
        again = again & (demand.again[i] < value("rework"))
        if not again.any():
            return
        if value("ask_back"):
            asking = lay.station(Station("asking back", "delay"))
            days = value("ask_back") * demand.ask[i]
            lay.step(asking, days, Purpose.ASKING, again)
        for part, stage in enumerate(STAGES[:3]):
            work = demand.effort[part] * lay.effort.factor * value("rework_effort")
            days = lay.effort.add("rework", work * again)
            over = _over(lay, again)
            lay.step(_pool(lay, stage), days + over, Purpose.REWORK, again)
