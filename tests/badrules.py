"""Guardrails that are wrong, each in one way, for a small firm; and what is told."""

from __future__ import annotations

from dataclasses import dataclass

from weft.core.guardrails import Principle
from weft.core.missions import Mission
from weft.core.people import About, Person, Unit
from weft.core.records import Record
from weft.core.roles import Role
from weft.core.vocabulary import Act, Property

FIRM: tuple[Record, ...] = (
    About(id="lumen", title="Lumen"),
    Unit(id="board", title="Board"),
    Person(id="cleo", unit="board", title="Security officer"),
    Mission(id="payments", title="Payments"),
    Role(id="security", title="Security", holders=("cleo",)),
    Role(id="council", title="Council"),
    Act(id="deploy", title="Deploy", asks=("region",)),
    Act(id="adopt", title="Adopt"),
    Property(id="region", title="Region", type="enum", values=("eu", "us")),
    Property(id="days", title="Days", type="int", lowest=0, highest=900),
    Principle(id="near", title="Data stays near", owner="security"),
)
KEY = "short"
RIGHT = """\
id: short
title: Data goes after a year
level: must
principle: near
owner: security
when:
  - path: act
    is: deploy
must:
  - path: days
    at_most: 365
"""


@dataclass(frozen=True)
class Bad:
    """One wrong guardrail: what is put in the place of what, and what is told."""

    title: str
    old: str
    new: str
    line: int
    path: str
    what: str
    do: str

    @property
    def text(self) -> str:
        """Give its text, as somebody would write it."""
        assert self.old in RIGHT
        return RIGHT.replace(self.old, self.new, 1)


BAD = (
    Bad(
        "a property that is not there",
        "path: days",
        "path: dais",
        10,
        "$.must[0].path",
        "There is no property called 'dais'.",
        "Did you mean days?",
    ),
    Bad(
        "a constant of another type",
        "at_most: 365",
        "at_most: soon",
        11,
        "$.must[0].at_most",
        "'soon' cannot be compared with days.",
        "Give a whole number from 0 to 900.",
    ),
    Bad(
        "a field of another type",
        "title: Data goes after a year",
        "title: 365",
        2,
        "$.title",
        "`title` is 365, which is not a text.",
        "Put it in quotes, so that it is a text.",
    ),
    Bad(
        "an operator that is none",
        "at_most: 365",
        "at_mots: 365",
        11,
        "$.must[0].at_mots",
        "Clause has no field 'at_mots'.",
        "Did you mean at_most?",
    ),
    Bad(
        "an operator that does not fit",
        "at_most: 365",
        "has: 365",
        11,
        "$.must[0].has",
        "`has` does not fit days, which is of type int.",
        "Use one of: is, is_not, below, at_most, at_least, above, between, present.",
    ),
    Bad(
        "a day that is none",
        "when:",
        "starts: 2026-13-45\nwhen:",
        6,
        "$.starts",
        "`starts` is '2026-13-45', and no such day is there.",
        "Write a day as year-month-day: 2026-11-21.",
    ),
    Bad(
        "days out of order",
        "when:",
        "starts: 2026-05-02\nends: 2026-05-01\nwhen:",
        7,
        "$.ends",
        "It ends (2026-05-01) before it starts (2026-05-02).",
        "Give an end that is not before the start.",
    ),
    Bad(
        "a level that is none",
        "level: must",
        "level: block",
        3,
        "$.level",
        "`level` cannot be 'block'.",
        "Use one of: advise, must, veto.",
    ),
    Bad(
        "a veto without harm",
        "level: must",
        "level: veto",
        3,
        "$.level",
        "short is a veto and names no harm.",
        "Give `harm`: customers, employees or business.",
    ),
    Bad(
        "a level that nobody may set",
        "owner: security",
        "owner: council",
        5,
        "$.owner",
        "Nobody holds the role council, so nobody may set its level or lift it.",
        "Give council a holder first, or name a role that has one.",
    ),
    Bad(
        "a level that nobody may lift",
        "when:",
        "waiver: {approver: council}\nwhen:",
        6,
        "$.waiver.approver",
        "Nobody holds the role council, so nobody may grant a waiver from it.",
        "Give council a holder first, or name a role that has one.",
    ),
    Bad(
        "a mission that is not there",
        "path: act\n    is: deploy",
        "path: mission\n    is: paiments",
        8,
        "$.when[0].is",
        "There is no mission called 'paiments'.",
        "Did you mean payments?",
    ),
    Bad(
        "missions of which there are none",
        "path: act\n    is: deploy",
        "path: mission\n    starts_with: shop-",
        8,
        "$.when[0].starts_with",
        "No mission has a name that begins with 'shop-'.",
        "Begin it as those do that you mean.",
    ),
    Bad(
        "an act that is not there",
        "is: deploy",
        "is: deplore",
        8,
        "$.when[0].is",
        "There is no value of act called 'deplore'.",
        "Did you mean deploy?",
    ),
    Bad(
        "a scope that nothing is in",
        "when:",
        "when:\n  - path: act\n    is: adopt",
        6,
        "$.when",
        "short applies to nothing: no request and no asset is such that act is adopt"
        " and act is deploy.",
        "Change or leave out one of these conditions.",
    ),
)
LONG = "x" * 1_000_000
MANY = "  - path: days\n    at_most: 365\n" * 9_999
HUGE = (
    ("10,000 conditions", RIGHT + MANY),
    ("a title of a million", RIGHT.replace("Data goes", LONG)),
    ("a value of a million", RIGHT.replace("deploy", LONG)),
    ("a name of a million", RIGHT.replace("  - path: days", f'  - "{LONG}": days')),
    ("10,000 values", RIGHT.replace("is: deploy", f"in: [{'deploy, ' * 10_000}]")),
)
"""What is far too large. Each face tells it as it meets it, with a place and a cure."""
