"""What an operating model is told by: every parameter, its unit and what it means."""

from __future__ import annotations

from typing import Final, NamedTuple

from weft.core.records import Record
from weft.core.scalars import Line

ILLUSTRATIVE: Final = "illustrative"
DAYS, SHARE, FACTOR, SWITCH = "working days", "share", "factor", "0 or 1"


class Parameter(Record, frozen=True, kw_only=True):
    """One figure of a model: its value and unit, and where it is from.

    source: who found it, or `illustrative`. low, high: between which it may well lie;
    half and one and a half times the value where neither is given.
    """

    value: float
    unit: Line
    source: Line
    low: float | None = None
    high: float | None = None

    @property
    def guessed(self) -> bool:
        """Tell whether nobody has measured it."""
        return self.source.startswith(ILLUSTRATIVE)


class Known(NamedTuple):
    """A parameter there is: its unit, what it means, and what it is where not said."""

    unit: str
    means: str
    value: float = 0.0
    least: float = 0.0
    most: float = 1e6


KNOWN: Final[dict[str, Known]] = {
    # Deciding
    "liaison": Known(DAYS, "work of those between business and IT, on each change"),
    "paperwork": Known(DAYS, "work of charging for a change: quotes, orders, invoices"),
    "sign_off": Known(DAYS, "an internal customer takes to accept a price, on average"),
    "budget_period": Known(DAYS, "from one budget to the next; 0: money all the time"),
    "budget_spread": Known(DAYS, "over which what a budget lets through is begun"),
    "unbudgeted": Known(SHARE, "of changes that nobody foresaw", 0.0, 0.0, 1.0),
    "board_period": Known(DAYS, "from one prioritising board to the next; 0: none"),
    "release_period": Known(DAYS, "from one release to the next; 0: when it is done"),
    "automatic": Known(SHARE, "of decisions that guardrails answer", 1.0, 0.0, 1.0),
    "exception": Known(DAYS, "an exception from a guardrail takes, on average"),
    # Foreseeing
    "forecast_from": Known("months", "ahead that needs are written down, at least"),
    "forecast_to": Known("months", "ahead that needs are written down, at most"),
    "volatility": Known(SHARE, "of what is needed that changes in a month", 0, 0, 0.5),
    # Handing over
    "handoff": Known(DAYS, "of work to take a change over from another group"),
    "rework": Known(SHARE, "of changes that come back, misunderstood", 0.0, 0.0, 0.9),
    "rework_effort": Known(SHARE, "of the effort that a pass of rework takes", 0.4),
    "ask_back": Known(DAYS, "an answer from the business takes, on average"),
    # Teams
    "teams": Known(FACTOR, "teams for each domain of the business", 1.0, 0.01, 1.0),
    "generalist": Known(FACTOR, "on effort, where nobody does one thing all day", 1.0),
    "coordination": Known(SHARE, "more effort for each other team one deals with"),
    "neighbours": Known("teams", "that one deals with, at most", 40.0),
    "redundancy": Known(SHARE, "more effort, as teams do the same thing twice"),
    "ownership": Known(FACTOR, "on speed, as people own what they make", 1.0, 0.1),
    "learning": Known(SHARE, "less effort, once a team knows its domain", 0, 0, 0.9),
    "learning_months": Known("months", "until two thirds of that is reached", 12.0, 1),
    "turnover": Known("share a year", "of people who leave", 0.0, 0.0, 2.0),
    "newcomer": Known(DAYS, "lost until a newcomer is as good as who left"),
    "dip": Known(SHARE, "more effort while everybody finds their new place"),
    "dip_months": Known("months", "that the dip lasts"),
    "day_price": Known(FACTOR, "on what a day of a person costs", 1.0),
    # Sharing people
    "redeployment": Known(DAYS, "from one sharing of people to the next; 0: never"),
    "onboarding": Known(DAYS, "lost by each person who moves"),
    "hysteresis": Known(FACTOR, "by which it must be better to move", 1.0, 1.0),
    "moves": Known(SHARE, "of people who move at one time, at most", 1.0, 0.0, 1.0),
    "embedded": Known(SWITCH, "scarce specialists belong to teams, not to a pool"),
    "switching": Known(DAYS, "a specialist loses by each change of team"),
    "own_platform": Known(SWITCH, "each team does its platform work itself"),
    # Two speeds
    "fast": Known(SHARE, "of changes that a fast team takes", 0.0, 0.0, 1.0),
    "fast_core": Known(SHARE, "of a fast change's development done in the core", 0.25),
}
"""Every parameter, in the order in which it is told."""


def bounds(name: str, parameter: Parameter) -> tuple[float, float]:
    """Give between which values a parameter may well lie."""
    known = KNOWN.get(name)
    least, most = (known.least, known.most) if known else (0.0, 1e6)
    low = parameter.value * 0.5 if parameter.low is None else parameter.low
    high = parameter.value * 1.5 if parameter.high is None else parameter.high
    return max(low, least), min(high, most)
