"""The ledger: what missions cost and bring, from postings that always balance."""

from weft.engines.funding.ledger.booking import Lot, lot
from weft.engines.funding.ledger.closing import closed
from weft.engines.funding.ledger.costing import Costed, contracts, people, shared
from weft.engines.funding.ledger.flow import NO_FUND, REST, UNSPENT, Flow, Stream, flow
from weft.engines.funding.ledger.granting import tranches, values
from weft.engines.funding.ledger.mapping import Looks, Mapped, Mapper, clean
from weft.engines.funding.ledger.purposes import SHARES, Spent
from weft.engines.funding.ledger.redundancies import (
    InAll,
    Redundant,
    in_all,
    redundancies,
)
from weft.engines.funding.ledger.statements import (
    TITLES,
    Line,
    Statement,
    empty,
    firm,
    statements,
)
from weft.engines.funding.ledger.sums import Balance, Sum, Trial, sums, trial
from weft.engines.funding.ledger.yearly import Year, yearly

__all__ = [
    "NO_FUND",
    "REST",
    "SHARES",
    "TITLES",
    "UNSPENT",
    "Balance",
    "Costed",
    "Flow",
    "InAll",
    "Line",
    "Looks",
    "Lot",
    "Mapped",
    "Mapper",
    "Redundant",
    "Spent",
    "Statement",
    "Stream",
    "Sum",
    "Trial",
    "Year",
    "clean",
    "closed",
    "contracts",
    "empty",
    "firm",
    "flow",
    "in_all",
    "lot",
    "people",
    "redundancies",
    "shared",
    "statements",
    "sums",
    "tranches",
    "trial",
    "values",
    "yearly",
]
