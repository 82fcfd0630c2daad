"""Balanced double entry: accounts, postings, and the transactions that hold them.

Every movement is at least two postings that add up to zero in each currency, so the sum
of everything is zero, always: money is never made, only moved. Debits are above zero,
credits below.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final, Literal, get_args

import msgspec

from weft.core.facts.fact import Fact
from weft.core.money.currencies import PLACES
from weft.core.money.reckoning import MOST, known
from weft.core.scalars import Amount, Month, amount, minor
from weft.errors import InputError

AccountType = Literal["asset", "liability", "equity", "income", "expense"]

Grade = Literal["A", "B", "C", "D"]
"""How sure a value is: experiment, before and after with control, estimate, claim."""
GRADES: Final[tuple[Grade, ...]] = get_args(Grade)

UNMAPPED: Final = "(unmapped)"
"""Stands where a cost has no mission yet: shown as such, never dropped."""


class Account(msgspec.Struct, frozen=True, order=True, gc=False, array_like=True):
    """One account: what kind it is, on which line it stands, and whose it is.

    line: `people`, `cloud`, `contracts`, `shared`, `value-a` ... holder: a mission, a
    fund or a partner, by id; empty for the firm itself.
    """

    type: AccountType
    line: str
    holder: str = ""

    def __str__(self) -> str:
        """Write it in one word: `expense:cloud:payments`."""
        return ":".join(part for part in (self.type, self.line, self.holder) if part)


def account(written: str) -> Account:
    """Read an account as `str` writes it."""
    type_, _, rest = written.partition(":")
    line, _, holder = rest.partition(":")
    if type_ not in get_args(AccountType) or not line:
        raise InputError(
            f"{written!r} is no account.",
            do="Write it as type:line:holder, such as expense:cloud:payments.",
        )
    return Account(type_, line, holder)  # type: ignore[arg-type] # it was looked at


class Posting(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One side of a movement: so many minor units of a currency on an account.

    says: what it is for. rows: so many source rows stand behind it.
    """

    account: Account
    units: int
    currency: str
    says: str = ""
    rows: int = 0

    def __str__(self) -> str:
        """Write it as people read it."""
        return f"{self.account} {amount(self.units, self.currency)}"


class Transaction(Fact, frozen=True, kw_only=True):
    """A movement of money in one month: postings that add up to zero.

    Cannot be made out of balance. says: what happened, in words. booking, batch: the
    lot it stands in; empty until it does.
    """

    kind: ClassVar[str] = "transactions"
    noun: ClassVar[str] = "transaction"

    booking: str = ""
    batch: str = ""
    month: Month
    says: str
    postings: tuple[Posting, ...]

    @property
    def subject(self) -> str:
        """It is found by the lot it stands in."""
        return f"{self.booking}@{self.batch}"

    @property
    def when(self) -> str:
        """It counts in its month."""
        return self.month

    def __post_init__(self) -> None:
        """Refuse what does not balance, is no money, or moves nothing."""
        for posting in self.postings:
            units = posting.units
            if type(units) is not int or not -MOST < units < MOST:
                raise InputError(
                    f"{units!r} is no number of minor units of money.",
                    do="Give a whole number of them.",
                )
        for currency in {posting.currency for posting in self.postings} - PLACES.keys():
            known(currency)
        if len(self.postings) < _SIDES:
            raise InputError(
                "Money that moves comes from somewhere and goes somewhere.",
                do="Give at least two postings.",
            )
        for currency, left in sorted(balance(self.postings).items()):
            raise InputError(
                f"It does not balance: {amount(left, currency)} is left over.",
                do="Let the postings add up to zero in each currency.",
            )


_SIDES = 2


def balance(postings: Iterable[Posting]) -> dict[str, int]:
    """Give what postings leave over in each currency; nothing where they balance."""
    left: dict[str, int] = {}
    for posting in postings:
        left[posting.currency] = left.get(posting.currency, 0) + posting.units
    return {currency: units for currency, units in left.items() if units}


def moved(
    month: Month, says: str, debit: Account, credit: Account, money: Amount
) -> Transaction:
    """Give the movement of one amount from one account to another."""
    units, currency = minor(money)
    return Transaction(
        month=month,
        says=says,
        postings=(
            Posting(debit, units, currency, says),
            Posting(credit, -units, currency, says),
        ),
    )
