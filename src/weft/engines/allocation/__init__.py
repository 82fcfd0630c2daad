"""Who sits where, month by month: the plan of a round and how good it is."""

from weft.engines.allocation.asked import LONGEST, Note, months_from
from weft.engines.allocation.checking import Rule, Violation, check
from weft.engines.allocation.keeping import MissionKept, RoundKept, SeatKept, kept_of
from weft.engines.allocation.lending import COUNTED, Loan, lent, loans
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
from weft.engines.allocation.propose import Search, least, propose
from weft.engines.allocation.reading import nothing_given, read
from weft.engines.allocation.seating import stale, taken
from weft.engines.allocation.solving.exact import Exact
from weft.engines.allocation.solving.exact import solve as best
from weft.engines.allocation.standing import Wanted, wanted
from weft.engines.allocation.stating import Knowing, Stated, state
from weft.engines.allocation.taking_on import Ability, Gives, can
from weft.engines.allocation.weighing import (
    Doubt,
    Lack,
    Points,
    Shares,
    Standing,
    Weigher,
)

__all__ = [
    "BUSINESS",
    "COUNTED",
    "HOLDERS",
    "LONGEST",
    "TECHNOLOGY",
    "Ability",
    "Cause",
    "Cost",
    "Doubt",
    "Ended",
    "Exact",
    "Gives",
    "Knowing",
    "Lack",
    "Loan",
    "MissionKept",
    "Note",
    "OpenNeed",
    "Plan",
    "Points",
    "Problem",
    "Proposal",
    "Proposed",
    "RoundKept",
    "Rule",
    "Search",
    "SeatKept",
    "Shares",
    "Standing",
    "Stated",
    "Violation",
    "Wanted",
    "Way",
    "WayKind",
    "Weigher",
    "best",
    "can",
    "check",
    "empty",
    "faults",
    "kept_of",
    "least",
    "lent",
    "loans",
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
