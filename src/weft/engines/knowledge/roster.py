"""The people of a firm as columns of numbers, for engines that count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec
import numpy as np
import numpy.typing as npt

from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.lineage import Changes
from weft.core.scalars import Month
from weft.engines.knowledge.camps import Side, camp_of, camps

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
GroupTable = Literal["missions", "units", "people"]
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

    groups: tuple[tuple[GroupTable, str], ...]
    group: Ints
    person: Ints
    share: Floats


def roster(firm: Firm) -> Roster:
    """Give the people of a firm as columns."""
    tables = (firm.people, firm.disciplines, firm.skills, firm.claims)

    def amend(before: Roster, people: Changes, *others: Changes) -> Roster | None:
        disciplines, skills, claims = others
        if disciplines or skills or not same_keys(people):
            return None
        claimed = {c.person for pair in claims.values() for c in pair if c}
        return _amended(firm, before, {*people, *claimed} & before.at.keys())

    return kept("roster", tables, lambda: _roster(firm), amend)


def same_keys(changes: Changes) -> bool:
    """Tell whether nothing was put that was not there before, and nothing dropped."""
    return all(old is not None and new is not None for old, new in changes.values())


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
    tables = (firm.skills, firm.claims)
    claimants, skills, rows = kept(
        "claims", tables, lambda: _claims(firm), _claims_amended
    )
    people = roster(firm)
    if claimants == people.ids:
        return Knowledge(skills, rows[:, 0], rows[:, 1], rows[:, 2])
    place = np.array([people.at.get(key, NOBODY) for key in claimants], np.int64)
    person = place[rows[:, 0]]
    known = person != NOBODY
    return Knowledge(skills, person[known], rows[known, 1], rows[known, 2])


def _claims(firm: Firm) -> tuple[tuple[str, ...], tuple[str, ...], Ints]:
    """Give who claims and what can be claimed, in order, and the claims as columns.

    Apart from the people, so that a change of one does not ask for it again.
    """
    skills = {key: place for place, key in enumerate(sorted(firm.skills))}
    claims = [claim for claim in firm.claims.values() if claim.skill in skills]
    claimants = {key: at for at, key in enumerate(sorted({c.person for c in claims}))}
    # Column by column: half a million rows would be slow to collect.
    person = np.array([claimants[claim.person] for claim in claims], np.int64)
    skill = np.array([skills[claim.skill] for claim in claims], np.int64)
    level = np.array([claim.level for claim in claims], np.int64)
    columns = np.column_stack((person, skill, level))
    order = np.lexsort((skill, person))
    return tuple(claimants), tuple(skills), columns[order]


def _claims_amended(
    before: tuple[tuple[str, ...], tuple[str, ...], Ints],
    skills: Changes,
    claims: Changes,
) -> tuple[tuple[str, ...], tuple[str, ...], Ints] | None:
    """Change some claims; None where the claimants or the skills are others now."""
    claimants, known, rows = before
    if not same_keys(skills):
        return None
    size, gone, come = len(known), [], []
    for old, new in claims.values():
        claim = new or old
        person, skill = (
            bisect_left(claimants, claim.person),
            bisect_left(known, claim.skill),
        )
        if claimants[person : person + 1] != (claim.person,):
            return None
        if known[skill : skill + 1] != (claim.skill,):
            return None
        if old is not None:
            gone.append(person * size + skill)
        if new is not None:
            come.append((person, skill, new.level))
    held = np.delete(
        rows, np.searchsorted(rows[:, 0] * size + rows[:, 1], gone), axis=0
    )
    added = np.array(sorted(come), np.int64).reshape(-1, 3)
    places = np.searchsorted(
        held[:, 0] * size + held[:, 1], added[:, 0] * size + added[:, 1]
    )
    after = np.insert(held, places, added, axis=0)
    # Who claims nothing any more would be among the claimants, whom nobody asks for.
    left = np.count_nonzero(np.diff(after[:, 0])) + 1 < len(claimants)
    return None if left else (claimants, known, after)


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


def sittings(firm: Firm, month: Month) -> Sittings:
    """Tell who sits with whom in a month: in missions, else units, else teams."""
    tables = (firm.people, firm.seats, firm.missions, firm.units)
    return kept(("sittings", month), tables, lambda: _sittings(firm, month))


def _sittings(firm: Firm, month: Month) -> Sittings:
    at, held = roster(firm).at, seats_in(firm, month).values()
    seats = [
        (mission, at[person], share / 100)
        for person, mission, share in held
        if person in at and mission in firm.missions
    ]
    seated = {person for _, person, _ in seats}
    units: list[tuple[str, int, float]] = []
    teams: list[tuple[str, int, float]] = []
    for key, place in at.items():
        if place not in seated:
            person = firm.people[key]
            if person.unit in firm.units:
                units.append((person.unit or "", place, 1.0))
            elif person.manager in at:
                teams.append((person.manager or "", place, 1.0))
    return _sitting({"missions": seats, "people": teams, "units": units})


def seats_in(firm: Firm, month: Month) -> Mapping[str, tuple[str, str, int]]:
    """Give the seats of a month, by key: the person, the mission and the share."""

    def work_out() -> dict[str, tuple[str, str, int]]:
        return {
            key: (seat.person, seat.mission, seat.share)
            for key, seat in firm.seats.items()
            if seat.held_in(month)
        }

    def amend(
        before: dict[str, tuple[str, str, int]], changes: Changes
    ) -> dict[str, tuple[str, str, int]]:
        found = dict(before)
        for key, (_, seat) in changes.items():
            found.pop(key, None)
            if seat is not None and seat.held_in(month):
                found[key] = (seat.person, seat.mission, seat.share)
        return found

    return kept(("seats", month), (firm.seats,), work_out, amend)


def _sitting(
    rows: Mapping[GroupTable, Sequence[tuple[str, int, float]]],
) -> Sittings:
    """Make columns of rows by table; two seats of one person in a mission are one."""
    groups = [
        (table, key)
        for table, found in rows.items()
        for key in sorted({key for key, _, _ in found})
    ]
    at = {group: place for place, group in enumerate(groups)}
    group = [at[table, key] for table, found in rows.items() for key, _, _ in found]
    person = [place for found in rows.values() for _, place, _ in found]
    share = [each for found in rows.values() for _, _, each in found]
    ends = np.array([group, person], np.int64)
    pairs, which = np.unique(ends, axis=1, return_inverse=True)
    shares = summed(which.ravel(), np.array(share, np.float64), pairs.shape[1])
    return Sittings(tuple(groups), pairs[0], pairs[1], shares)
