"""A move from one operating model to another, simulated month by month."""

from weft.engines.simulation.moving.asking import Ask
from weft.engines.simulation.moving.move import check, goes, transition
from weft.engines.simulation.moving.plan import KNOWN, Order
from weft.engines.simulation.moving.report import SERIES, Transition

__all__ = [
    "KNOWN",
    "SERIES",
    "Ask",
    "Order",
    "Transition",
    "check",
    "goes",
    "transition",
]
