"""What move is looked at: from what to what, on which firm, how often, how long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from weft.engines.simulation.models.model import Model
from weft.engines.simulation.models.setting import MONTH, YEAR, Setting
from weft.engines.simulation.moving.plan import Order

BEFORE: Final = 12
"""Months shown before the first wave: what is asked for then may end after it."""
WARM: Final = float(YEAR)
"""Days before the first month that is shown, so that all is in flow."""
BEGINS: Final = WARM + BEFORE * MONTH
COOL: Final = YEAR / 2


class Ask(NamedTuple):
    """What move is looked at. years: from the first wave on.

    values: of the move, where somebody gave one.
    """

    before: Model
    after: Model
    setting: Setting
    values: Mapping[str, float]
    order: Order = "listed"
    seed: int = 1
    runs: int = 20
    years: float = 3.0

    @property
    def days(self) -> float:
        """Give the days in which changes come."""
        return BEGINS + self.years * YEAR + COOL

    @property
    def horizon(self) -> int:
        """Give the months looked at from the first wave on."""
        return round(self.years * 12)
