"""Who sits where, month by month: the plan of a round and how good it is."""

from weft.engines.allocation.asked import LONGEST, Note, months_from
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
from weft.engines.allocation.proposal import (
    Cause,
    OpenNeed,
    Proposal,
    Proposed,
    Way,
    WayKind,
)
from weft.engines.allocation.propose import propose
from weft.engines.allocation.reading import read
from weft.engines.allocation.stating import Knowing, Stated, state

__all__ = [
    "BUSINESS",
    "HOLDERS",
    "LONGEST",
    "TECHNOLOGY",
    "Cause",
    "Cost",
    "Ended",
    "Knowing",
    "Note",
    "OpenNeed",
    "Plan",
    "Problem",
    "Proposal",
    "Proposed",
    "Rule",
    "Stated",
    "Violation",
    "Way",
    "WayKind",
    "check",
    "empty",
    "faults",
    "months_from",
    "plan_of",
    "propose",
    "read",
    "state",
]
