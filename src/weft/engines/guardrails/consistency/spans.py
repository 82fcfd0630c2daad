"""On which days to come guardrails count, and how heavily, beside each other.

Weighed is the level as it is written and dated. An objection may take the force from a
guardrail for a while; it is answered or it lapses, and what one guardrail is to another
for good does not change with it: it would be wrong to say that a guardrail could go,
or that it is needed, for as long as somebody waits for an answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from weft.core.guardrails import Guardrail
from weft.engines.guardrails.rules.levels import is_in_force, level_on, turns

_LEVELS: Final = {"advise": 0, "must": 1, "veto": 2}


def days_to_come(guardrails: Iterable[Guardrail], today: date) -> list[date]:
    """Give today, and each later day on which one of them comes to count otherwise."""
    found = {day for each in guardrails for day in turns(each) if day > today}
    return [today, *sorted(found)]


def ever(guardrails: Iterable[Guardrail], today: date) -> bool:
    """Tell whether there is a day to come on which all of them are in force."""
    of = tuple(guardrails)
    days = days_to_come(of, today)
    return any(all(is_in_force(each, day) for each in of) for day in days)


def stands_in(one: Guardrail, other: Guardrail, today: date) -> bool:
    """Tell whether one is as heavy as the other on every day on which that counts."""
    tried = one.phase == "trial" and other.phase != "trial"
    lighter = _LEVELS[one.level] < _LEVELS[other.level]
    if tried or (lighter and other.binds is None):
        return False
    days = days_to_come((one, other), today)
    return all(
        is_in_force(one, day)
        and _LEVELS[level_on(one, day)] >= _LEVELS[level_on(other, day)]
        for day in days
        if is_in_force(other, day)
    )
