"""What people claim to know, as columns of numbers: apart from who they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from operator import attrgetter

import msgspec
import numpy as np
import numpy.typing as npt

from weft.core.firm import Firm
from weft.core.indexes import lying
from weft.core.kept import kept
from weft.core.lineage import Changes, same_keys
from weft.core.skills import Claim

Column = npt.NDArray[np.int64]


class Claims(msgspec.Struct, frozen=True):
    """Every claim of a skill that the firm has, by claimant and then by skill.

    claimants, skills: in order; person and skill are places in them. level: 1 to 5.
    seen: the day, as a number of days since the first of the year 1.
    """

    claimants: tuple[str, ...]
    skills: tuple[str, ...]
    person: Column
    skill: Column
    level: Column
    seen: Column

    def of(self, person: str) -> list[tuple[str, int]]:
        """Give the skills that somebody claims, in order, each with its level."""
        place = bisect_left(self.claimants, person)
        if self.claimants[place : place + 1] != (person,):
            return []
        mine = slice(*np.searchsorted(self.person, (place, place + 1)))
        levels = self.level[mine].tolist()
        keys = (self.skills[at] for at in self.skill[mine])
        return list(zip(keys, levels, strict=True))


def claims(firm: Firm) -> Claims:
    """Give the claims of a firm as columns, of those too who are not in it."""
    return kept("claims", (firm.skills, firm.claims), lambda: _claims(firm), _amended)


def _claims(firm: Firm) -> Claims:
    """Read every claim once, column by column: there may be half a million."""
    skills = {key: place for place, key in enumerate(sorted(firm.skills))}
    told = [claim for claim in lying(firm.claims) if claim.skill in skills]
    whose = [claim.person for claim in told]
    claimants = tuple(sorted(set(whose)))
    places = {key: place for place, key in enumerate(claimants)}
    person = _column(map(places.__getitem__, whose))
    skill = _column(map(skills.__getitem__, map(attrgetter("skill"), told)))
    order = np.argsort(person * max(len(skills), 1) + skill)
    return Claims(
        claimants=claimants,
        skills=tuple(skills),
        person=person[order],
        skill=skill[order],
        level=_column(map(attrgetter("level"), told))[order],
        seen=_days(map(attrgetter("seen"), told))[order],
    )


def _column(numbers: Iterable[int]) -> Column:
    """Make a column of numbers."""
    return np.fromiter(numbers, np.int64)


def _days(seen: Iterable[date]) -> Column:
    """Give days as numbers."""
    return _column(map(date.toordinal, seen))


def _amended(before: Claims, skills: Changes, claims: Changes) -> Claims | None:
    """Change some claims; None where the skills are others, or a claimant is gone."""
    if not same_keys(skills):
        return None
    if not claims:
        return before
    known = set(before.skills)
    gone = [old for old, _ in claims.values() if old and old.skill in known]
    come = [new for _, new in claims.values() if new and new.skill in known]
    claimants, person = _joined(before, {claim.person for claim in come})
    size = max(len(before.skills), 1)
    line = person * size + before.skill

    def at(claim: Claim) -> int:
        """Give the number of the line of a claim."""
        skill = bisect_left(before.skills, claim.skill)
        return bisect_left(claimants, claim.person) * size + skill

    drops = np.searchsorted(line, sorted(map(at, gone)))
    kept_on = np.delete(line, drops)
    level, seen = np.delete(before.level, drops), np.delete(before.seen, drops)
    come.sort(key=at)
    lines = np.array(list(map(at, come)), np.int64)
    places = np.searchsorted(kept_on, lines)
    line = np.insert(kept_on, places, lines)
    level = np.insert(level, places, [claim.level for claim in come])
    seen = np.insert(seen, places, _days(claim.seen for claim in come))
    person = line // size
    # Who claims nothing any more would stay among the claimants.
    left = np.count_nonzero(np.diff(person)) + 1 < len(claimants)
    if left or not len(line):
        return None
    return Claims(claimants, before.skills, person, line % size, level, seen)


def _joined(before: Claims, people: set[str]) -> tuple[tuple[str, ...], Column]:
    """Give the claimants with some more, and the places of the earlier claims in it."""
    places = {key: bisect_left(before.claimants, key) for key in people}
    new = {k: at for k, at in places.items() if before.claimants[at : at + 1] != (k,)}
    if not new:
        return before.claimants, before.person
    shift = np.searchsorted(sorted(new.values()), before.person, side="right")
    return tuple(sorted((*before.claimants, *new))), before.person + shift
