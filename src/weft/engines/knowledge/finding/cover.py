"""Coverage: what missions and assets need against who can do it, and what is alone.

A skill is covered by whoever shares a claim to it at the level needed, as long as the
claim has not lapsed. Needed and held by none is a hole; held by one, it hangs on them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any, Literal, TypeAlias

import msgspec

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.indexes import (
    assets_by_mission,
    claims_by_person,
    needs_by_mission,
    seats_by_mission,
    seats_by_person,
)
from weft.core.kept import kept
from weft.core.lineage import Changes
from weft.core.missions import Mission
from weft.core.records import Record
from weft.core.scalars import Month
from weft.core.skills import Claim
from weft.engines.knowledge.finding.ageing import oldest
from weft.engines.knowledge.roster import WORKS_ALONE

CoverState = Literal["hole", "single", "covered"]
_STATES: tuple[CoverState, ...] = ("hole", "single", "covered")
_Key: TypeAlias = tuple[Literal["missions", "assets"], str]
"""A table, and the id of a mission or an asset in it."""


class _Asked(msgspec.Struct, frozen=True):
    """What is asked of a skill: level, hundredths of a person, assets that take it."""

    level: int = 0
    share: int = 0
    assets: tuple[str, ...] = ()


_NOTHING = _Asked()


class _Ground:
    """What every mission and asset of a firm is looked up in, for one month."""

    def __init__(self, firm: Firm, month: Month, today: date) -> None:
        """Take the firm's tables the way they are asked; today: claims count by it."""
        self.month, self._today = month, today
        self._people, self._skills = firm.people, firm.skills
        self._seats = seats_by_mission(firm)
        self.claims, self.needs = claims_by_person(firm), needs_by_mission(firm)
        self.assets = assets_by_mission(firm)
        self._since: dict[str, date] = {}
        self._seated: dict[str, dict[str, int]] = {}

    def seated(self, mission: str) -> Mapping[str, int]:
        """Give who sits in a mission, with hundredths of a person each."""
        if (seated := self._seated.get(mission)) is None:
            seated = self._seated[mission] = {}
            for seat in self._seats.get(mission, ()):
                if seat.held_in(self.month):
                    seated[seat.person] = seated.get(seat.person, 0) + seat.share
        return seated

    def around(self, asset: Asset) -> list[str]:
        """Give who looks after an asset: its keepers and who sits in its mission."""
        near = {*asset.keepers, *self.seated(asset.mission or "")}
        return sorted(person for person in near if person in self._people)

    def since(self, skill: str) -> date:
        """Give the day since which a claim to a skill must have been seen to count."""
        if (since := self._since.get(skill)) is None:
            since = self._since[skill] = oldest(self._skills.get(skill), self._today)
        return since


class Cover(Record, frozen=True, kw_only=True):
    """One skill in a mission or an asset: what is needed of it, and who has it.

    level: the highest that is asked for; 0 where nothing is. share: hundredths of a
    person that the month asks for; 0 for an asset. assets: those of the mission that
    take it. holders: who has it at the level, by id. held: hundredths of a person
    that they sit there with, for all their skills together. lapsed: who would, were
    the claim confirmed. below: who has it at a lower level.
    """

    skill: str
    level: int
    share: int
    assets: tuple[str, ...] = ()
    holders: tuple[str, ...]
    held: int = 0
    lapsed: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    state: CoverState

    @property
    def needed(self) -> bool:
        """Tell whether the mission asks for it, or one of its assets takes it."""
        return self.level > 0


class Covered(Record, frozen=True, kw_only=True):
    """How a mission or an asset is covered, each skill in it; the holes first.

    bus_factor: the least number of people who have a skill that is needed: so many
    have to leave before one is held by nobody. None where nothing is needed.
    """

    table: Literal["missions", "assets"]
    id: str
    title: str
    type: str
    month: str
    people: int
    bus_factor: int | None
    holes: int
    singles: int
    skills: tuple[Cover, ...]


