"""How much a model adds to what changes take: each cause by itself, and all of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from weft.engines.simulation.models.demand import Demand
from weft.engines.simulation.models.model import Model
from weft.engines.simulation.models.setting import MONTH, YEAR

Floats = NDArray[np.floating[Any]]
Lines = dict[str, float]
"""Days a change, on average, by cause."""


class Effort:
    """The factor on a change's own effort, and what each cause adds to it."""

    def __init__(
        self,
        model: Model,
        demand: Demand,
        teams: int,
        start: float,
        *,
        mixed: float = 1.0,
    ) -> None:
        """Work out the factor of each change.

        teams: groups that deal with others. mixed: how far people do all kinds of work,
        from 0 to 1.
        """
        self.model, self.demand = model, demand
        self.base = demand.effort.sum(axis=0)
        self.factor: Floats = np.ones(len(demand.arrival))
        self.lines: Lines = {"the changes themselves": _mean(self.base)}
        value = model.value
        others = min(max(teams - 1, 0), value("neighbours"))
        self.times("doing all kinds of work", 1 + mixed * (value("generalist") - 1))
        self.times("coordination", 1 + value("coordination") * others)
        self.times("redundancy", 1 + value("redundancy"))
        self.times("needs that changed since they were foreseen", 1 + self._stale())
        self.times("learning a domain", self._learnt())
        self.times("ownership", 1 / value("ownership"))
        lost = value("turnover") * value("newcomer") / YEAR
        self.times("newcomers", 1 / max(1 - lost, 0.1))
        dip = (demand.arrival >= start) & (
            demand.arrival < start + value("dip_months") * MONTH
        )
        self.times("finding one's new place", 1 + value("dip") * dip)

    def times(self, cause: str, factor: Floats | float) -> None:
        """Multiply the effort of each change, and keep what a cause adds."""
        added = self.base * self.factor * (factor - 1)
        if np.any(added):
            self.lines[cause] = _mean(added)
        self.factor = self.factor * factor

    def _stale(self) -> Floats:
        """Give the effort that goes into what is no longer needed as it was written."""
        value = self.model.value
        ahead = value("forecast_to") - value("forecast_from")
        months = value("forecast_from") + ahead * self.demand.age
        if value("budget_period"):
            months = np.where(self.unbudgeted, 0.0, months)
        changed = 1 - (1 - value("volatility")) ** months
        return np.asarray(changed * value("rework_effort"))

    def _learnt(self) -> float:
        """Give the effort that is left where teams know their domain.

        People stay as long as turnover lets them, and learn as an exponential does:
        with a mean stay T and time to learn L, T / (T + L) of it is known.
        """
        value = self.model.value
        leaves, months = value("turnover"), value("learning_months")
        stays = 12 / leaves if leaves else np.inf
        known = 1.0 if np.isinf(stays) else stays / (stays + months)
        return float(1 - value("learning") * known)

    @property
    def unbudgeted(self) -> NDArray[np.bool_]:
        """Give which changes nobody foresaw, so that they wait for the next budget."""
        return np.asarray(self.demand.budgeted < self.model.value("unbudgeted"))

    def add(self, cause: str, days: Floats) -> Floats:
        """Count days of a cause that belongs to some changes; give them back."""
        if np.any(days):
            self.lines[cause] = self.lines.get(cause, 0.0) + _mean(days)
        return days


def decay(model: Model, months: float) -> float:
    """Give the share of a forecast that no longer holds after so many months."""
    return float(1 - (1 - model.value("volatility")) ** months)


def _mean(days: Floats) -> float:
    return float(days.mean()) if len(days) else 0.0
