"""One event kernel: changes on their routes through queues, delays and gates."""

from weft.engines.simulation.kernel.draws import (
    exponential,
    fingerprint,
    lognormal,
    uniform,
)
from weft.engines.simulation.kernel.routes import Routes, Sharing, Shift, Station
from weft.engines.simulation.kernel.run import Run, simulate

__all__ = [
    "Routes",
    "Run",
    "Sharing",
    "Shift",
    "Station",
    "exponential",
    "fingerprint",
    "lognormal",
    "simulate",
    "uniform",
]