def mission_covered(
    firm: Firm, key: str, month: Month, today: date, *, others: bool = True
) -> Covered:
    """Tell how a mission is covered in a month by who has a seat in it.

    What it needs: its needs of the month, and, at level 3, the skills that its assets
    take. others: tell too of the skills that are there and not needed.
    """
    return _mission(_Ground(firm, month, today), firm.missions[key], others=others)


def _mission(ground: _Ground, mission: Mission, *, others: bool) -> Covered:
    """Tell how a mission is covered; others: tell of skills not needed too."""
    seated = ground.seated(mission.id)
    covers = _covers(ground, seated, _needed(ground, mission.id), others=others)
    return _covered("missions", mission, ground.month, seated, covers)


def _needed(ground: _Ground, mission: str) -> dict[str, _Asked]:
    """Give what a mission needs of each skill: asked for, and taken by its assets."""
    asked: dict[str, _Asked] = {}
    for need in ground.needs.get(mission, ()):
        if need.wanted_in(ground.month):
            so_far = asked.get(need.skill, _NOTHING)
            level = max(so_far.level, need.level)
            asked[need.skill] = _Asked(level, so_far.share + need.share)
    for asset in sorted(ground.assets.get(mission, ()), key=lambda a: a.id):
        for skill in dict.fromkeys(asset.needs):
            so_far = asked.get(skill, _NOTHING)
            level, takers = max(so_far.level, WORKS_ALONE), (*so_far.assets, asset.id)
            asked[skill] = _Asked(level, so_far.share, takers)
    return asked


def asset_covered(firm: Firm, key: str, month: Month, today: date) -> Covered:
    """Tell how an asset is covered: by its keepers and who sits in its mission."""
    return _asset(_Ground(firm, month, today), firm.assets[key])


def _asset(ground: _Ground, asset: Asset) -> Covered:
    """Tell how an asset is covered."""
    near = dict.fromkeys(ground.around(asset), 0)
    asked = dict.fromkeys(asset.needs, _Asked(WORKS_ALONE))
    covers = _covers(ground, near, asked, others=False)
    return _covered("assets", asset, ground.month, near, covers)


def all_covered(firm: Firm, month: Month, today: date) -> tuple[Covered, ...]:
    """Tell it of every mission, and of every asset that takes a skill, by id.

    After a change only what it touches is told anew.
    """
    ground = _Ground(firm, month, today)

    def told(keys: Iterable[_Key]) -> _Told:
        found: _Told = {}
        for table, key in sorted(keys, key=_missions_first):
            if table == "missions" and key in firm.missions:
                found[table, key] = _mission(ground, firm.missions[key], others=False)
            elif table == "assets" and key in firm.assets and firm.assets[key].needs:
                found[table, key] = _asset(ground, firm.assets[key])
        return found

    def work_out() -> _Told:
        missions: Iterable[_Key] = (("missions", key) for key in firm.missions)
        return told(chain(missions, (("assets", key) for key in firm.assets)))

    def amend(before: _Told, skills: Changes, *changes: Changes) -> _Told | None:
        if skills:
            return None
        touched = set(_touched(firm, *changes))
        anew = told(touched)
        if anew.keys() - before.keys() or touched & before.keys() - anew.keys():
            left = {key: each for key, each in before.items() if key not in touched}
            found = left | anew
            return {key: found[key] for key in sorted(found, key=_missions_first)}
        return before | anew

    tables = (
        *(firm.skills, firm.people, firm.missions, firm.seats, firm.needs),
        *(firm.claims, firm.assets),
    )
    return tuple(kept(("covered", month, today), tables, work_out, amend).values())


_Told: TypeAlias = dict[_Key, "Covered"]


def _missions_first(at: _Key) -> tuple[bool, str]:
    """Sort by table and then by id."""
    table, key = at
    return table == "assets", key


