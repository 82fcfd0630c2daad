"""What is measured, where it is going, what was tried and what works."""

from __future__ import annotations

from weft.web.pages.outcomes import experiments, improvements, metrics, outcomes, past

HANDLERS = [
    *outcomes.HANDLERS,
    *metrics.HANDLERS,
    *experiments.HANDLERS,
    *improvements.HANDLERS,
    *past.HANDLERS,
]
"""The handlers of these pages."""
