"""What invented people know: a few skills that their job takes, and the odd other."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from random import Random

import msgspec

from weft.core.skills import Claim, Evidence
from weft.examples.dice import pick
from weft.examples.making.jobs import Job

_CORE = 2  # so many central skills of a job everybody in it has
_SKILLS = (1, 2, 2, 3, 3, 3, 3, 4, 4, 5)  # and so many of the others
_HOBBY = 0.3  # how often somebody knows something outside the job
_ALL_ROUND = 0.04  # how often somebody knows many things
_MANY = (4, 8)
_SHIFT = (-1, 0, 0, 0, 1)
_WORK: tuple[Evidence, ...] = ("lead", "work", "work", "work")
_TOLD: tuple[Evidence, ...] = ("self", "self", "self", "self", "self", "lead", *_WORK)
_SEEN_DAYS = 190  # mean age of a claim; a long tail is much older
_OLDEST_DAYS = 1500


class Holder(msgspec.Struct, frozen=True):
    """Somebody in a job, whose knowledge is made up.

    grade: how far above (or below) the usual level of the job. rare: skills that
    few of the team have, with this person's level; 0 for those who lack them.
    """

    person: str
    job: Job
    grade: int = 0
    rare: Mapping[str, int] = {}


def claims(
    holder: Holder, others: Sequence[str], chance: Random, day: date
) -> tuple[Claim, ...]:
    """Give what somebody knows who takes up a job on a day, or holds it then.

    others: everything that can be known in the firm.
    """
    knows = holder.job.knows
    more = knows[_CORE:]
    picked = chance.sample(more, min(pick(chance, _SKILLS), len(more)))
    levels = {skill: level + holder.grade for skill, level in (*knows[:_CORE], *picked)}
    for skill in _outside(others, chance):
        levels.setdefault(skill, chance.randint(1, 3))
    levels.update(holder.rare)
    return tuple(
        _claim(holder, skill, level, chance, day)
        for skill, level in levels.items()
        if level
    )


def _outside(others: Sequence[str], chance: Random) -> Collection[str]:
    """Draw what somebody knows beside the job: mostly nothing."""
    if chance.random() < _ALL_ROUND:
        return chance.sample(others, chance.randint(*_MANY))
    return (pick(chance, others),) if chance.random() < _HOBBY else ()


def _claim(holder: Holder, skill: str, level: int, chance: Random, day: date) -> Claim:
    """Write one claim down: rare knowledge shows in work, the rest is mostly told."""
    sure = skill in holder.rare
    shift = 0 if sure else pick(chance, _SHIFT)
    age = min(int(chance.expovariate(1 / _SEEN_DAYS)), _OLDEST_DAYS)
    return Claim(
        person=holder.person,
        skill=skill,
        level=max(1, min(5, level + shift)),
        evidence=pick(chance, _WORK if sure else _TOLD),
        seen=day - timedelta(days=age),
    )
