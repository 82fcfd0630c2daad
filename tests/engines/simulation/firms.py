"""The example firms as every model finds them, once for all tests."""

from __future__ import annotations

from datetime import date
from functools import cache

from weft.core.firm import Firm
from weft.engines.simulation.models import Setting, setting_of
from weft.examples.firms import make
from weft.examples.story import play


@cache
def firm(name: str) -> Firm:
    *_, (_, found) = play(make(name, people=120, today=date(2026, 11, 28)))
    return found


@cache
def setting(name: str) -> Setting:
    return setting_of(firm(name))


def small(**values: float) -> Setting:
    """Give a small firm, with other values for what it is told by."""
    told = {"people": 24.0, "missions": 4.0, "specialists": 2.0, "specialist_work": 1.0}
    told["load"] = 0.5
    return setting("airline").with_values(told | values)
