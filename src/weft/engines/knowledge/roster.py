"""The people of a firm as columns of numbers, for engines that count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
import numpy as np
import numpy.typing as npt

from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.lineage import Changes, same_keys
from weft.engines.knowledge.camps import Side, camp_of, camps
from weft.engines.knowledge.claims import claims

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
NOBODY = -1
WORKS_ALONE = 3
"""The level from which a claim counts as knowing: 3 of 5, as in a need."""


def summed(place: Ints, values: Floats, size: int) -> Floats:
    """Sum values by the place of each, from 0 to size."""
    return np.bincount(place, weights=values, minlength=size).astype(np.float64)


class Roster(msgspec.Struct, frozen=True):
    """Everybody in the order of their ids; each array has one value a person.

    technology: share of the role that is technology, 0 to 1, NaN where unknown.
    manager: the place of the manager in this roster, or NOBODY. ours: employed
    by the firm itself, not by a partner.
    """

    ids: tuple[str, ...]
    at: Mapping[str, int]
    sides: tuple[Side, ...]
    technology: Floats
    manager: Ints
    ours: Bools

    @property
    def told(self) -> Bools:
        """Those whose camp is known."""
        return ~np.isnan(self.technology)


class Knowledge(msgspec.Struct, frozen=True):
    """Every claim of a person and a skill that the firm has, as columns.

    person: a place in the roster. skill: a place in `skills`. level: 1 to 5. seen:
    the day, as a number of days since the first of the year 1.
    """

    skills: tuple[str, ...]
    person: Ints
    skill: Ints
    level: Ints
    seen: Ints


def roster(firm: Firm) -> Roster:
    """Give the people of a firm as columns."""
    tables = (firm.people, firm.disciplines, firm.skills, firm.claims)

    def amend(before: Roster, people: Changes, *others: Changes) -> Roster | None:
        disciplines, skills, told = others
        if disciplines or skills or not same_keys(people):
            return None
        claimed = {c.person for pair in told.values() for c in pair if c}
        return _amended(firm, before, {*people, *claimed} & before.at.keys())

    return kept("roster", tables, lambda: _roster(firm), amend)


def _roster(firm: Firm) -> Roster:
    sides = camps(firm)
    at = {key: place for place, key in enumerate(sides)}
    people = [firm.people[key] for key in at]
    return Roster(
        ids=tuple(at),
        at=at,
        sides=tuple(sides.values()),
        technology=np.array([_technology(side) for side in sides.values()], np.float64),
        manager=np.array([at.get(p.manager or "", NOBODY) for p in people], np.int64),
        ours=np.array([p.partner is None for p in people], np.bool_),
    )


def _technology(side: Side) -> float:
    """Give the technology of a role as a share, NaN where it is not known."""
    return np.nan if side.technology is None else side.technology / 100


def _amended(firm: Firm, before: Roster, others: Iterable[str]) -> Roster:
    """Give a roster of the same people, some of whom are others now."""
    known, at, sides = camps(firm), before.at, list(before.sides)
    technology, manager = before.technology.copy(), before.manager.copy()
    ours = before.ours.copy()
    for key in others:
        place, person = at[key], firm.people[key]
        sides[place] = known[key]
        technology[place] = _technology(known[key])
        manager[place] = at.get(person.manager or "", NOBODY)
        ours[place] = person.partner is None
    return Roster(before.ids, at, tuple(sides), technology, manager, ours)


def knowledge(firm: Firm) -> Knowledge:
    """Give the claims of a firm as columns, by person and then by skill."""
    tables = (firm.people, firm.skills, firm.claims)
    return kept("knowledge", tables, lambda: _knowledge(firm))


def _knowledge(firm: Firm) -> Knowledge:
    """Find the people of the claims in the roster; other claims are left out."""
    told, people = claims(firm), roster(firm)
    if told.claimants == people.ids:
        return Knowledge(told.skills, told.person, told.skill, told.level, told.seen)
    place = np.array([people.at.get(k, NOBODY) for k in told.claimants], np.int64)
    person = place[told.person]
    known = person != NOBODY
    columns = (column[known] for column in (told.skill, told.level, told.seen))
    return Knowledge(told.skills, person[known], *columns)


def technology_amounts(firm: Firm) -> tuple[Floats, str]:
    """Give each one's technology knowledge, and what it is counted in.

    In claims of technology skills at the level that counts as knowing, where at
    least half of the technology people have one; else in parts of people.
    """
    people, known = roster(firm), knowledge(firm)
    technology = np.nan_to_num(people.technology)
    ours = np.array(
        [
            camp_of(firm, firm.skills[key].discipline) == "technology"
            for key in known.skills
        ],
        np.bool_,
    )
    held = known.person[ours[known.skill] & (known.level >= WORKS_ALONE)]
    claims = summed(held, np.ones(len(held)), len(people.ids))
    of_technology = technology > 0
    if claims.any() and (claims[of_technology] > 0).mean() >= 1 / 2:
        return claims, "claims"
    return technology, "people"
