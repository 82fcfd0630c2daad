"""How far what was seen long ago has faded: each skill with its own half-life."""

from __future__ import annotations

from datetime import date
from typing import Literal

import numpy as np

from weft.core.skills import Skill
from weft.engines.knowledge.roster import Floats, Ints

HALF_LIFE = 36
"""Months after which half has faded, where the skill does not say: an assumption."""
A_MONTH = 365.2425 / 12
"""Days."""
LAPSES = 2
"""A claim lapses after so many half-lives."""
State = Literal["fresh", "ageing", "lapsed"]


def half_life(skill: Skill) -> int:
    """Give the half-life of a skill, in months."""
    return skill.half_life or HALF_LIFE


def freshness(seen: Ints, today: int, months: int) -> Floats:
    """Tell what is left of claims: 1 on the day they were seen, 1/2 a half-life later.

    seen, today: days as numbers; a day that is still to come counts as today. It is
    2 to the power of -(age / half-life), for a half-life in months.
    """
    age = np.maximum(today - seen, 0)
    return np.exp2(-age / (months * A_MONTH))


def state(fresh: float) -> State:
    """Tell whether a claim still counts: lapsed once two half-lives have passed."""
    if fresh >= 1 / 2:
        return "fresh"
    return "ageing" if fresh >= 1 / 4 else "lapsed"


def oldest(skill: Skill | None, today: date) -> date:
    """Give the day since which a claim must have been seen so as not to have lapsed."""
    days = LAPSES * half_life(skill) * A_MONTH if skill else 0
    return date.fromordinal(max(today.toordinal() - int(days), 1))
