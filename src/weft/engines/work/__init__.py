"""Work as it truly ran: lead times, handoffs, waits, answers to whoever asks."""

from weft.engines.work.boundary import Side, sides_of
from weft.engines.work.cohort import Cohort, cohort
from weft.engines.work.flow import Flow, flow
from weft.engines.work.quantiles import Share, Spread, quantile, share, spread

__all__ = [
    "Cohort",
    "Flow",
    "Share",
    "Side",
    "Spread",
    "cohort",
    "flow",
    "quantile",
    "share",
    "sides_of",
    "spread",
]
