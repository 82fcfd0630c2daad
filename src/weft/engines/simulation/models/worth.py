"""What missions' outcomes are worth in money, and what a day of delay costs by that."""

from __future__ import annotations

from collections import Counter
from typing import Final

from weft.core.firm import Firm
from weft.core.funding.forecast import Benefit
from weft.core.funding.months import between
from weft.core.records import Record
from weft.core.scalars import Amount, Line, Month, amount, minor, places
from weft.engines.simulation.models.parameters import Parameter

_SAID_FOR: Final = 3
"""Months that what a mission was worth stands for it, where nothing newer is told."""


class Worth(Record, frozen=True, kw_only=True):
    """What missions' outcomes are worth a month: of so many missions, of all there are.

    month: the latest that any of them tells of. people: who make changes in the firm
    that is worth this, whatever people a what-if has.
    """

    amount: Amount
    month: Month
    missions: int
    of: int
    people: int

    @property
    def units(self) -> int:
        """Give it in minor units."""
        return minor(self.amount)[0]


class DelayPrice(Record, frozen=True, kw_only=True):
    """What a working day of delay of an average change costs, and how that is known."""

    amount: Amount
    source: Line


def worth_of(firm: Firm, people: int) -> Worth | None:
    """Add up what missions were worth, each in its latest month; none if nobody says.

    Only what is told in the currency of most, of missions that there still are, and in
    the months before the latest. Nothing is worth nothing: then none, too.
    """
    said = [b for b in firm.benefits.values() if b.mission in firm.missions]
    if not said:
        return None
    month = max(b.month for b in said)
    latest: dict[str, Benefit] = {}
    for benefit in sorted(said, key=lambda b: b.month):
        if between(benefit.month, month) < _SAID_FOR:
            latest[benefit.mission] = benefit
    told = [minor(b.value) for b in latest.values()]
    counts = Counter(sorted(currency for _, currency in told))
    [(currency, missions)] = counts.most_common(1)
    units = sum(value for value, of in told if of == currency)
    if units <= 0:
        return None
    return Worth(
        amount=amount(units, currency),
        month=month,
        missions=missions,
        of=len(firm.missions),
        people=people,
    )


def share_of(worth: Worth, changes: float, pays: Parameter, month: float) -> DelayPrice:
    """Give what a day of delay of a change costs, by what outcomes are worth.

    Changes that come steadily, and each pay alike for as long, share what outcomes are
    worth a month; by a day of delay a change loses a day of its share.

    changes: asked for in a month. pays: months. month: its working days.
    """
    _, currency = minor(worth.amount)
    whole = worth.units / 10 ** places(currency)
    return DelayPrice(
        amount=amount(round(worth.units / (changes * pays.value * month)), currency),
        source=(
            f"the outcomes of missions ({worth.missions} of {worth.of} told) are worth"
            f" {whole:,.0f} {currency} a month by {worth.month}, shared by"
            f" {changes:,.0f} changes a month, each for the {pays.value:g} months that"
            f" it pays ({pays.source})"
        ),
    )
