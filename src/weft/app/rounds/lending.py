"""What missions lend each other in the rounds, so that who lends is credited for it."""

from __future__ import annotations

from collections.abc import Mapping

from weft.app.views import View
from weft.core.records import Record
from weft.core.scalars import Month
from weft.engines.allocation import Loan, lent, loans, months_from
from weft.errors import NotFound

MONTHS = 6


class Lending(Record, frozen=True, kw_only=True):
    """What is lent in the months from one on, in hundredths of a person.

    given: by mission that lends, and by month, of the moves that are taken. loans: each
    by itself, those that wait to be answered too.
    """

    month: str
    given: Mapping[str, Mapping[str, int]]
    loans: tuple[Loan, ...]


def lending(
    view: View, month: Month, *, mission: str = "", months: int = MONTHS
) -> Lending:
    """Give what is lent from a month on: by all missions, or by and to one of them.

    Only loans between missions that the one who looks may see.
    """
    firm = view.firm
    if mission and mission not in firm.missions:
        raise NotFound("mission", mission, firm.missions)
    found = tuple(
        loan
        for loan in loans(firm, months_from(month, months))
        if loan.lender in firm.missions
        and loan.borrower in firm.missions
        and mission in {"", loan.lender, loan.borrower}
    )
    given = lent(found)
    if mission:
        given = {m: row for m, row in given.items() if m == mission}
    return Lending(month=month, given=given, loans=found)
