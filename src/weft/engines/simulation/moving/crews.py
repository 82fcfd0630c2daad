"""Who is where before the move, and after each of its waves. Nobody comes or goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from weft.engines.simulation.models.compiled import (
    PILOT,
    Staffing,
    effort_of,
    lay_out,
    staffing_of,
)
from weft.engines.simulation.models.demand import draw_demand
from weft.engines.simulation.models.model import Model
from weft.engines.simulation.models.setting import YEAR, Setting
from weft.engines.simulation.models.staffing import (
    Offered,
    in_proportion,
    offered,
    staffed,
)
from weft.engines.simulation.moving.plan import Wave, weights_of
from weft.errors import InputError, Where

TEAM, PLATFORM = "mission ", "platform"
_PILOT_CHANGES = 20_000


class Crews(NamedTuple):
    """Two ways to sit, and the people in the pools at each stage of a move.

    teams: people of each mission once it has moved. waves: of the move; pools: people
    by pool before the first of them, and after each. moved: the share of all changes
    that missions take, at each stage.
    """

    old: Staffing
    new: Staffing
    teams: tuple[int, ...]
    waves: tuple[Wave, ...]
    pools: tuple[dict[str, int], ...]
    moved: tuple[float, ...]


def crews_of(
    before: Model,
    after: Model,
    setting: Setting,
    waves: Sequence[Wave],
    days: float,
) -> Crews:
    """Staff both ways at their best, and the pools anew after each wave.

    Where a wave leaves fewer people than there are pools to be manned, all who are
    left move with it. Raises InputError where they are not meant to move.
    """
    old, new = (staffing_of(model, setting, days) for model in (before, after))
    teams = tuple(new.people[f"{TEAM}{i + 1}"] for i in range(new.layout.teams))
    whole = sum(old.people.values())
    waves = _whole(waves, teams, whole, len({*old.people, PLATFORM}))
    shares = weights_of(setting, len(teams))
    pools = _Pools((before, after), (old, new), setting, days)
    gone: list[int] = []
    people, moved = [old.people], [0.0]
    for wave in waves:
        gone += wave.teams
        left = whole - sum(teams[i] for i in gone)
        every = len(gone) == len(teams)
        moved.append(1.0 if every else sum(shares[i] for i in gone))
        people.append({PLATFORM: left} if every else pools.staffed(left, moved[-1]))
    return Crews(old, new, teams, waves, tuple(people), tuple(moved))


def _whole(
    waves: Sequence[Wave], teams: Sequence[int], people: int, pools: int
) -> tuple[Wave, ...]:
    """Have the last wave take all along for whom no pool could be manned."""
    every = [i for wave in waves for i in wave.teams]
    found: list[Wave] = []
    for wave in waves:
        had = [i for each in found for i in each.teams]
        gone = len(had) + len(wave.teams)
        left = people - sum(teams[i] for i in (*had, *wave.teams))
        if left >= pools or gone == len(teams):
            found.append(wave)
            continue
        if len(every) < len(teams):
            raise InputError(
                f"Once {gone} missions have moved, {left} people are too few for"
                f" {pools} pools.",
                do="Have fewer missions move, or all.",
                where=Where(path="values.move.missions"),
            )
        return (*found, Wave(wave.day, tuple(every[len(had) :])))
    return tuple(found)


class _Pools:
    """What is asked of each pool, and of the platform, as the pilot demand shows it."""

    def __init__(
        self,
        models: tuple[Model, Model],
        staffings: tuple[Staffing, Staffing],
        setting: Setting,
        days: float,
    ) -> None:
        days = min(days, max(float(YEAR), _PILOT_CHANGES / setting.arrivals))
        demand = draw_demand(setting, PILOT, days)
        asked: list[dict[str, Offered]] = []
        for model, staffing in zip(models, staffings, strict=True):
            effort = effort_of(model, demand, staffing.layout, days)
            lay = lay_out(model, setting, effort, staffing.layout, days)
            loads = offered(lay, days)
            asked.append({lay.stations[i].name: loads[i] for i in lay.free})
        self.old, self.platform = asked[0], asked[1][PLATFORM]

    def staffed(self, people: int, moved: float) -> dict[str, int]:
        """Share people over the pools. moved: of the changes, by missions.

        The platform serves both sides, and begins with the first mission where
        development did its work before. Of all else that much less is asked.
        """
        left = {
            name: load._replace(visits=load.visits * (1 - moved))
            for name, load in self.old.items()
        }
        share = 1.0 if PLATFORM in left else moved
        left[PLATFORM] = self.platform._replace(visits=self.platform.visits * share)
        loads = list(left.values())
        shares = staffed(loads, people) or in_proportion(loads, people)
        return dict(zip(left, shares.people, strict=True))
