"""Which skills of people no seat of theirs has used lately."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from weft.core.firm import Firm
from weft.core.indexes import (
    assets_by_mission,
    claims_by_person,
    claims_by_skill,
    needs_by_mission,
    seats_by_person,
)
from weft.core.scalars import Month
from weft.core.skills import Claim
from weft.engines.knowledge.figures import FEWEST

LATELY = timedelta(days=90)


def unused(firm: Firm, person: str, today: date) -> tuple[Claim, ...]:
    """Give what a person claims to know and no seat has used for 90 days.

    A seat uses a skill in a month in which its mission needs it, or an asset of the
    mission takes it. Where a mission says of neither, it is not known what its seats
    use, so nothing is told as unused. Work in which the skill was seen uses it too.
    """
    found = claims_by_person(firm).get(person, ())
    return tuple(
        sorted((c for c in found if _rests(firm, c, today)), key=lambda c: c.skill)
    )


def unused_by(firm: Firm, skill: str, today: date) -> int | None:
    """Count who claims a skill that no seat has used for 90 days.

    None where they are fewer than five, or all who claim it, as each is then told of.
    """
    found = claims_by_skill(firm).get(skill, ())
    count = sum(_rests(firm, claim, today) for claim in found)
    return count if FEWEST <= count < len(found) else None


def _rests(firm: Firm, claim: Claim, today: date) -> bool:
    """Tell whether it is known that nothing has used what somebody claims to know."""
    if claim.work and claim.seen >= today - LATELY:
        return False
    months = [*_months(today - LATELY, today)]
    seats = seats_by_person(firm).get(claim.person, ())
    return not any(
        _may_use(firm, seat.mission, claim.skill, held)
        for seat in seats
        if (held := [month for month in months if seat.held_in(month)])
    )


def _may_use(firm: Firm, mission: str, skill: str, months: Sequence[Month]) -> bool:
    """Tell whether a mission uses a skill in some months, or may."""
    needs = [
        need.skill
        for need in needs_by_mission(firm).get(mission, ())
        if any(map(need.wanted_in, months))
    ]
    taken = [
        s for asset in assets_by_mission(firm).get(mission, ()) for s in asset.needs
    ]
    return skill in needs or skill in taken or not (needs or taken)


def _months(first: date, last: date) -> Iterator[Month]:
    """Give the months from one day to another, both included."""
    for number in range(first.year * 12 + first.month, last.year * 12 + last.month + 1):
        year, month = divmod(number - 1, 12)
        yield f"{year}-{month + 1:02}"
