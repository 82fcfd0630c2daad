"""The people of a firm as columns of numbers, for engines that count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt

from weft.core.firm import Firm
from weft.core.people import Person
from weft.core.scalars import Month
from weft.engines.knowledge.camps import Side, camp_of, camps
from weft.engines.knowledge.kept import kept

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
GroupTable = Literal["missions", "units", "people"]
_Group = tuple[GroupTable, str]
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

    person: a place in the roster. skill: a place in `skills`. level: 1 to 5.
    """

    skills: tuple[str, ...]
    person: Ints
    skill: Ints
    level: Ints


class Sittings(msgspec.Struct, frozen=True):
    """Who sits where in a month: one row for each person and group.

    groups: kind and key of each; a mission where somebody has a seat in it,
    else the unit, else the manager. share: of one person, 0 to 1.
    """

    groups: tuple[_Group, ...]
    group: Ints
    person: Ints
    share: Floats


def roster(firm: Firm) -> Roster:
    """Give the people of a firm as columns."""
    tables = (firm.people, firm.disciplines, firm.skills, firm.claims)
    return kept("roster", tables, lambda: _roster(firm))


def _roster(firm: Firm) -> Roster:
    sides = camps(firm)
    at = {key: place for place, key in enumerate(sides)}
    people = [firm.people[key] for key in at]
    technology = [sides[key].technology for key in at]
    return Roster(
        ids=tuple(at),
        at=at,
        sides=tuple(sides.values()),
        technology=np.array([np.nan if t is None else t / 100 for t in technology]),
        manager=np.array([at.get(p.manager or "", NOBODY) for p in people], np.int64),
        ours=np.array([p.partner is None for p in people], np.bool_),
    )


def knowledge(firm: Firm) -> Knowledge:
    """Give the claims of a firm as columns."""
    tables = (firm.people, firm.skills, firm.claims)
    return kept("knowledge", tables, lambda: _knowledge(firm))


def _knowledge(firm: Firm) -> Knowledge:
    people = {key: place for place, key in enumerate(sorted(firm.people))}
    skills = {key: place for place, key in enumerate(sorted(firm.skills))}
    rows = [
        (people[claim.person], skills[claim.skill], claim.level)
        for claim in firm.claims.values()
        if claim.person in people and claim.skill in skills
    ]
    columns = np.array(sorted(rows), np.int64).reshape(-1, 3)
    return Knowledge(tuple(skills), columns[:, 0], columns[:, 1], columns[:, 2])


def technology_amounts(firm: Firm) -> tuple[Floats, str]:
    """Give each one's technology knowledge: claims if enough have some, else part."""
    people, known = roster(firm), knowledge(firm)
    technology = np.nan_to_num(people.technology)
    ours = np.array(
        [
            camp_of(firm, firm.skills[key].discipline) == "technology"
            for key in known.skills
        ],
        np.bool_,
    )
    held = known.person[ours[known.skill]]
    claims = summed(held, np.ones(len(held)), len(people.ids))
    of_technology = technology > 0
    if claims.any() and (claims[of_technology] > 0).mean() >= 1 / 2:
        return claims, "claims"
    return technology, "people"


def sittings(firm: Firm, month: Month) -> Sittings:
    """Tell who sits with whom in a month: in missions, else units, else teams."""
    tables = (firm.people, firm.seats, firm.missions, firm.units)
    return kept(("sittings", month), tables, lambda: _sittings(firm, month))


def _sittings(firm: Firm, month: Month) -> Sittings:
    at = roster(firm).at
    held: dict[tuple[_Group, int], float] = {}
    for seat in firm.seats.values():
        if seat.held_in(month) and seat.person in at and seat.mission in firm.missions:
            group: _Group = ("missions", seat.mission)
            row = (group, at[seat.person])
            held[row] = held.get(row, 0.0) + seat.share / 100
    seated = {person for _, person in held}
    for key, place in at.items():
        if place not in seated and (home := _home(firm, firm.people[key])):
            held[home, place] = 1.0
    groups = {group: place for place, group in enumerate(sorted({g for g, _ in held}))}
    rows = sorted((groups[group], place, held[group, place]) for group, place in held)
    columns = np.array(rows, np.float64).reshape(-1, 3)
    return Sittings(
        groups=tuple(groups),
        group=columns[:, 0].astype(np.int64),
        person=columns[:, 1].astype(np.int64),
        share=columns[:, 2],
    )


def _home(firm: Firm, person: Person) -> _Group | None:
    """Give where somebody without a seat sits: the unit, else with the manager."""
    if person.unit in firm.units:
        return "units", str(person.unit)
    if person.manager in firm.people:
        return "people", str(person.manager)
    return None