def _touched(  # noqa: PLR0917 # one for each table
    firm: Firm,
    people: Changes,
    missions: Changes,
    seats: Changes,
    needs: Changes,
    claims: Changes,
    assets: Changes,
) -> Iterator[_Key]:
    """Give the missions and the assets that changes may touch, and some more."""
    those = {
        *(person for person, pair in people.items() if None in pair),
        *(claim.person for claim in _records(claims)),
    }
    seated = seats_by_person(firm)
    near = {
        *missions,
        *(seat.mission for seat in _records(seats)),
        *(need.mission for need in _records(needs)),
        *(asset.mission for asset in _records(assets)),
        *(seat.mission for person in those for seat in seated.get(person, ())),
    }
    yield from (("missions", key) for key in near if key)
    owned = assets_by_mission(firm)
    yield from (("assets", a.id) for key in near if key for a in owned.get(key, ()))
    yield from (("assets", key) for key in assets)
    if those:
        for asset in firm.assets.values():
            if not those.isdisjoint(asset.keepers):
                yield "assets", asset.id


def _records(changes: Changes) -> Iterator[Any]:
    """Give the records that stood there before a change and after it."""
    return (each for pair in changes.values() for each in pair if each is not None)


def bus_factor(keepers: Iterable[Collection[str]]) -> int | None:
    """Tell without how many people more than half of some assets have no keeper.

    Greedily: whoever keeps most of what is left goes first. None where nothing has a
    keeper. Source: Avelino et al., A Novel Approach for Estimating Truck Factors
    (ICPC 2016).
    """
    kept = [set(each) for each in keepers if each]
    counts = Counter(person for each in kept for person in each)
    # An asset counts for each of its keepers until the last is gone, so nobody's
    # count falls while others go: the order of going is known beforehand.
    order = sorted(counts, key=lambda person: (-counts[person], person))
    turn = {person: number for number, person in enumerate(order, start=1)}
    bare = sorted(max(turn[person] for person in each) for each in kept)
    return bare[len(kept) // 2] if kept else None


def _covers(
    ground: _Ground,
    shares: Mapping[str, int],
    asked: Mapping[str, _Asked],
    *,
    others: bool,
) -> list[Cover]:
    """Describe each skill that is needed or there, the holes first.

    shares: who is there, with the hundredths of a person each sits there with.
    """
    said: dict[str, list[Claim]] = {skill: [] for skill in asked}
    for person in sorted(shares):
        for claim in ground.claims.get(person, ()):
            if claim.skill in said:
                said[claim.skill].append(claim)
            elif others:
                said[claim.skill] = [claim]
    covers = []
    for skill, found in said.items():
        since, need = ground.since(skill), asked.get(skill, _NOTHING)
        covers.append(_cover(skill, found, need, shares, since=since))
    return sorted(covers, key=lambda c: (not c.needed, _STATES.index(c.state), c.skill))


def _cover(
    skill: str,
    said: list[Claim],
    asked: _Asked,
    shares: Mapping[str, int],
    *,
    since: date,
) -> Cover:
    """Describe one skill; a claim counts that was seen since a day."""
    able = [claim for claim in said if claim.level >= asked.level]
    holders = tuple(claim.person for claim in able if claim.seen >= since)
    return Cover(
        skill=skill,
        level=asked.level,
        share=asked.share,
        assets=asked.assets,
        holders=holders,
        held=sum(shares[person] for person in holders),
        lapsed=tuple(claim.person for claim in able if claim.seen < since),
        below=tuple(claim.person for claim in said if claim.level < asked.level),
        state=_STATES[min(len(holders), 2)],
    )


def _covered(
    table: Literal["missions", "assets"],
    record: Mission | Asset,
    month: Month,
    people: Collection[str],
    covers: list[Cover],
) -> Covered:
    """Sum up the skills of a mission or an asset."""
    needed = [cover for cover in covers if cover.needed]
    return Covered(
        table=table,
        id=record.id,
        title=record.title,
        type=record.type,
        month=month,
        people=len(people),
        bus_factor=min((len(c.holders) for c in needed), default=None),
        holes=sum(c.state == "hole" for c in needed),
        singles=sum(c.state == "single" for c in needed),
        skills=tuple(covers),
    )
