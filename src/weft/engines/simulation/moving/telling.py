"""What many runs of a move say together, in figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from msgspec.structs import replace

from weft.engines.simulation.comparing.intervals import figure, paired, short
from weft.engines.simulation.kernel.draws import Floats
from weft.engines.simulation.models.setting import MONTH
from weft.engines.simulation.moving.asking import BEFORE, BEGINS, Ask
from weft.engines.simulation.moving.report import (
    SERIES,
    Dip,
    MoveEnd,
    MoveMonth,
    MoveWave,
    Transition,
)
from weft.engines.simulation.moving.saying import said
from weft.engines.simulation.moving.ways import Both

_ROW: Final = 3
"""So many months in a row must be no worse than staying."""
Series = Mapping[str, Floats]


class Lot(NamedTuple):
    """What came of one demand, each measure by month, in three ways."""

    stay: Series
    move: Series
    there: Series
    took: Mapping[str, float]
    loads: Mapping[str, Mapping[str, float]]


class _Runs(NamedTuple):
    """All runs: [runs, months] of each measure."""

    stay: Series
    move: Series
    apart: Series


def told(ask: Ask, both: Both, lots: Sequence[Lot]) -> Transition:
    """Tell what the runs so far say."""
    runs = _runs(lots)
    apart = runs.apart["lead_p50"]
    clear = [m for m in range(apart.shape[1]) if _above(apart[:, m], apart.shape[1])]
    dip = _dip(runs, clear)
    lost = runs.apart["lost"].mean(axis=0)
    most = int(lost.argmax())
    back = [m for m in range(most, len(lost)) if lost[m] <= 0]
    found = Transition(
        title=ask.setting.title,
        seq=ask.setting.seq,
        seed=ask.seed,
        runs=len(lots),
        years=ask.years,
        before=ask.before,
        after=ask.after,
        order=ask.order,
        plan=both.facts,
        facts=ask.setting.facts,
        waves=tuple(_wave(both)),
        months=tuple(_months(both, runs)),
        dip=dip,
        even=_even(apart.mean(axis=0), max(clear[-1] + 1 if clear else 0, BEFORE)),
        lost=figure(list(runs.apart["lost"][:, most])),
        lost_month=_month(most),
        regained=_month(back[0]) if back else None,
        end=_end(lots),
        took={n: figure([lot.took[n] for lot in lots]) for n in lots[0].took},
        unstable=_unstable(lots),
        done=len(lots) / ask.runs,
    )
    return replace(found, findings=said(found))


def _month(index: int) -> int:
    """Give the month of the move: 1 is the one in which the first wave moves."""
    return index - BEFORE + 1


def _runs(lots: Sequence[Lot]) -> _Runs:
    stay, move, apart = {}, {}, {}
    for name in SERIES:
        stay[name] = np.array([lot.stay[name] for lot in lots])
        move[name] = np.array([lot.move[name] for lot in lots])
        apart[name] = move[name] - stay[name]
    # What is lost adds up, and who stays loses nothing.
    apart["lost"] = move["lost"] = np.cumsum(apart["lost"], axis=1)
    stay["lost"] = np.zeros_like(stay["lost"])
    return _Runs(stay, move, apart)


def _above(apart: Floats, months: int) -> bool:
    """Tell whether a month is worse, sure at 95 % for all months together."""
    from scipy.special import stdtrit  # noqa: PLC0415, slow to load

    count = len(apart)
    spread = apart.std(ddof=1) / np.sqrt(count)
    return bool(apart.mean() > stdtrit(count - 1, 1 - 0.025 / months) * spread)


def _dip(runs: _Runs, clear: Sequence[int]) -> Dip | None:
    if not clear:
        return None
    apart = runs.apart["lead_p50"]
    worst = max(clear, key=lambda m: apart[:, m].mean())
    return Dip(
        first=_month(clear[0]),
        last=_month(clear[-1]),
        worst=_month(worst),
        lead=short(float(runs.move["lead_p50"][:, worst].mean())),
        stay=short(float(runs.stay["lead_p50"][:, worst].mean())),
        apart=figure(list(apart[:, worst])),
    )


def _even(apart: Floats, begins: int) -> int | None:
    """Give the first of some months in a row that are no worse than staying."""
    fine = apart <= 0
    for month in range(begins, len(apart) - _ROW + 1):
        if fine[month : month + _ROW].all():
            return _month(month)
    return None


def _wave(both: Both) -> list[MoveWave]:
    domains, teams = both.setting.domains, both.crews.teams
    of = [i * len(teams) // len(domains) for i in range(len(domains))]
    return [
        MoveWave(
            month=short((wave.day - BEGINS) / MONTH + 1),
            missions=tuple(
                title
                for (title, _), team in zip(domains, of, strict=True)
                if team in wave.teams
            ),
            people=sum(teams[i] for i in wave.teams),
            left=sum(pools.values()),
        )
        for wave, pools in zip(both.crews.waves, both.crews.pools[1:], strict=True)
    ]


def _months(both: Both, runs: _Runs) -> list[MoveMonth]:
    days = [wave.day for wave in both.crews.waves]
    found = []
    for index in range(runs.stay["wip"].shape[1]):
        ends = BEGINS + _month(index) * MONTH
        stage = int(np.searchsorted(days, ends - 1e-6))
        found.append(
            MoveMonth(
                month=_month(index),
                moved=short(both.crews.moved[stage]),
                stay={n: _mean(runs.stay[n], index) for n in SERIES},
                move={n: _mean(runs.move[n], index) for n in SERIES},
                apart={n: figure(list(runs.apart[n][:, index])) for n in SERIES},
            )
        )
    return found


def _mean(runs: Floats, month: int) -> float:
    return short(float(runs[:, month].mean()))


def _end(lots: Sequence[Lot]) -> MoveEnd:
    def last(series: Series) -> float:
        return float(series["lead_p50"][-BEFORE:].mean())

    stay, move, there = (
        [last(each) for each in ways]
        for ways in zip(*((lot.stay, lot.move, lot.there) for lot in lots), strict=True)
    )
    return MoveEnd(
        stay=figure(stay),
        move=figure(move),
        there=figure(there),
        apart=paired(move, stay),
    )


def _unstable(lots: Sequence[Lot]) -> dict[str, tuple[str, ...]]:
    found = {}
    for model in lots[0].loads:
        loads = [lot.loads[model] for lot in lots]
        found[model] = tuple(
            name
            for name in sorted(loads[0])
            if sum(each[name] for each in loads) >= len(loads)
        )
    return found
