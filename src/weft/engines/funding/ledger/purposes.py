"""What spending is for: to keep running, to spend less, or for what is new.

Each cost of a month is divided as its mission says, to the last unit: efficiency, and
efficiency with innovation, are rounded to the nearest, and the rest is what is left, so
that nothing of no share gets a unit. What nobody says anything of counts as running,
since money that is to change nothing keeps things as they are, and is told apart: it is
never taken for what somebody said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from weft.core.money.purpose import Purpose
from weft.core.people import WHOLE

SHARES: Final = {
    "running": "Keeping running",
    "efficiency": "Efficiency",
    "innovation": "Innovation",
}
"""What each share is called."""
_HALF: Final = WHOLE // 2
Said = Mapping[str, Sequence[Purpose]]
"""What is said of each cost of a mission, the earliest first; of all under nothing."""


class Spent(msgspec.Struct, frozen=True):
    """What was spent in one currency and what for, by month, in minor units.

    running, efficiency, innovation: add up to the costs that are posted, to the last
    unit. unsaid: so much of `running` counts there as nobody says what it is for.
    """

    currency: str
    running: tuple[int, ...]
    efficiency: tuple[int, ...]
    innovation: tuple[int, ...]
    unsaid: tuple[int, ...]

    @property
    def total(self) -> tuple[int, ...]:
        """Give what each month comes to."""
        return _added((self.running, self.efficiency, self.innovation))


def said(purposes: Iterable[Purpose]) -> dict[str, Said]:
    """Put what is said in order, by mission."""
    found: dict[str, dict[str, list[Purpose]]] = {}
    for each in sorted(purposes, key=lambda each: each.start):
        costs = found.setdefault(each.mission, {})
        costs.setdefault(each.cost or "", []).append(each)
    return dict(found)


def spent(
    costs: Iterable[tuple[str, str, Sequence[int]]], months: Sequence[str], mine: Said
) -> tuple[Spent, ...]:
    """Divide the costs of one mission by what it says of them, for each currency.

    costs: the name, the currency, and the minor units of each month.
    """
    found: dict[str, list[list[int]]] = {}
    for cost, currency, units in costs:
        shares = found.setdefault(currency, [[0] * len(months) for _ in range(4)])
        running, efficiency, innovation, unsaid = shares
        holding = _holding(mine, cost, months)
        for place, (purpose, whole) in enumerate(zip(holding, units, strict=True)):
            if purpose is None:
                running[place] += whole
                unsaid[place] += whole
                continue
            less = (whole * purpose.efficiency + _HALF) // WHOLE
            better = (whole * (WHOLE - purpose.running) + _HALF) // WHOLE
            running[place] += whole - better
            efficiency[place] += less
            innovation[place] += better - less
    return tuple(Spent(key, *map(tuple, found[key])) for key in sorted(found))


def together(every: Iterable[Spent]) -> tuple[Spent, ...]:
    """Add up what several missions spent, for each currency."""
    found: dict[str, list[Spent]] = {}
    for each in every:
        found.setdefault(each.currency, []).append(each)
    return tuple(
        Spent(
            currency,
            _added([each.running for each in alike]),
            _added([each.efficiency for each in alike]),
            _added([each.innovation for each in alike]),
            _added([each.unsaid for each in alike]),
        )
        for currency, alike in sorted(found.items())
    )


def _holding(mine: Said, cost: str, months: Sequence[str]) -> list[Purpose | None]:
    """Give what holds of a cost in each month: of this cost before that of all."""
    found: list[Purpose | None] = [None] * len(months)
    for each in (*mine.get("", ()), *mine.get(cost, ())):
        for place, month in enumerate(months):
            if each.start <= month:
                found[place] = each
    return found


def _added(rows: Sequence[Sequence[int]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))
