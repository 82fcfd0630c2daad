"""What funds released and outcomes were worth in a month, as movements of money."""

from __future__ import annotations

from collections.abc import Iterator

from weft.core.firm import Firm
from weft.core.indexes import lying
from weft.core.money.funding import released
from weft.core.money.postings import Account, Transaction, moved
from weft.core.scalars import Month, minor


def tranches(firm: Firm, month: Month) -> tuple[Transaction, ...]:
    """Release what each tranche pays in a month from its fund to its mission."""
    held = [each for each in lying(firm.tranches) if each.held_in(month)]
    return tuple(
        released(each.fund, each.mission, each.amount, month)
        for each in sorted(held, key=lambda one: one.key)
    )


def values(firm: Firm, month: Month) -> tuple[Transaction, ...]:
    """Give what missions were worth in a month by grade, as their benefits say."""
    return tuple(_values(firm, month))


def _values(firm: Firm, month: Month) -> Iterator[Transaction]:
    for key in sorted(firm.benefits):
        each = firm.benefits[key]
        if each.month == month and minor(each.value)[0]:
            value = Account("income", f"value-{each.grade.lower()}", each.mission)
            whole = Account("equity", "value", each.mission)
            says = each.basis or f"Worth of {each.mission}, grade {each.grade}"
            yield moved(month, says, whole, value, each.value)
