"""A fund and its rules, and the tranches that are released out of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from weft.core.funding.months import between
from weft.core.records import Record
from weft.core.scalars import Amount, Line, Month, Name, Percent, minor
from weft.errors import InputError

FundModel = Literal["capacity", "tranche", "venture"]
"""Standing capacity: teams stand, and money follows their size. Tranche: released on
evidence. Venture: bets, each with a day on which it grows or ends."""
Grade = Literal["A", "B", "C", "D"]
"""How good evidence is: experiment, before and after with control, estimate, claim."""
Verdict = Literal["untested", "held", "failed"]


class Fund(Record, frozen=True, kw_only=True):
    """A pool of money, so much each month, and the rules by which it is released.

    owner: the role whose holders decide. reserve: of a hundred units that come in, so
    many are kept for small bets. two_from: from so much a month, more or less, two
    people decide. small, large: an ask below the first needs a sentence, from the
    second on its evidence. step: by how much a round grows or shrinks, in hundredths.
    settle: months that a change is left alone. marginal: what more money brings,
    in hundredths of what the money there brings. friction: what a change costs once,
    in hundredths of the money that it moves in a month. horizon: months looked ahead.
    """

    kind: ClassVar[str] = "funds"

    id: Name
    title: Line
    model: FundModel = "tranche"
    owner: Name | None = None
    since: Month
    monthly: Amount
    reserve: Annotated[int, Meta(ge=0, le=100)] = 10
    two_from: Amount | None = None
    small: Amount | None = None
    large: Amount | None = None
    step: Percent = 25
    settle: Annotated[int, Meta(ge=1, le=24)] = 3
    marginal: Annotated[int, Meta(ge=0, le=200)] = 60
    friction: Annotated[int, Meta(ge=0, le=1200)] = 50
    horizon: Annotated[int, Meta(ge=1, le=36)] = 12

    def __post_init__(self) -> None:
        """Refuse amounts of several currencies, and limits that cross."""
        limits = (self.monthly, self.two_from, self.small, self.large)
        told = [minor(each) for each in limits if each is not None]
        if len({currency for _, currency in told}) > 1:
            raise InputError(
                f"The amounts of {self.id} are in several currencies.",
                do="Keep a fund for each currency: nothing is converted here.",
            )
        if any(units < 0 for units, _ in told):
            raise InputError(
                f"{self.id} has an amount below zero.", do="Give amounts from zero on."
            )
        if self.small and self.large and minor(self.small) > minor(self.large):
            raise InputError(
                f"In {self.id} `small` is more than `large`.",
                do="An ask grows from small to large: change one of them.",
            )

    @property
    def currency(self) -> str:
        """Give the one currency of the fund."""
        return minor(self.monthly)[1]


class Assumption(Record, frozen=True, kw_only=True):
    """What has to be true for a bet to pay, and whether that was tested.

    core: without it nothing is left of the bet. test: how it is found out.
    """

    says: Line
    test: Line = ""
    core: bool = False
    verdict: Verdict = "untested"


class Tranche(Record, frozen=True, kw_only=True):
    """Money released to a mission: so much a month, from a month until another.

    Its last month is open while nobody ends it. least: below it the team would break,
    so it is stopped and not shrunk. notice: months until less money can take effect.
    expected: what it is to be worth a month. proof, proof_by, grade: the evidence that
    is asked for, until when, and how good. bet: it is paid out of the reserve.
    returned: what was released and flowed back unspent. granted_by: who decided.
    """

    kind: ClassVar[str] = "tranches"

    mission: Name
    fund: Name
    amount: Amount
    start: Month
    end: Month | None = None
    least: Amount | None = None
    notice: Annotated[int, Meta(ge=0, le=12)] = 1
    expected: Amount | None = None
    proof: Line = ""
    proof_by: Month | None = None
    grade: Grade | None = None
    assumptions: Annotated[tuple[Assumption, ...], Meta(max_length=20)] = ()
    bet: bool = False
    returned: Amount | None = None
    granted_by: tuple[Name, ...] = ()
    at: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse what no money can be."""
        amounts = (self.amount, self.least, self.expected, self.returned)
        told = [minor(each) for each in amounts if each is not None]
        if len({currency for _, currency in told}) > 1:
            raise InputError(
                f"The tranche of {self.mission} is in several currencies.",
                do="Give all its amounts in the currency of its fund.",
            )
        if minor(self.amount)[0] <= 0:
            raise InputError(
                f"The tranche of {self.mission} releases nothing.",
                do="Give an amount above zero, or end the one before it.",
            )

    @property
    def key(self) -> str:
        """A mission can have another tranche from another month on."""
        return f"{self.mission}:{self.start}"

    def held_in(self, month: Month) -> bool:
        """Tell whether it is paid in a month, its ends included."""
        return self.start <= month and (self.end is None or month <= self.end)

    def months(self, last: Month) -> int:
        """Count the months it was paid in, until a month, that included."""
        end = min(self.end or last, last)
        return max(0, between(self.start, end) + 1)
