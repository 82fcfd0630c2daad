"""The money side of a round: what is believed, what is open, what is proposed."""

from weft.engines.funding.rounds.belief import Belief, believe
from weft.engines.funding.rounds.books import (
    Months,
    Pots,
    Standing,
    Waited,
    by_mission,
    months,
    of_fund,
    pots,
    running,
    standing,
    waited,
)
from weft.engines.funding.rounds.came import LATEST, Paid
from weft.engines.funding.rounds.covering import stays_covered
from weft.engines.funding.rounds.footing import Footing
from weft.engines.funding.rounds.proposal import (
    FundSum,
    MoneyLine,
    MoneyProposal,
    Other,
)
from weft.engines.funding.rounds.propose import propose
from weft.engines.funding.rounds.releasing import released, stale
from weft.engines.funding.rounds.signs import NO_SIGNS, Signs
from weft.engines.funding.rounds.solving import Choice, Chosen, choose
from weft.engines.funding.rounds.track import (
    Experience,
    Kept,
    Promise,
    Track,
    promises,
    track,
)

__all__ = [
    "LATEST",
    "NO_SIGNS",
    "Belief",
    "Choice",
    "Chosen",
    "Experience",
    "Footing",
    "FundSum",
    "Kept",
    "MoneyLine",
    "MoneyProposal",
    "Months",
    "Other",
    "Paid",
    "Pots",
    "Promise",
    "Signs",
    "Standing",
    "Track",
    "Waited",
    "believe",
    "by_mission",
    "choose",
    "months",
    "of_fund",
    "pots",
    "promises",
    "propose",
    "released",
    "running",
    "stale",
    "standing",
    "stays_covered",
    "track",
    "waited",
]
