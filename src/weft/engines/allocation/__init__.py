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
    money,
)
from weft.engines.allocation.propose import propose
from weft.engines.allocation.reading import nothing_given, read
from weft.engines.allocation.seating import stale, taken
from weft.engines.allocation.standing import Wanted, wanted
from weft.engines.allocation.stating import Knowing, Stated, state
from weft.engines.allocation.taking_on import Ability, Gives, can

__all__ = [
    "BUSINESS",
    "HOLDERS",
    "LONGEST",
    "TECHNOLOGY",
    "Ability",
    "Cause",
    "Cost",
    "Ended",
    "Gives",
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
    "Wanted",
    "Way",
    "WayKind",
    "can",
    "check",
    "empty",
    "faults",
    "money",
    "months_from",
    "nothing_given",
    "plan_of",
    "propose",
    "read",
    "stale",
    "state",
    "taken",
    "wanted",
]
