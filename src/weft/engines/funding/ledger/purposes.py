"""What spending is for: to keep running, to spend less, or for what is new.

Each cost of a month is divided as its mission says, to the last unit. What nobody says
anything of counts as running, since money that is to change nothing keeps things as
they are, and is told apart: it is never taken for what somebody said.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from weft.core.money.purpose import Purpose
from weft.core.money.reckoning import split

SHARES: Final = {
    "running": "Keeping running",
    "efficiency": "Efficiency",
    "innovation": "Innovation",
}
"""What each share is called."""
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
        for place, (month, whole) in enumerate(zip(months, units, strict=True)):
            purpose = _holding(mine, cost, month)
            if purpose is None:
                parts = [whole, 0, 0, whole]
            else:
                weights = (purpose.running, purpose.efficiency, purpose.innovation)
                parts = [*split(whole, weights), 0]
            for share, part in zip(shares, parts, strict=True):
                share[place] += part
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


def _holding(mine: Said, cost: str, month: str) -> Purpose | None:
    """Give what holds of a cost in a month: of this cost before that of all."""
    for name in (cost, ""):
        begun = mine.get(name, ())
        if place := bisect_right(begun, month, key=lambda each: each.start):
            return begun[place - 1]
    return None


def _added(rows: Sequence[Sequence[int]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))
