"""Who sits where, month by month: the plan of a round and how good it is."""

from weft.engines.allocation.checking import Rule, Violation, check
from weft.engines.allocation.plan import Cost, Ended, Plan, plan_of
from weft.engines.allocation.problem import (
    BUSINESS,
    HOLDERS,
    TECHNOLOGY,
    Problem,
    empty,
    faults,
)
from weft.engines.allocation.propose import propose

__all__ = [
    "BUSINESS",
    "HOLDERS",
    "TECHNOLOGY",
    "Cost",
    "Ended",
    "Plan",
    "Problem",
    "Rule",
    "Violation",
    "check",
    "empty",
    "faults",
    "plan_of",
    "propose",
]
