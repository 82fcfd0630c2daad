"""Outcomes over HTTP: what is measured, where it is going, and what was tried."""

from weft.web.api.outcomes import (
    experiments,
    improvements,
    outcomes,
    past,
    readings,
)

HANDLERS = [
    *outcomes.HANDLERS,
    *readings.HANDLERS,
    *experiments.HANDLERS,
    *improvements.HANDLERS,
    *past.HANDLERS,
]
